"""Pages stay usable whatever happens to their texts, and say plainly what is missing."""

import re

import pytest
from django.utils.translation import gettext, override

from concept.models import GuidingGoal
from contacts.models import ContactPerson, Organisation
from lkintegration.core.blanks import blanks
from lkintegration.pages.enums import LEGAL, PageKey
from lkintegration.pages.models import Page
from offers.models import Service
from tests.admin import key
from tests.core.browser import page_of, without_explanations, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def address(key, code="de"):
    if key == "leichte-sprache":
        return "/de-simple/leichte-sprache/"
    return f"/{code}/" if key == "home" else f"/{code}/{key}/"


@pytest.mark.parametrize("key", [str(key) for key in LEGAL])
def test_every_legal_page_is_there_and_linked_from_every_footer(client, key):
    page = page_of(client.get(address(key)))

    assert words(page.xpath("//h1")[0]) == Page.objects.get(key=key).title_de
    links = {link.partition("?")[0] for link in page.xpath("//footer//a/@href")}
    assert address(key) in links


ASK = "Weitere Angaben nennen wir Ihnen am Telefon: +49 7621 410-5301"


@pytest.mark.parametrize("key", ["impressum", "datenschutz", "barrierefreiheit"])
def test_a_page_that_lacks_something_says_once_whom_to_ask_and_nothing_of_what(client, key):
    page = Page.objects.get(key=key)
    (main,) = page_of(client.get(f"/de/{key}/")).xpath("//main")

    assert words(without_explanations(main)).endswith(ASK)
    assert words(main).count(ASK) == 1
    assert "[[" not in words(main)
    for names in page.blanks().values():
        for name in names:
            assert f": {name}" not in words(main)


BLOCK = re.compile(r"<(p|li|h[23])>(.*?)</\1>", re.DOTALL)
SENTENCE_END = re.compile(r"[.!?؟]\s+\w")  # once is an abbreviation or a question before the name


def test_what_a_shipped_text_lacks_stands_by_itself_so_that_nothing_known_goes_with_it():
    for page in Page.objects.all():
        for language in page.blanks():
            text = getattr(page, f"body_{language.code.replace('-', '_')}")
            for _tag, block in BLOCK.findall(text):
                if blanks(block):
                    known = re.sub(r"\[\[.*?\]\]|<[^>]*>", "", block)
                    assert len(SENTENCE_END.findall(known)) <= 1, (page, language.code, known)


def test_the_imprint_tells_what_is_known(client):
    (main,) = page_of(client.get("/de/impressum/")).xpath("//main")

    assert "Palmstraße 3, 79539 Lörrach" in words(main)
    assert "Rechtsform" not in words(main)


def test_a_page_that_lacks_nothing_asks_nobody_to_call(client):
    Page.objects.filter(key="impressum").update(body_de="<p>Landratsamt Lörrach</p>")

    (main,) = page_of(client.get("/de/impressum/")).xpath("//main")

    assert words(without_explanations(main)).endswith("Landratsamt Lörrach")


def test_without_a_number_readers_are_told_to_write(client):
    ContactPerson.objects.update(represents_office=False)

    (main,) = page_of(client.get("/de/impressum/")).xpath("//main")

    said = words(without_explanations(main))
    assert said.endswith("Weitere Angaben nennen wir Ihnen gern. Schreiben Sie uns")


def test_what_an_opening_lacks_stands_nowhere_on_the_page(client):
    Page.objects.filter(key="kontakt").update(
        title_de="Kontakt [[Amt]]", lead_de="Das Team: [[Name]] & Co."
    )

    response = client.get("/de/kontakt/")
    page = page_of(response)

    assert words(page.xpath("//h1")[0]) == "Kontakt …"
    assert words(page.xpath("//p[@class='lead']")[0]) == "Das Team: … & Co."
    assert "[[" not in response.content.decode()
    assert words(without_explanations(page.xpath("//main")[0])).endswith(ASK)


def test_what_a_list_of_news_says_of_a_page_has_no_blanks(client):
    Page.objects.filter(key="kontakt").update(title_de="[[Amt]]", lead_de="Von [[Name]]")
    Page.objects.filter(key="home").update(lead_de="Von [[Name]]")

    for address in ("/de/aenderungen.atom", "/de/manifest.webmanifest", "/de/"):
        assert "[[" not in client.get(address).content.decode(), address


def test_what_a_record_lacks_stands_nowhere_either(client):
    Service.objects.filter(slug="einbuergerung").update(name_de="Kurs [[Ort]]", audience_de="[[A]]")
    Organisation.objects.update(name_de="[[Amt]]", description_de="[[Text]]")
    ContactPerson.objects.update(role_de="[[Rolle]]")
    GuidingGoal.objects.update(title_de="Ziel [[Wort]]", status="published")
    person, goal = ContactPerson.objects.office().get(), GuidingGoal.objects.first()

    for address in (
        *("/de/angebote/einbuergerung/", "/de/angebote/", "/de/kontakt/", "/de/aenderungen.atom"),
        *(person.get_absolute_url(), f"{person.get_absolute_url()}vcard/", goal.get_absolute_url()),
        *("/de/angebote/einbuergerung/fehler-melden/", "/de/leitziele/", "/de/beratung/"),
    ):
        assert "[[" not in client.get(address).content.decode(), address


@pytest.mark.parametrize("code", ["de", "en"])
def test_the_preview_of_staff_shows_what_is_missing(admin, code):
    page = Page.objects.get(key="impressum")

    response = admin.get(f"/verwaltung/vorschau/{key(page)}/{code}/")

    marks = [words(mark) for mark in page_of(response).xpath("//main//mark")]
    assert len(marks) >= 7
    assert all(mark.startswith("[[") for mark in marks)
    assert "<mark" not in admin.get(f"/{code}/impressum/").content.decode()


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


@pytest.mark.parametrize("code", ["de", "fa", "tr"])
def test_the_title_of_the_home_page_names_the_site_once(client, code):
    with override(code):
        site = gettext("Integration im Landkreis Lörrach")
    title = page_of(client.get(f"/{code}/")).findtext(".//title")

    name, _dash, rest = title.rpartition(" – ")
    assert rest == site
    assert name
    assert "Lörrach" not in name


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
