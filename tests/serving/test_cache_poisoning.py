"""Whatever somebody sends, the next reader gets the page as if nobody had sent it."""

import io

import pytest

from lkintegration.core.generation import renew_generation
from lkintegration.serving.cached_pages import Pages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGES = ["/de/", "/de/kontakt/eva-petersik/", "/ar/angebote/?alter=24", "/de/manifest.webmanifest"]
EVIL = "evil.example"
FORM = b"alter=99&seite=/weg/"
HEADERS = [
    *(
        {"HTTP_HOST": host}
        for host in ("testserver:9999", "TESTSERVER", "testserver.", "localhost")
    ),
    *({"HTTP_HOST": host} for host in (EVIL, "testserver@evil.example", "testserver/weg", "")),
    *({"HTTP_X_FORWARDED_PROTO": proto} for proto in ("https", "https, http", "gopher", "//evil")),
    *({f"HTTP_X_FORWARDED_{name}": EVIL} for name in ("HOST", "SERVER", "PREFIX", "PORT", "PATH")),
    *({f"HTTP_X_{name}": "/weg/"} for name in ("ORIGINAL_URL", "REWRITE_URL", "SCRIPT_NAME")),
    {"HTTP_FORWARDED": f"host={EVIL};proto=https"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HTTP_RANGE": "bytes=0-9"},
    {"HTTP_RANGE": "bytes=0-9", "HTTP_IF_RANGE": '"x"'},
    {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MATCH": '"x"'},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 30 Nov 2026 13:00:00 GMT"},
    {"HTTP_ACCEPT": "application/json", "HTTP_ACCEPT_LANGUAGE": "tr", "HTTP_ACCEPT_CHARSET": "x"},
    {"HTTP_ACCEPT_ENCODING": "br;q=0, gzip;q=1, *"},
    {"HTTP_COOKIE": "sessionid=x; csrftoken=y; django_language=tr; messages=z"},
    {"HTTP_USER_AGENT": "<script>", "HTTP_REFERER": f"https://{EVIL}/", "HTTP_ORIGIN": "null"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_PURPOSE": "prefetch"},
    {"HTTP_CACHE_CONTROL": "no-store, max-age=0", "HTTP_PRAGMA": "no-cache"},
    {"HTTP_X_REQUEST_ID": f"https://{EVIL}/", "HTTP_TRACEPARENT": "x"},
    {"SCRIPT_NAME": "/weg"},
    {"SCRIPT_NAME": f"//{EVIL}"},
    {"SCRIPT_URL": "/weg/de/", "REDIRECT_URL": "/weg/de/"},
    {"CONTENT_TYPE": "text/html; charset=utf-16"},
    {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(FORM)),
        "wsgi.input": io.BytesIO(FORM),
    },
]
METHODS = ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PURGE", "get"]


@pytest.fixture
def before(site):
    """Return how to ask for a page after something else, when nothing is remembered."""

    def ask_after(path, attack):
        renew_generation()
        site.application.pages = Pages()
        attack()
        return site.ask(path)

    return ask_after


@pytest.mark.parametrize("path", PAGES[1:])
def test_no_header_and_no_method_changes_what_the_next_reader_gets(site, before, path):
    clean = before(path, lambda: None)
    assert clean[0] == "200 OK"

    for sent in HEADERS:
        assert before(path, lambda sent=sent: site.ask(path, **sent)) == clean, sent
    for method in METHODS:
        assert before(path, lambda method=method: site.ask(path, method)) == clean, method


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example/de/kontakt/", "/de//kontakt/", "/de/kontakt//", "/./de/kontakt/"),
        *("/de/../de/kontakt/", "/de/x/../kontakt/", "/de/kontakt/%2e%2e/", "/DE/kontakt/"),
        *(
            "/de/kontakt/;x",
            "/de/kontakt/\x00",
            "/de\\kontakt/",
            "/de/kontakt/?",
            "/de/kontakt/?x=1",
        ),
        *(
            "/de/kontakt/?sprache=tr&alter=9",
            "/de/kontakt/?%00=%ED%A0%80",
            "/de/kontakt",
            "/weg/de/",
        ),
    ],
)
def test_no_other_writing_of_an_address_does_either(site, before, path):
    clean = before("/de/kontakt/", lambda: None)

    assert before("/de/kontakt/", lambda: site.ask(path)) == clean


class Environ(dict):
    """Notes which headers are read."""

    def __init__(self, environ):
        super().__init__(environ)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def items(self):
        self.read.add("HTTP_ALL_OF_THEM")
        return super().items()


# Django reads them of every request, and nothing that is kept depends on them:
UNKEYED = {
    "HTTP_COOKIE",  # CSRF and sessions; no public page has a form of theirs
    "HTTP_USER_AGENT",  # to refuse some; there is none to refuse
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_X_REQUEST_ID",  # for the log; only a fault carries it, and none is kept
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_kept_reads_no_header_but_those_of_its_key(site, before, path):
    seen = []
    django = site.django
    site.django = lambda environ, start: django(seen.append(Environ(environ)) or seen[-1], start)

    before(path, lambda: None)

    (environ,) = seen
    assert {"HTTP_HOST", "HTTP_COOKIE"} <= environ.read
    assert {name for name in environ.read if name.startswith("HTTP_")} <= UNKEYED | {
        "HTTP_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_ACCEPT_ENCODING",
    }
