"""Every public page in every language, for search engines."""

import datetime
import gzip
import re
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from lxml import etree

from concept.models import Task
from lkintegration.core.generation import renew_generation
from lkintegration.core.languages import BY_CODE
from lkintegration.core.models import Content
from lkintegration.pages import sitemaps
from lkintegration.serving import addresses
from lkintegration.terms.models import Term
from offers.models import Service
from tests import factories
from tests.conftest import missing
from tests.sitemap import NAMES, sitemap_files, sitemap_urls

pytestmark = pytest.mark.django_db

SCHEMA = Path("var/node/node_modules/sitemap/schema/sitemap.xsd")
DAY = datetime.timedelta(days=1)
PAGES = 12  # in every language
EASY_GERMAN = "http://testserver/de-simple/leichte-sprache/"
SERVICES = 15
PEOPLE = 1
WORDS = 75


def alternates(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}


@pytest.mark.any_database
def test_every_page_is_listed_once_in_every_language(client):
    found = sitemap_urls(client)

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
    for address, url in sitemap_urls(client).items():
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
    neutral = {alternates(url).get("x-default") for url in sitemap_urls(client).values()} - {None}

    assert len(neutral) == PAGES + SERVICES + PEOPLE + WORDS
    for address in neutral:
        assert client.get(address.removeprefix("http://testserver")).status_code == 302


@pytest.mark.any_database
def test_the_files_keep_the_schema_of_sitemaps_org(client):
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

    for file in sitemap_files(client).values():
        schema.assertValid(file)


def test_every_page_and_file_says_when_it_last_changed(client):
    long_ago = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    for model in apps.get_models():
        if issubclass(model, Content):
            model.objects.update(changed_at=long_ago)
    Task.objects.filter(number=1).update(changed_at=long_ago + DAY)
    begun = {"publish_from": long_ago + 2 * DAY, "changed_at": long_ago}
    Term.objects.filter(slug="duldung").update(**begun)
    factories.service(slug="geheim", status="draft")

    pages = {
        address.removeprefix("http://testserver"): url.findtext("s:lastmod", namespaces=NAMES)
        for address, url in sitemap_urls(client).items()
    }

    assert set(pages.values()) == {"2026-01-02", "2026-01-03", "2026-01-04"}
    new = {address for address, day in pages.items() if day == "2026-01-03"}
    assert new == {f"/{code}/aufgaben/" for code in BY_CODE}
    assert pages["/ar/woerter/duldung/"] == pages["/ar/woerter/"] == "2026-01-04"
    assert pages["/ar/woerter/landratsamt/"] == "2026-01-02"
    index = client.get("/sitemap.xml")
    places = "".join(index.content.decode().split("http://testserver/sitemap-"))
    files = dict(re.findall(r"<loc>([\w-]+)\.xml</loc><lastmod>([\d-]+)</lastmod>", places))
    assert files["angebot-1"] == "2026-01-02"
    assert files["wort-1"] == files["seiten"] == "2026-01-04"
    assert index.headers["Last-Modified"] == "Sun, 04 Jan 2026 00:00:00 GMT"
    answer = client.get("/sitemap-angebot-1.xml")
    assert answer.headers["Last-Modified"] == "Fri, 02 Jan 2026 00:00:00 GMT"


def test_what_is_not_public_is_not_listed(client):
    factories.service(slug="geheim", status="draft")
    factories.contact_person(slug="geheim", organisation=factories.organisation(status="draft"))

    found = sitemap_urls(client)

    assert not [address for address in found if "geheim" in address or "/leitziele/s" in address]


def test_what_is_published_is_listed(client):
    factories.guiding_goal(slug="mitreden", title_ar="المشاركة")

    assert "http://testserver/ar/leitziele/mitreden/" in sitemap_urls(client)


# --- many pages ---------------------------------------------------------------------------------
@pytest.mark.any_database
def test_a_file_holds_the_pages_of_so_many_records_and_the_next_one_the_rest(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "RECORDS", 10)
    renew_generation()

    files = sitemap_files(client)

    sizes = {
        address.removeprefix("http://testserver/sitemap-"): len(file.findall("s:url", NAMES))
        for address, file in files.items()
    }
    assert sizes == {
        "seiten.xml": 12 * PAGES + 1,
        "kontakt-person-1.xml": 12 * PEOPLE,
        "angebot-1.xml": 12 * 10,
        "angebot-2.xml": 12 * (SERVICES - 10),
        **{f"wort-{number}.xml": 12 * 10 for number in range(1, 8)},
        "wort-8.xml": 12 * (WORDS - 70),
    }


def test_no_file_can_hold_more_than_the_limit():
    assert sitemaps.RECORDS * len(BY_CODE) <= sitemaps.MOST <= 50_000


@pytest.mark.parametrize(
    "name", ["angebot", "angebot-0", "angebot-2", "seiten-1", "leitziel-1", "x", f"wort-{10**30}"]
)
def test_a_file_that_the_index_does_not_name_is_not_there(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize("rows", [1, 3])
def test_each_file_costs_the_same_however_many_pages(client, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.service()
        factories.contact_person()
        factories.guiding_goal()

    with django_assert_num_queries(19):
        client.get("/sitemap.xml")
    with django_assert_num_queries(3):
        client.get("/sitemap-angebot-1.xml")
    with django_assert_num_queries(1):
        client.get("/sitemap-angebot-1.xml")


def test_a_record_is_looked_up_once_for_all_languages(client, monkeypatch):
    looked_up, reverse = [], addresses.reverse
    monkeypatch.setattr(
        addresses, "reverse", lambda *a, **o: looked_up.append(a) or reverse(*a, **o)
    )

    client.get("/sitemap-wort-1.xml")

    assert len(looked_up) == WORDS


# --- on the way ---------------------------------------------------------------------------------
def test_a_file_is_sent_packed_to_who_takes_it_and_else_unpacked_bit_by_bit(client):
    packed = client.get("/sitemap-wort-1.xml", headers={"accept-encoding": "gzip, br"})
    plain = client.get("/sitemap-wort-1.xml")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers
    pieces = list(plain.streaming_content)
    assert max(map(len, pieces)) <= sitemaps.AT_ONCE
    assert b"".join(pieces) == gzip.decompress(packed.content)
    assert len(packed.content) * 20 < sum(map(len, pieces))


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-angebot-1.xml"])
def test_who_has_a_file_gets_it_again_only_when_something_in_it_has_changed(client, path):
    first = client.get(path)
    had = {"if-none-match": first.headers["ETag"]}
    assert first.headers["Content-Type"] == "application/xml"
    assert first.headers["X-Robots-Tag"] == "noindex"
    factories.organisation()
    assert client.get(path, headers=had).status_code == 304
    assert client.get(path, headers=had | {"accept-encoding": "gzip"}).status_code == 304

    tomorrow = Service.objects.latest("changed_at").changed_at + DAY
    Service.objects.filter(slug="mbe-drk").update(changed_at=tomorrow)

    assert client.get(path, headers=had).status_code == 200
