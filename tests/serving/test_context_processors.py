"""Every page knows its own address in every language."""

import pytest

from lkintegration.core.languages import BY_CODE
from tests.core.browser import page_of

pytestmark = pytest.mark.django_db


def switcher(page):
    return page.xpath("//nav[contains(@class, 'languages')]//a")


@pytest.mark.parametrize("path", ["", "kontakt/", "angebote/jmd-caritas/"])
def test_the_switcher_keeps_the_reader_on_the_page(client, path):
    page = page_of(client.get(f"/ar/{path}"))

    assert [link.get("href") for link in switcher(page)] == [f"/{code}/{path}" for code in BY_CODE]
    assert [link.get("hreflang") for link in switcher(page)] == list(BY_CODE)
    assert [link.get("lang") for link in switcher(page)] == list(BY_CODE)


def test_the_switcher_keeps_the_topic_that_the_reader_chose(client):
    page = page_of(client.get("/de/angebote/?thema=sprache"))

    assert [link.get("href") for link in switcher(page)] == [
        f"/{code}/angebote/?thema=sprache" for code in BY_CODE
    ]


def test_the_switcher_marks_the_language_of_the_page(client):
    page = page_of(client.get("/ar/kontakt/"))

    current = [link for link in switcher(page) if link.get("aria-current")]
    assert [(link.text, link.get("dir")) for link in current] == [("العربية", "rtl")]


def test_a_page_names_its_own_address_and_the_one_without_a_language(client):
    page = page_of(client.get("/tr/aufgaben/"))

    assert page.xpath("//link[@rel='canonical']/@href") == ["http://testserver/tr/aufgaben/"]
    assert page.xpath("//link[@hreflang='x-default']/@href") == ["http://testserver/aufgaben/"]
    assert page.xpath("//link[@hreflang='de-simple']/@href") == [
        "http://testserver/de-simple/aufgaben/"
    ]


def test_an_address_without_a_language_offers_the_home_pages(client):
    page = page_of(client.get("/gibt-es-nicht/"))

    assert [link.get("href") for link in switcher(page)] == [f"/{code}/" for code in BY_CODE]


@pytest.mark.parametrize("address", ["/de-at/x/", "/en-gb/x/"])
def test_an_address_in_a_variant_of_a_language_offers_addresses_that_exist(client, address):
    page = page_of(client.get(address))

    assert client.get(switcher(page)[0].get("href")).status_code == 200
    assert client.get(switcher(page)[-1].get("href")).status_code == 200
