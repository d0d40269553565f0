"""How to use the site, in Leichte Sprache: one page, whatever language readers come from."""

import pytest

from lkintegration.core.languages import BY_CODE
from lkintegration.pages.models import Page
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDRESS = "/de-simple/leichte-sprache/"


@pytest.mark.parametrize("code", [*(code for code in BY_CODE if code != "de-simple"), "ckb", "DE"])
def test_from_every_other_language_one_comes_to_it(client, code):
    response = client.get(f"/{code}/leichte-sprache/")

    assert response.status_code == 301
    assert response["Location"] == ADDRESS


def test_its_address_without_a_language_leads_there(client):
    assert client.get("/leichte-sprache/", follow=True).redirect_chain[-1][0] == ADDRESS


@pytest.mark.parametrize("code", BY_CODE)
def test_links_lead_straight_there(client, code):
    Page.objects.filter(key="kontakt").update(
        **{f"body_{code.replace('-', '_')}": '<p><a href="page:leichte-sprache">…</a></p>'}
    )

    page = page_of(client.get(f"/{code}/kontakt/"))

    assert page.xpath("//main//a[text()='…']/@href") == [ADDRESS]
    assert page.xpath("//footer//a[contains(@href, 'leichte-sprache')]/@href") == [ADDRESS]
    assert client.get(ADDRESS).status_code == 200


def test_it_is_no_version_of_a_page_in_another_language(client):
    page = page_of(client.get(ADDRESS))

    assert page.get("lang") == "de-simple"
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{ADDRESS}"]
    assert page.xpath("//link[@rel='alternate']/@hreflang") == ["de-simple", "x-default"]


def test_the_switcher_leads_to_the_home_page_of_another_language_and_keeps_the_page_here(client):
    links = page_of(client.get(ADDRESS)).xpath("//nav[contains(@class, 'languages')]//a")

    found = {link.get("lang"): link.get("href") for link in links}
    assert found == {code: f"/{code}/" for code in BY_CODE} | {"de-simple": ADDRESS}


def test_no_notice_leads_to_a_german_version(client):
    page = page_of(client.get(ADDRESS))

    assert not page.xpath("//aside[contains(@class, 'notice')]//a")


def test_each_of_the_five_pictures_stands_beside_its_word_and_leads_there(client):
    links = page_of(client.get(ADDRESS)).xpath("//main/ul[contains(@class, 'symbols')]/li/a")

    assert all(link.xpath("svg[@aria-hidden='true']") for link in links)
    assert all(words(link) for link in links)
    assert [link.get("href") for link in links] == [
        "/de-simple/beratung/",
        "/de-simple/angebote/",
        "tel:+4976214105301",
        "/de-simple/kontakt/nachricht/",
        "/de-simple/barriere-melden/",
    ]


def test_a_page_without_its_text_names_the_office_s_number(client):
    Page.objects.filter(key="leichte-sprache").update(status="draft")

    page = page_of(client.get(ADDRESS))

    assert page.xpath("//main//a[starts-with(@href, 'tel:')]")
    assert page.xpath("//link[@rel='alternate']/@hreflang") == ["de-simple", "x-default"]


@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
def test_staff_see_it_in_leichte_sprache_before_it_is_published(admin, language):
    page = Page.objects.get(key="leichte-sprache")

    shown = page_of(admin.get(f"/verwaltung/vorschau/pages.page-{page.pk}/{language}/"))

    assert shown.get("lang") == "de-simple"
