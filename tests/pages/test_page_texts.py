"""Pages stay usable whatever happens to their texts, and say plainly what is missing."""

import pytest

from lkintegration.pages.enums import LEGAL, PageKey
from lkintegration.pages.models import Page
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def address(key, code="de"):
    return f"/{code}/" if key == "home" else f"/{code}/{key}/"


@pytest.mark.parametrize("key", [str(key) for key in LEGAL])
def test_every_legal_page_is_there_and_linked_from_every_footer(client, key):
    page = page_of(client.get(address(key)))

    assert words(page.xpath("//h1")[0]) == Page.objects.get(key=key).title_de
    links = {link.partition("?")[0] for link in page.xpath("//footer//a/@href")}
    assert f"/de/{key}/" in links


def test_the_imprint_names_the_office_and_marks_what_is_missing(client):
    (main,) = page_of(client.get("/de/impressum/")).xpath("//main")

    assert "Palmstraße 3, 79539 Lörrach" in words(main)
    marks = [words(mark) for mark in main.xpath(".//mark[@class='blank']")]
    assert "wird noch ergänzt: Rechtsform des Anbieters" in marks
    assert "[[" not in words(main)


def test_the_statement_on_accessibility_names_the_arbitration_board(client):
    (main,) = page_of(client.get("/de/barrierefreiheit/")).xpath("//main")

    assert "Else-Josenhans-Straße 6" in words(main)
    assert "/de/barriere-melden/" in main.xpath(".//a/@href")


def test_the_privacy_notice_names_the_supervisory_authority(client):
    (main,) = page_of(client.get("/de/datenschutz/")).xpath("//main")

    assert "LfDI" in words(main)


@pytest.mark.parametrize("key", PageKey.values)
def test_a_page_whose_text_is_not_published_stays_usable(client, key):
    Page.objects.filter(key=key).update(status="draft")

    response = client.get(address(key, "ar"))

    assert response.status_code == 200
    (heading,) = page_of(response).xpath("//h1")
    assert words(heading)


@pytest.mark.parametrize("key", PageKey.values)
def test_a_page_whose_text_is_not_published_has_a_title_in_the_browser(client, key):
    Page.objects.filter(key=key).update(status="draft")

    title = page_of(client.get(address(key))).findtext(".//title")

    name, _, site = title.partition(" – ")
    assert site == "Integration im Landkreis Lörrach"
    assert name


@pytest.mark.parametrize("key", PageKey.values)
def test_a_page_without_any_text_stays_usable(client, key):
    Page.objects.all().delete()

    assert len(page_of(client.get(address(key))).xpath("//h1")) == 1


def test_a_legal_page_without_its_text_names_the_office_s_number(client):
    Page.objects.filter(key="datenschutz").update(status="draft")

    (main,) = page_of(client.get("/de/datenschutz/")).xpath("//main")
    assert "+49 7621 410-5301" in words(main)


def test_links_between_pages_stay_in_the_reader_s_language(client):
    Page.objects.filter(key="impressum").update(
        body_de='<p><a href="page:kontakt">Kontakt</a></p>', body_ar=""
    )

    links = page_of(client.get("/ar/impressum/")).xpath("//main//a/@href")

    assert "/ar/kontakt/" in links


def test_a_page_says_when_its_text_is_still_german(client):
    Page.objects.filter(key="impressum").update(title_ar="الناشر", body_ar="")

    (main,) = page_of(client.get("/ar/impressum/")).xpath("//main")

    assert words(main.xpath(".//h1")[0]) == "الناشر"
    assert main.xpath(".//aside[contains(@class,'notice')]//a/@href") == ["/de/impressum/"]
    assert main.xpath(".//div[@lang='de'][@dir='ltr']")


def test_the_german_page_carries_no_notice(client):
    assert not page_of(client.get("/de/impressum/")).xpath("//aside[contains(@class,'notice')]")


def test_what_staff_write_is_on_the_page(client):
    page = Page.objects.get(key="kontakt")
    page.title_de = "So erreichen Sie uns"
    page.save()

    assert words(page_of(client.get("/de/kontakt/")).xpath("//h1")[0]) == "So erreichen Sie uns"


def test_staff_see_the_gaps_in_the_list_and_on_the_screen(admin):
    page = Page.objects.get(key="impressum")

    in_list = words(page_of(admin.get("/verwaltung/pages/page/")))
    on_screen = words(page_of(admin.get(f"/verwaltung/pages/page/{page.pk}/change/")))

    assert "Rechtsform des Anbieters" in in_list
    assert "Hier fehlen noch Angaben:" in on_screen
