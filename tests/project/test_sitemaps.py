"""Every public page in every language, for search engines."""

import pytest
from lxml import etree

from lkintegration.core.languages import BY_CODE
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PAGES = 12
SERVICES = 15
PEOPLE = 1


def entries(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    urls = etree.fromstring(response.content).findall("s:url", NAMES)
    return {url.findtext("s:loc", namespaces=NAMES): url for url in urls}


def alternates(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}


def test_every_page_is_listed_once_in_every_language(client):
    found = entries(client)

    assert len(found) == 12 * (PAGES + SERVICES + PEOPLE)
    for code in BY_CODE:
        assert f"http://testserver/{code}/" in found
        assert f"http://testserver/{code}/leichte-sprache/" in found
        assert f"http://testserver/{code}/angebote/jmd-caritas/" in found
        assert f"http://testserver/{code}/kontakt/eva-petersik/" in found


def test_every_page_names_its_versions_and_the_address_without_a_language(client):
    for address, url in entries(client).items():
        code = address.split("/")[3]
        versions = alternates(url)
        assert set(versions) == {*BY_CODE, "x-default"}
        assert versions[code] == address
        assert versions["x-default"] == address.replace(f"/{code}/", "/", 1)


def test_addresses_without_a_language_lead_somewhere(client):
    neutral = {alternates(url)["x-default"] for url in entries(client).values()}

    assert len(neutral) == PAGES + SERVICES + PEOPLE
    for address in neutral:
        assert client.get(address.removeprefix("http://testserver")).status_code == 302


def test_what_is_not_public_is_not_listed(client):
    factories.service(slug="geheim", status="draft")
    factories.contact_person(slug="geheim", organisation=factories.organisation(status="draft"))

    found = entries(client)

    assert not [address for address in found if "geheim" in address or "/leitziele/s" in address]


def test_what_is_published_is_listed(client):
    factories.guiding_goal(slug="mitreden")

    assert "http://testserver/ar/leitziele/mitreden/" in entries(client)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_costs_the_same_however_many_pages(client, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.service()
        factories.contact_person()
        factories.guiding_goal()

    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
