"""Pages kept in front of Django: the same for everybody, gone with the next change."""

import time
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from contacts.models import ContactPerson
from lkintegration.core import generation
from lkintegration.core.generation import renew_generation
from lkintegration.core.languages import BY_CODE
from lkintegration.serving import outage, page_cache
from lkintegration.serving.page_cache import PageCache
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ["/de/", "/ar/kontakt/", "/en/beratung/", "/uk/angebote/"]


class Site:
    """The whole application as gunicorn calls it, and how often it woke Django."""

    def __init__(self):
        self.built = 0
        self.django = WSGIHandler()
        self.application = PageCache(self._counted)

    def _counted(self, environ, start_response):
        self.built += 1
        return self.django(environ, start_response)

    def ask(self, path, method="GET", **headers):
        path, _mark, query = path.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"HTTP_HOST": "testserver"} | headers
        setup_testing_defaults(environ)
        seen = []
        body = self.application(environ, lambda status, sent, *_error: seen.extend([status, sent]))
        return seen[0], dict(seen[1]), b"".join(body)


@pytest.fixture(autouse=True)
def _connection_of_the_test(monkeypatch):
    """Keep the connection, whose transaction is the test's; Django's test client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    for module in (outage, page_cache):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site():
    renew_generation()  # nothing that another test has left behind
    return Site()


@pytest.fixture
def at_once(monkeypatch):
    """Trust no look at the token, however recent."""
    monkeypatch.setattr(page_cache, "TRUST", 0)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_built_once_and_then_sent_from_memory(site, path):
    first = site.ask(path)
    second = site.ask(path)

    assert first == second
    assert first[0] == "200 OK"
    assert site.built == 1


def test_a_page_from_memory_costs_no_query(site, django_assert_num_queries, monkeypatch):
    clock = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    site.ask("/de/kontakt/")

    with django_assert_num_queries(0):
        site.ask("/de/kontakt/")


def test_a_change_is_seen_within_a_second(site):
    assert page_cache.TRUST <= 1


@pytest.mark.usefixtures("at_once")
def test_a_change_is_on_the_next_page(site):
    assert b"Ganz Neu" not in site.ask("/de/kontakt/")[2]

    factories.contact_person(name="Ganz Neu")

    assert b"Ganz Neu" in site.ask("/de/kontakt/")[2]


def test_for_half_a_second_the_last_look_is_trusted(site, monkeypatch):
    clock = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    site.ask("/de/kontakt/")
    factories.contact_person(name="Ganz Neu")
    generation._Known.asked_at = clock  # as in a worker that has not made the change itself
    assert b"Ganz Neu" not in site.ask("/de/kontakt/")[2]

    monkeypatch.setattr(time, "monotonic", lambda: clock + page_cache.TRUST)

    assert b"Ganz Neu" in site.ask("/de/kontakt/")[2]


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/en/kontakt/"},
        {"path": "/de/kontakt/?seite=2"},
        {"path": "/de/kontakt/?br"},
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_ACCEPT_ENCODING": "br"},
    ],
)
def test_what_makes_a_page_another_one_is_kept_apart(site, other):
    site.ask("/de/kontakt/")

    site.ask(**{"path": "/de/kontakt/"} | other)

    assert site.built == 2


def test_a_cookie_makes_no_difference_and_none_is_set(site):
    plain = site.ask("/de/kontakt/")

    assert site.ask("/de/kontakt/", HTTP_COOKIE="sessionid=abc") == plain
    assert "Set-Cookie" not in plain[1]
    assert "Cookie" not in plain[1]["Vary"]


def test_readers_whose_browser_can_get_the_page_compressed(site):
    _status, plain_headers, plain = site.ask("/de/kontakt/")
    _status, headers, small = site.ask("/de/kontakt/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")

    assert headers["Content-Encoding"] == "br"
    assert brotli.decompress(small) == plain
    assert len(small) < len(plain) / 2
    assert (int(headers["Content-Length"]), int(plain_headers["Content-Length"])) == (
        len(small),
        len(plain),
    )
    assert "Accept-Encoding" in headers["Vary"]
    assert "Accept-Encoding" in plain_headers["Vary"]


@pytest.mark.parametrize("path", ["/de/kontakt/nachricht/", "/de/gibt-es-nicht/"])
def test_what_is_not_kept_is_compressed_all_the_same(site, path):
    _status, headers, small = site.ask(path, HTTP_ACCEPT_ENCODING="br")

    assert headers["Content-Encoding"] == "br"
    assert "ETag" not in headers
    assert b"</html>" in brotli.decompress(small)


def test_a_picture_is_sent_as_it_is(site):
    _status, headers, body = site.ask(
        "/de/kontakt/eva-petersik/qr/", HTTP_ACCEPT_ENCODING="gzip, br"
    )

    assert "Content-Encoding" not in headers
    assert body.startswith(b"\x89PNG")
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("accepted", ["", "gzip", "br;q=0", "gzip, br; q=0.0", "brr"])
def test_readers_whose_browser_cannot_get_it_as_it_is(site, accepted):
    _status, headers, body = site.ask("/de/", HTTP_ACCEPT_ENCODING=accepted)

    assert "Content-Encoding" not in headers
    assert b"</html>" in body


def test_whoever_has_the_page_already_is_told_so(site):
    _status, headers, _body = site.ask("/de/")

    status, again, body = site.ask("/de/", HTTP_IF_NONE_MATCH=f'W/"x", {headers["ETag"]}')

    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]
    assert "Content-Length" not in again


def test_a_question_about_the_headers_alone_gets_no_body(site):
    status, headers, _body = site.ask("/de/")

    assert site.ask("/de/", "HEAD") == (status, headers, b"")


@pytest.mark.parametrize(
    "path", ["/de/kontakt/nachricht/", "/de/gibt-es-nicht/", "/verwaltung/login/", "/health/"]
)
def test_what_is_for_one_reader_or_no_page_is_not_kept(site, path):
    site.ask(path)
    site.ask(path)

    assert site.built == 2


def test_a_form_that_is_sent_reaches_django(site):
    site.ask("/de/")
    status, _headers, _body = site.ask("/de/kontakt/nachricht/", "POST", CONTENT_LENGTH="0")

    assert status.startswith("422")


def test_open_now_is_repeated_only_until_it_changes(site):
    contact = ContactPerson.objects.get(slug="eva-petersik")
    for weekday in range(7):
        factories.opening_hours(contact=contact, weekday=weekday)

    _status, headers, _body = site.ask("/de/kontakt/eva-petersik/")
    (entry,) = site.application.pages._entries.values()

    age = int(headers["Cache-Control"].removeprefix("max-age="))
    assert 0 <= age <= 300
    assert entry.until <= timezone.now().timestamp() + age


def test_a_page_whose_time_is_over_is_built_anew(site):
    site.ask("/de/")
    entries = site.application.pages._entries
    for key, entry in entries.items():
        entries[key] = entry._replace(until=timezone.now().timestamp() - 1)

    site.ask("/de/")

    assert site.built == 2
    assert site.application.pages.size == sum(len(entry.body) for entry in entries.values())


@pytest.mark.usefixtures("at_once")
def test_without_a_database_the_pages_in_memory_go_on_serving(site):
    def broken(*_args):
        raise OperationalError

    before = site.ask("/de/kontakt/")
    with connection.execute_wrapper(broken):
        assert site.ask("/de/kontakt/") == before
    assert site.built == 1


def test_memory_is_bounded_and_what_was_asked_for_last_stays(site, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_BYTES", 60_000)
    pages = site.application.pages

    for code in BY_CODE:
        site.ask("/de/")
        site.ask(f"/{code}/kontakt/")
        assert sum(len(entry.body) for entry in pages._entries.values()) == pages.size <= 60_000

    built = site.built
    site.ask("/de/")
    assert site.built == built
