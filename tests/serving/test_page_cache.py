"""Pages kept in front of Django: the same for everybody, gone with the next change."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from string import ascii_letters
from threading import Barrier
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from contacts.models import ContactPerson
from lkintegration.core import generation
from lkintegration.core.languages import BY_CODE
from lkintegration.serving import cached_pages, memo, packing, page_cache
from lkintegration.serving.page_cache import PageCache
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection_of_the_test")]

PAGES = ["/de/", "/ar/kontakt/", "/en/beratung/", "/uk/angebote/"]
JUNK = [
    "/de/beratung/?alter={}",
    "/de/angebote/?seite={}&alter=7",
    "/ar/beratung/?ort=junk{}",
    "/de/angebote/junk-{}/",
    "/de/kontakt/?junk={}",
    "/en/junk-{}/",
]


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


@pytest.mark.any_database
@pytest.mark.parametrize(
    "other",
    [
        {"path": "/en/kontakt/"},
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_what_makes_a_page_another_one_is_kept_apart(site, other):
    site.ask("/de/kontakt/")

    site.ask(**{"path": "/de/kontakt/"} | other)

    assert site.built == 2


@pytest.mark.any_database
def test_a_cookie_makes_no_difference_and_none_is_set(site):
    plain = site.ask("/de/kontakt/")

    assert site.ask("/de/kontakt/", HTTP_COOKIE="sessionid=abc") == plain
    assert "Set-Cookie" not in plain[1]
    assert "Cookie" not in plain[1]["Vary"]


@pytest.mark.any_database
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
    assert site.built == 1


@pytest.mark.any_database
def test_packed_and_plain_are_not_taken_for_each_other(site):
    tags = {
        accepted: site.ask("/de/", HTTP_ACCEPT_ENCODING=accepted)[1]["ETag"]
        for accepted in ("br", "")
    }

    found = {
        (accepted, tag): site.ask("/de/", HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=has)[0]
        for accepted in tags
        for tag, has in tags.items()
    }

    assert found == {
        ("br", "br"): "304 Not Modified",
        ("", ""): "304 Not Modified",
        ("br", ""): "200 OK",
        ("", "br"): "200 OK",
    }


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("letters", "qualities"),
    [(1_000, [packing.QUICK]), (30_000, [packing.QUICK, packing.THOROUGH])],
)
def test_only_large_pages_are_packed_thoroughly(letters, qualities, monkeypatch):
    used = []
    compress = brotli.compress
    note = lambda body, **how: used.append(how["quality"]) or compress(body, **how)  # noqa: E731
    monkeypatch.setattr(brotli, "compress", note)
    letters_at_random = random.Random(1).choices(ascii_letters, k=letters)  # noqa: S311
    body = "".join(letters_at_random).encode()

    packing.pack([("Content-Type", "text/html")], body, is_packed=True, is_thorough=True)

    assert used == qualities


@pytest.mark.any_database
@pytest.mark.parametrize("path", ["/de/kontakt/nachricht/", "/de/gibt-es-nicht/"])
def test_what_is_not_kept_is_compressed_all_the_same(site, path):
    _status, headers, small = site.ask(path, HTTP_ACCEPT_ENCODING="br")

    assert headers["Content-Encoding"] == "br"
    assert "ETag" not in headers
    assert b"</html>" in brotli.decompress(small)


@pytest.mark.any_database
def test_a_picture_is_sent_as_it_is(site):
    _status, headers, body = site.ask(
        "/de/kontakt/eva-petersik/qr/", HTTP_ACCEPT_ENCODING="gzip, br"
    )

    assert "Content-Encoding" not in headers
    assert body.startswith(b"\x89PNG")
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.any_database
@pytest.mark.parametrize("accepted", ["", "gzip", "br;q=0", "gzip, br; q=0.0", "brr"])
def test_readers_whose_browser_cannot_get_it_as_it_is(site, accepted):
    _status, headers, body = site.ask("/de/", HTTP_ACCEPT_ENCODING=accepted)

    assert "Content-Encoding" not in headers
    assert b"</html>" in body


@pytest.mark.any_database
def test_whoever_has_the_page_already_is_told_so(site):
    _status, headers, _body = site.ask("/de/")

    status, again, body = site.ask("/de/", HTTP_IF_NONE_MATCH=f'W/"x", {headers["ETag"]}')

    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]
    assert "Content-Length" not in again


@pytest.mark.any_database
def test_a_question_about_the_headers_alone_gets_no_body(site):
    status, headers, _body = site.ask("/de/")

    assert site.ask("/de/", "HEAD") == (status, headers, b"")


@pytest.mark.any_database
@pytest.mark.parametrize(
    "path", ["/de/kontakt/nachricht/", "/de/gibt-es-nicht/", "/verwaltung/login/", "/health/"]
)
def test_what_is_for_one_reader_or_no_page_is_not_kept(site, path):
    site.ask(path)
    site.ask(path)

    assert site.built == 2


@pytest.mark.any_database
def test_a_form_that_is_sent_reaches_django(site):
    site.ask("/de/")
    status, _headers, _body = site.ask("/de/kontakt/nachricht/", "POST", CONTENT_LENGTH="0")

    assert status.startswith("422")


@pytest.mark.any_database
def test_open_now_is_repeated_only_until_it_changes(site):
    contact = ContactPerson.objects.get(slug="eva-petersik")
    for weekday in range(7):
        factories.opening_hours(contact=contact, weekday=weekday)

    _status, headers, _body = site.ask("/de/kontakt/eva-petersik/")
    (entry,) = site.application.pages.plain.entries.values()

    assert headers["Cache-Control"] == "no-cache"  # a browser would not hear of a change
    assert entry.until <= timezone.now().timestamp() + 300


def bytes_on(shelf):
    return sum(cached_pages.size(key, entry) for key, entry in shelf.entries.items())


@pytest.mark.any_database
def test_a_page_whose_time_is_over_is_built_anew(site):
    site.ask("/de/")
    shelf = site.application.pages.plain
    entries = shelf.entries
    for key, entry in entries.items():
        entries[key] = entry._replace(until=timezone.now().timestamp() - 1)

    site.ask("/de/")

    assert site.built == 2
    assert shelf.size == bytes_on(shelf)


@pytest.mark.usefixtures("at_once")
def test_without_a_database_the_pages_in_memory_go_on_serving(site):
    def broken(*_args):
        raise OperationalError

    before = site.ask("/de/kontakt/")
    with connection.execute_wrapper(broken):
        assert site.ask("/de/kontakt/") == before
    assert site.built == 1


@pytest.mark.any_database
def test_memory_is_bounded_and_what_was_asked_for_last_stays(site, monkeypatch):
    monkeypatch.setattr(cached_pages, "MOST_BYTES_OF_PAGES", 60_000)

    for code in BY_CODE:
        site.ask("/de/")
        site.ask(f"/{code}/kontakt/")
        shelf = site.application.pages.plain
        assert bytes_on(shelf) == shelf.size <= 60_000

    built = site.built
    site.ask("/de/")
    assert site.built == built


@pytest.mark.any_database
@pytest.mark.parametrize("junk", ["x=1", "seite=2", "br", "utm_source=zeitung&fbclid=1", "=", "&&"])
def test_a_parameter_that_the_page_does_not_read_makes_no_other_page(site, junk):
    plain = site.ask("/de/kontakt/")

    assert site.ask(f"/de/kontakt/?{junk}") == plain
    assert site.built == 1


@pytest.mark.any_database
def test_a_page_that_is_built_for_junk_does_not_contain_it(site):
    answer = site.ask("/de/beratung/?geheim=quatsch&alter=24")

    assert b"quatsch" not in answer[2]
    assert b"/ar/beratung/?alter=24" in answer[2]
    assert site.ask("/de/beratung/?alter=24") == answer
    assert site.built == 1


@pytest.mark.any_database
def test_nor_does_a_form_that_is_never_kept(site):
    body = site.ask("/de/barriere-melden/?geheim=quatsch&seite=/de/kontakt/")[2]

    assert b"quatsch" not in body
    assert b"/de/kontakt/" in body


@pytest.mark.any_database
@pytest.mark.parametrize(
    "same",
    [
        "ort=08336081&alter=24",
        "alter=24&ort=08336081&x=1",
        "alter=30&alter=24&ort=08336081",
        "alter=%32%34&ort=08336081",
    ],
)
def test_a_question_is_one_page_however_it_is_written(site, same):
    first = site.ask("/de/beratung/?alter=24&ort=08336081")

    assert site.ask(f"/de/beratung/?{same}") == first
    assert site.built == 1


@pytest.mark.any_database
@pytest.mark.parametrize("other", ["alter=25", "alter=", "alter=24&seite=2"])
def test_another_answer_makes_another_page(site, other):
    site.ask("/de/angebote/?alter=24")

    site.ask(f"/de/angebote/?{other}")

    assert site.built == 2


@pytest.mark.any_database
def test_an_address_that_leads_on_takes_the_question_along(site):
    status, headers, _body = site.ask("/de/angebote?alter=24&x=1")

    assert (status[:3], headers["Location"]) == ("301", "/de/angebote/?alter=24&x=1")


@pytest.mark.any_database
def test_too_many_parameters_are_refused_as_ever(site):
    assert site.ask("/de/angebote/?" + "&".join(["a=1"] * 1500))[0].startswith("400")


@pytest.mark.any_database
def test_answers_never_push_out_pages(site, monkeypatch):
    """Readers, or whoever plays one, may ask more than there is room for."""
    monkeypatch.setattr(cached_pages, "MOST_BYTES_OF_ANSWERS", 120_000)
    for path in PAGES:
        site.ask(path)
    pages = site.application.pages

    for age in range(20):
        site.ask(f"/de/beratung/?alter={age}")
    for age in range(20):
        site.ask(f"/de/qr/?seite=/de/beratung/%3Falter={age}")
    assert bytes_on(pages.answers) == pages.answers.size <= 120_000

    built = site.built
    for path in PAGES:
        site.ask(path)
    assert site.built == built


@pytest.mark.any_database
def test_a_proxy_can_claim_two_schemes_and_no_third(site):
    for claim in ("http", "https", "https, http", "gopher", "wss", ""):
        site.ask("/de/kontakt/", HTTP_X_FORWARDED_PROTO=claim)

    assert site.built == 2


THREADS = 50


def ask_at_once(application, path, monkeypatch):
    """Let threads ask for ``path`` at the same moment; return the bodies they got."""
    generation_now = generation.current_generation()
    monkeypatch.setattr(page_cache, "has_changed_since", lambda _generation: False)
    monkeypatch.setattr(page_cache, "generation_seen_within", lambda _seconds: None)
    monkeypatch.setattr(page_cache, "look", lambda: generation_now)
    start = Barrier(THREADS)

    def ask(_number):
        environ = {"PATH_INFO": path, "HTTP_HOST": "testserver"}
        setup_testing_defaults(environ)
        start.wait(10)
        return b"".join(cache(environ, lambda *_answer: None))

    cache = PageCache(application)
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(ask, range(THREADS)))


@pytest.mark.any_database
def test_one_thread_builds_a_page_that_fifty_ask_for(monkeypatch):
    built = []

    def slow(_environ, start_response):
        built.append(len(built))
        time.sleep(0.3)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page %d" % built[-1]]

    assert ask_at_once(slow, "/de/kontakt/", monkeypatch) == [b"page 0"] * THREADS
    assert built == [0]


@pytest.mark.any_database
@pytest.mark.parametrize("path", ["/de/kontakt/nachricht/", "/de/gibt-es-nicht/"])
def test_all_threads_build_what_is_never_kept_side_by_side(monkeypatch, path):
    """Nobody waits for somebody else's form: all are inside at the same moment."""
    inside = Barrier(THREADS)

    def together(_environ, start_response):
        inside.wait(10)  # fails unless all have come
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"form"]

    assert ask_at_once(together, path, monkeypatch) == [b"form"] * THREADS


