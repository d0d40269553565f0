"""The feed of changes, read by a feed reader and by the rules of RFC 4287."""

import datetime

import feedparser
import pytest
from django.utils import timezone
from lxml import etree

from lkintegration.pages.enums import LEGAL
from lkintegration.pages.models import Page
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = datetime.timedelta(days=1)


def read(client, code="de"):
    response = client.get(f"/{code}/aenderungen.atom")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    return response


def parsed(client, code="de"):
    found = feedparser.parse(read(client, code).content)
    assert not found.bozo, found.bozo_exception
    return found


@pytest.mark.any_database
@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_feed_keeps_the_rules_of_atom(client, code):
    factories.service(name_de="Rat & Tat <heute>", audience_de="Für alle < 27 & mehr")

    feed = etree.fromstring(read(client, code).content)

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == code
    entries = feed.findall(f"{ATOM}entry")
    # Sections 4.1.1 and 4.1.2: exactly one of each; the author of the feed stands for all entries.
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
            assert element.findtext(ATOM + name).strip()
        assert datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name").startswith("Landratsamt Lörrach")
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(f"/{code}/aenderungen.atom")
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(names)) == len(names) <= 30
    assert feed.findtext(f"{ATOM}updated") == max(e.findtext(f"{ATOM}updated") for e in entries)


def test_a_reader_program_sees_the_newest_first(client):
    factories.service(slug="neu", name_de="Rat & Tat <heute>", audience_de="Für alle < 27 & mehr")

    newest = parsed(client).entries[0]

    assert newest.title_detail.value == "Rat & Tat <heute>"
    assert newest.summary_detail.value == "Für alle &lt; 27 &amp; mehr"
    assert newest.link == "http://testserver/de/angebote/neu/"


def test_an_entry_keeps_its_name_when_its_address_changes(client):
    service = factories.service(slug="vorher")
    before = parsed(client).entries[0].id

    service.slug = "nachher"
    service.save()

    newest = parsed(client).entries[0]
    assert (newest.id, newest.link) == (before, "http://testserver/de/angebote/nachher/")


def test_what_appears_by_its_period_is_new_then(client):
    now = timezone.now()
    yet = factories.service(name_de="Heute erschienen", publish_from=now - DAY)
    Service.objects.update(changed_at=now - 3 * DAY)
    factories.service(name_de="Morgen", publish_from=now + DAY)
    factories.service(name_de="Entwurf", status="draft")

    services = [entry for entry in parsed(client).entries if ".service." in entry.id]

    assert services[0].title == "Heute erschienen"
    assert services[0].updated == (yet.publish_from).isoformat()
    assert not {"Morgen", "Entwurf"} & {entry.title for entry in services}


@pytest.mark.any_database
def test_the_legal_pages_are_no_news(client):
    for page in Page.objects.all():
        page.save()

    links = {entry.link.rsplit("/de/", 1)[1] for entry in parsed(client).entries}

    assert "kontakt/" in links
    assert not links & {f"{key}/" for key in LEGAL}


@pytest.mark.any_database
def test_every_page_names_the_feed_in_its_language(client):
    page = client.get("/tr/kontakt/").content.decode()

    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="/tr/aenderungen.atom"' in page


@pytest.mark.any_database
def test_characters_that_xml_has_no_place_for_do_not_break_the_feed(client):
    factories.service(name_de="Rat\x0bund\x01Tat\ufffe", audience_de="Für\x1falle")

    (entry, *_others) = parsed(client).entries

    assert entry.title == "Rat und Tat"
    assert entry.summary == "Für alle"
