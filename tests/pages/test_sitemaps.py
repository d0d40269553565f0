"""Every public page in every language, for search engines."""

import datetime
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from lxml import etree

from concept.models import Task
from lkintegration.core.languages import BY_CODE
from lkintegration.core.models import Content
from tests import factories
from tests.conftest import missing

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SCHEMA = Path("var/node/node_modules/sitemap/schema/sitemap.xsd")
DAY = datetime.timedelta(days=1)
PAGES = 12  # in every language
EASY_GERMAN = "http://testserver/de-simple/leichte-sprache/"
SERVICES = 15
PEOPLE = 1
WORDS = 75


def entries(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    urls = etree.fromstring(response.content).findall("s:url", NAMES)
    return {url.findtext("s:loc", namespaces=NAMES): url for url in urls}


def alternates(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}


@pytest.mark.any_database
def test_every_page_is_listed_once_in_every_language(client):
    found = entries(client)

    assert len(found) == 12 * (PAGES + SERVICES + PEOPLE + WORDS) + 1
    page = "/leichte-sprache/"
    easy = [address for address in found if address.endswith(page) and "/woerter/" not in address]
    assert easy == [EASY_GERMAN]
    for code in BY_CODE:
        assert f"http://testserver/{code}/" in found
        assert f"http://testserver/{code}/angebote/jmd-caritas/" in found
        assert f"http://testserver/{code}/kontakt/eva-petersik/" in found


@pytest.mark.any_database
def test_every_page_names_its_versions_and_the_address_without_a_language(client):
    for address, url in entries(client).items():
        code = address.split("/")[3]
        versions = alternates(url)
        if address == EASY_GERMAN:
            assert versions == {"de-simple": address}
            continue
        assert set(versions) == {*BY_CODE, "x-default"}
        assert versions[code] == address
        assert versions["x-default"] == address.replace(f"/{code}/", "/", 1)


@pytest.mark.any_database
def test_addresses_without_a_language_lead_somewhere(client):
    neutral = {alternates(url).get("x-default") for url in entries(client).values()} - {None}

    assert len(neutral) == PAGES + SERVICES + PEOPLE + WORDS
    for address in neutral:
        assert client.get(address.removeprefix("http://testserver")).status_code == 302


@pytest.mark.any_database
def test_the_map_keeps_the_schema_of_sitemaps_org(client):
    if not SCHEMA.is_file():
        missing("Schema von sitemaps.org (make nu)")
    # The schema takes other namespaces only where theirs is known.
    link = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="http://www.w3.org/1999/xhtml"><xs:element name="link"><xs:complexType>
        <xs:attribute name="rel" fixed="alternate"/>
        <xs:attribute name="hreflang" type="xs:language"/>
        <xs:attribute name="href" type="xs:anyURI"/></xs:complexType></xs:element></xs:schema>"""
    both = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:import namespace="{NAMES["s"]}" schemaLocation="{SCHEMA.resolve().as_uri()}"/>
        <xs:import namespace="{NAMES["x"]}" schemaLocation="{{}}"/></xs:schema>"""
    with tempfile.NamedTemporaryFile(suffix=".xsd") as extra:
        extra.write(link.encode())
        extra.flush()
        schema = etree.XMLSchema(etree.fromstring(both.format(Path(extra.name).as_uri())))

    schema.assertValid(etree.fromstring(client.get("/sitemap.xml").content))


def test_every_page_says_when_it_last_changed(client):
    long_ago = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    for model in apps.get_models():
        if issubclass(model, Content):
            model.objects.update(changed_at=long_ago)
    Task.objects.filter(number=1).update(changed_at=long_ago + DAY)
    factories.service(slug="geheim", status="draft")

    response = client.get("/sitemap.xml")

    changed = {a: url.findtext("s:lastmod", namespaces=NAMES) for a, url in entries(client).items()}
    new = {address for address, day in changed.items() if day == "2026-01-03"}
    assert new == {f"http://testserver/{code}/aufgaben/" for code in BY_CODE}
    assert set(changed.values()) == {"2026-01-02", "2026-01-03"}
    assert response.headers["Last-Modified"] == "Sat, 03 Jan 2026 00:00:00 GMT"


def test_what_is_not_public_is_not_listed(client):
    factories.service(slug="geheim", status="draft")
    factories.contact_person(slug="geheim", organisation=factories.organisation(status="draft"))

    found = entries(client)

    assert not [address for address in found if "geheim" in address or "/leitziele/s" in address]


def test_what_is_published_is_listed(client):
    factories.guiding_goal(slug="mitreden", title_ar="المشاركة")

    assert "http://testserver/ar/leitziele/mitreden/" in entries(client)


@pytest.mark.any_database
@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_costs_the_same_however_many_pages(client, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.service()
        factories.contact_person()
        factories.guiding_goal()

    client.get("/sitemap.xml")
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