@pytest.mark.any_database
def test_when_a_page_turns_out_not_to_be_kept_the_others_build_side_by_side(monkeypatch):
    waiting = Barrier(THREADS - 1)
    built = []

    def refused(_environ, start_response):
        built.append(1)
        if len(built) == 1:
            time.sleep(0.3)
        else:
            waiting.wait(10)
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"none"]

    assert ask_at_once(refused, "/de/angebote/gibt-es-nicht/", monkeypatch) == [b"none"] * THREADS


@pytest.mark.any_database
def test_a_page_that_breaks_keeps_nobody_waiting():
    def broken(*_args):
        raise RuntimeError

    cache = PageCache(broken)
    environ = {"PATH_INFO": "/de/kontakt/", "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    for _attempt in range(2):
        with pytest.raises(RuntimeError):
            cache(environ, lambda *_answer: None)


@pytest.mark.any_database
def test_a_page_that_took_too_long_does_not_push_out_those_of_a_later_state(site):
    """As where content changes faster than some pages are built."""
    earlier = generation.current_generation()
    site.ask("/de/kontakt/")
    pages = site.application.pages
    ((key, entry),) = pages.plain.entries.items()
    generation.renew_generation()
    site.ask("/de/kontakt/")

    pages.keep(earlier, key, entry)

    site.ask("/de/kontakt/")
    assert site.built == 2


def change_while_building(site, times):
    """Let the content change while Django builds a page, the first ``times``."""
    django = site.django

    def changing(environ, start_response):
        answer = list(django(environ, start_response))
        if site.built <= times:
            factories.contact_person(given_name="Ganz", family_name=f"Neu {site.built}")
        return answer

    site.django = changing


def test_a_page_during_which_the_content_changes_is_built_again(site):
    change_while_building(site, 1)

    assert b"Ganz Neu 1" in site.ask("/de/kontakt/")[2]
    assert b"Ganz Neu 1" in site.ask("/de/kontakt/")[2]
    assert site.built == 2


def test_while_it_changes_without_end_a_page_is_sent_as_it_comes_and_not_kept(site):
    change_while_building(site, 10)

    assert site.ask("/de/kontakt/")[0] == "200 OK"
    assert site.built == page_cache.ATTEMPTS + 1
    assert not site.application.pages.plain.entries


def ask_all(site, paths):
    """Return how many of ``paths`` had to be built."""
    before = site.built
    for path in paths:
        site.ask(path)
    return site.built - before


@pytest.mark.any_database
def test_a_flood_of_junk_leaves_what_people_ask_for_where_it_is(site, monkeypatch):
    """Known parameters with odd values, unknown parameters, unknown records."""
    monkeypatch.setattr(cached_pages, "MOST_BYTES_OF_FIRST_ANSWERS", 100_000)
    monkeypatch.setattr(cached_pages, "MOST_BYTES_OF_ANSWERS", 200_000)
    usual = [*PAGES, "/de/beratung/?alter=24", "/uk/beratung/?alter=19&ort=08336081"]
    ask_all(site, usual * 2)

    junk = [path.format(number) for number in range(60) for path in JUNK]
    assert ask_all(site, junk) > len(junk) / 2

    assert ask_all(site, usual) == 0
    shelves = (site.application.pages.first_answers, site.application.pages.answers)
    assert [bytes_on(shelf) for shelf in shelves] == [shelf.size for shelf in shelves]
    assert all(shelf.size <= shelf.most_bytes for shelf in shelves)
    assert max(memo.count_remembered().values()) <= memo.MOST
