"""Every answer tells the browser what to refuse: pages, files, redirects, refusals, failures."""

import pytest
from django.test import Client

from lkintegration.serving.security_headers import HEADERS, NO_PAGE, PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

POLICY = "Content-Security-Policy"
PAGES = ["/de/", "/ar/beratung/?alter=24", "/de/gibt-es-nicht/", "/gibt-es-nicht"]
NO_PAGES = [
    *("/robots.txt", "/health/", "/sitemap.xml", "/de/manifest.webmanifest"),
    *("/de/aenderungen.atom", "/de/kontakt/eva-petersik/vcard/", "/de/kontakt/eva-petersik/qr/"),
]
MOVED = ["/", "/de/kontakt", "/kontakt/", "/verwaltung/"]


def without_policy(headers):
    return {name: headers.get(name) for name in HEADERS if name != POLICY}


@pytest.fixture
def answers(client):
    """Return what answers to anybody, by address."""
    return {path: client.get(path) for path in [*PAGES, *NO_PAGES, *MOVED]}


def test_every_answer_has_every_header(answers):
    expected = without_policy(HEADERS)
    assert {
        path: without_policy(answer.headers) for path, answer in answers.items()
    } == dict.fromkeys(answers, expected)


def test_a_page_runs_nothing_and_everything_else_is_locked_up(answers):
    policies = {path: answers[path].headers[POLICY] for path in [*PAGES, *NO_PAGES]}

    assert policies == dict.fromkeys(PAGES, PAGE) | dict.fromkeys(NO_PAGES, NO_PAGE)


def test_refusals_and_failures_have_them_too(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.breaks_on_request"]
    client.raise_request_exception = False
    answers = {
        405: client.post("/de/"),
        413: client.post("/de/kontakt/nachricht/", CONTENT_LENGTH="400000000"),
        400: client.get("/de/", headers={"host": "evil.example"}),
        500: client.get("/de/", headers={"x-break": "1"}),
    }
    settings.MAINTENANCE = True
    answers[503] = client.get("/de/")

    assert [answer.status_code for answer in answers.values()] == list(answers)
    for answer in answers.values():
        assert answer.headers.items() >= (HEADERS | {POLICY: PAGE}).items()


def breaks_on_request(get_response):
    def middleware(request):
        if "x-break" in request.headers:
            raise ZeroDivisionError
        return get_response(request)

    return middleware


def test_a_plain_address_leads_to_tls_with_them(settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/de/")

    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://testserver/de/"
    assert answer.headers.items() >= without_policy(HEADERS).items()


def test_pages_of_the_admin_run_their_own_scripts_and_its_files_none(admin):
    page = admin.get("/verwaltung/pages/page/1/change/")
    file = admin.get("/verwaltung/austausch/ausgeben/?sprache=uk&format=csv&stand=missing")

    policy = page.headers[POLICY]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe" not in policy
    assert page.headers.items() >= without_policy(HEADERS).items()
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers.items() >= HEADERS.items()
