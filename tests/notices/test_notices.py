"""What is different for some days: where it belongs, in every language, and gone by itself."""

import datetime

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lkintegration.core.generation import current_generation
from lkintegration.notices.models import LONGEST, Notice
from lkintegration.serving.page_cache import PageCache
from offers.models import Service
from tests import factories
from tests.admin import EDITOR, STAFF, entries, person, said, save, screen, send
from tests.core.browser import page_of, words
from tests.languages import CODES

pytestmark = pytest.mark.django_db

TEXT = "Am Freitag ist niemand da."
HOUR = datetime.timedelta(hours=1)
PAGES = ["", "beratung/", "angebote/", "kontakt/", "impressum/", "suche/", "gibt-es-nicht/"]


@pytest.fixture
def service():
    return Service.objects.get(slug="jmd-caritas")


def shown(client, path):
    """Return the notices of a page, those of the whole site first."""
    page = page_of(client.get(path))
    found = page.xpath("//main//aside[contains(@class, 'site-notices')]/p")
    return [words(node) for node in [*found, *page.xpath("//main//p[@class='hint']")]]


@pytest.mark.parametrize("path", PAGES)
def test_a_notice_of_the_site_stands_on_every_page(client, path):
    factories.notice()

    page = page_of(client.get(f"/de/{path}"))

    (part,) = page.xpath("//main/aside[contains(@class, 'site-notices')]")
    assert (words(part), part.get("aria-label")) == (TEXT, "Aktueller Hinweis")


def test_a_notice_of_a_service_stands_on_its_page_and_in_finder_and_list(client, service):
    factories.notice(service=service)

    for path in ("angebote/jmd-caritas/", "beratung/?alter=19", "angebote/?alter=19"):
        assert shown(client, f"/de/{path}").count(TEXT) == 1, path
    for path in ("", "angebote/mbe-diakonie/", "beratung/?alter=40", "kontakt/"):
        assert TEXT not in shown(client, f"/de/{path}"), path


def test_a_notice_of_a_place_stands_wherever_the_place_does(client, service):
    place = factories.location()
    service.locations.set([place])
    factories.notice(location=place)

    for path in ("kontakt/", "angebote/jmd-caritas/", "beratung/?alter=19", "angebote/?alter=19"):
        assert shown(client, f"/de/{path}").count(TEXT) == 1, path
    assert TEXT not in shown(client, "/de/")


def test_readers_get_it_in_their_language_else_in_german_and_are_told(client):
    factories.notice(text_en="Nobody is here on Friday.")

    english, arabic = (page_of(client.get(f"/{code}/impressum/")) for code in ("en", "ar"))

    (own,) = english.xpath("//aside[contains(@class, 'site-notices')]/p")
    assert (words(own), own.xpath("span")) == ("Nobody is here on Friday.", [])
    (german,) = arabic.xpath("//aside[contains(@class, 'site-notices')]/p/span")
    assert (words(german), german.get("lang"), german.get("dir")) == (TEXT, "de", "ltr")


def test_it_comes_and_goes_by_itself_and_pages_are_kept_no_longer(client):
    now = timezone.now()
    notice = factories.notice(publish_from=now + HOUR, publish_until=now + 2 * HOUR)
    assert shown(client, "/de/") == []
    assert current_generation().ends_at <= notice.publish_from.timestamp()

    Notice.objects.filter(pk=notice.pk).update(publish_from=now - HOUR)
    assert shown(client, "/de/") == [TEXT]
    Notice.objects.filter(pk=notice.pk).update(publish_until=now - HOUR / 2)
    assert shown(client, "/de/") == []


@pytest.mark.any_database
def test_a_page_that_was_kept_shows_a_new_notice():
    cached = PageCache(WSGIHandler())

    assert TEXT not in _fetch(cached)
    factories.notice()
    assert TEXT in _fetch(cached)


def _fetch(application):
    environ = RequestFactory().get("/de/impressum/").environ
    return b"".join(application(environ, lambda *args: None)).decode()


@pytest.mark.parametrize("code", CODES)
def test_it_costs_one_query_once_and_none_afterwards(client, code, service, seasoned):
    seasoned(code)
    with CaptureQueriesContext(connection) as before:
        client.get(f"/{code}/angebote/jmd-caritas/")
    factories.notice()
    for record in (service, *Service.objects.exclude(pk=service.pk)[:2]):
        factories.notice(service=record)
    seasoned(code)

    with CaptureQueriesContext(connection) as after:
        client.get(f"/{code}/angebote/jmd-caritas/")

    assert len(after) == len(before) <= 6


def test_a_service_that_is_deleted_never_leaves_its_notice_on_every_page(client):
    service = factories.service()
    notice = factories.notice(service=service)

    service.delete()

    notice.refresh_from_db()
    assert (notice.scope, notice.service) == ("service", None)
    assert TEXT not in client.get("/de/").content.decode()


def new_notice(client, **changes):
    days = {"publish_until_0": "01.01.2100", "publish_until_1": "00:00"}
    return send(client, "/verwaltung/notices/notice/add/", **(days | changes))


def test_staff_for_services_write_one_that_is_there_at_once(client):
    stella = person(STAFF)
    assert entries(stella, "/verwaltung/notices/notice/add/")["status"] == ["published"]

    answer = new_notice(stella, text_de=TEXT, scope="site")

    assert answer.status_code == 302
    assert shown(client, "/de/") == [TEXT]


def test_others_write_none():
    assert person(EDITOR).get("/verwaltung/notices/notice/add/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"publish_until_0": "", "publish_until_1": ""}, "Sagen Sie, bis wann der Hinweis gilt."),
        ({"scope": "service"}, "Wählen Sie das Angebot oder den Ort"),
        ({"scope": "location"}, "Wählen Sie das Angebot oder den Ort"),
        ({"text_de": "a" * (LONGEST + 1)}, f"höchstens {LONGEST} Zeichen"),
    ],
    ids=["without an end", "of no service", "of no place", "too long"],
)
def test_a_form_says_what_a_notice_lacks(admin, changes, reason):
    answer = new_notice(admin, **({"text_de": TEXT, "scope": "site"} | changes))

    assert answer.status_code == 200
    assert reason in words(page_of(answer))
    assert not Notice.objects.exists()


def test_a_notice_stands_in_one_place_only(admin, service):
    notice = factories.notice(service=service)

    answer = send(admin, notice, scope="site")

    assert "Der Hinweis steht nur an einer Stelle." in words(page_of(answer))


def test_its_translation_can_be_written_whatever_became_of_its_service(admin):
    service = factories.service()
    notice = factories.notice(service=service)
    save(admin, screen(notice, sprache="en"), text_en="Nobody is here.")
    service.delete()

    answer = send(admin, screen(notice, sprache="en"), text_en="Nobody is there.")

    assert answer.status_code == 200  # told what is missing, no failure
    assert said(answer) == []


def test_its_screen_leads_to_the_page_where_it_stands(admin, service):
    for notice, path in (
        (factories.notice(service=service), "/de/angebote/jmd-caritas/"),
        (factories.notice(location=factories.location()), "/de/kontakt/"),
        (factories.notice(), "/de/"),
    ):
        assert notice.get_absolute_url() == path
        assert "Auf der Website anzeigen" in words(page_of(admin.get(screen(notice))))
