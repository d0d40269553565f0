"""Something always answers: in the reader's language, with a way on, whatever is broken."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils.translation import gettext, override

from contacts import office
from contacts.models import ContactPerson
from lkintegration.core.german_words import mark_german_words
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.pages import error_pages, middleware
from lkintegration.pages.views import HomeView
from tests.core.browser import page_of, words

NUMBER = "tel:+4976214105301"


@pytest.fixture(autouse=True)
def _new_worker(monkeypatch):
    monkeypatch.setattr(office._LastSeen, "looked", False)


@pytest.fixture
def client():
    """Return a client that gets what readers get when something fails."""
    return Client(raise_request_exception=False)


@pytest.fixture
def broken_templates(settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": {"loaders": []}}]


def locked(*_args):
    raise OperationalError("database is locked")


def heading(response):
    (h1,) = page_of(response).findall(".//h1")
    return words(h1)


def in_language(code, text):
    with override(code):
        return gettext(text)


# --- 500 and 503: without a database, without templates -------------------------------------------


@pytest.mark.any_database
@pytest.mark.usefixtures("broken_templates")
def test_the_pages_for_failures_are_whole_in_every_language(rf):
    for status in error_pages.STATUSES:
        for code, language in BY_CODE.items():
            response = error_pages.answer(rf.get(f"/{code}/kontakt/"), status)
            page = page_of(response)

            assert response.status_code == status
            assert (page.get("lang"), page.get("dir")) == (code, language.direction)
            assert len(page.findall(".//h1")) == 1
            assert NUMBER in page.xpath("//main//a/@href")
            assert {f"/{code}/", f"/{code}/beratung/"} <= set(page.xpath("//main//a/@href"))
            assert bool(page.xpath("//aside")) == (code != SOURCE)
            assert page.xpath("//nav//a/@href") == [f"/{other}/kontakt/" for other in BY_CODE]
            assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
            assert page.xpath("//link[@rel='stylesheet']/@href") == ["/static/css/site.css"]
            assert "@@" not in response.content.decode()
            body = response.content.decode().partition("<body>")[2]
            assert mark_german_words(body, code) == body  # all are marked


@pytest.mark.any_database
@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_failure_in_a_page_is_answered_without_a_database(client, code):
    # No mark: pytest-django refuses every query, and the page fails on its first.
    response = client.get(f"/{code}/kontakt/")

    assert response.status_code == 500
    assert heading(response) == in_language(code, "Bei uns ist ein Fehler aufgetreten.")
    assert response.headers["Content-Language"] == page_of(response).get("lang") == code
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.any_database
@pytest.mark.django_db
def test_a_reader_is_told_that_a_message_was_too_large(client):
    much = {"text": "ü" * 400_000}

    for answer in (
        client.post("/ar/kontakt/nachricht/", much),
        client.post("/ar/kontakt/nachricht/", {f"f{number}": "" for number in range(1500)}),
    ):
        assert answer.status_code == 413
        assert heading(answer) == in_language("ar", "Ihre Nachricht ist noch nicht abgeschickt")
        assert NUMBER in page_of(answer).xpath("//main//a/@href")


@pytest.mark.any_database
@pytest.mark.django_db
def test_staff_are_told_what_was_too_large_and_that_nothing_is_lost(admin):
    address = "/verwaltung/pages/page/1/change/"
    file = SimpleUploadedFile("texte.csv", bytes(7_000_000))

    for much in ({"body_de": "a" * 3_000_000}, dict.fromkeys(map(str, range(1500)), "")):
        answer = admin.post(address, much)
        assert answer.status_code == 413
        assert "Ihre Eingaben stehen noch im Formular" in answer.content.decode()
    answer = admin.post("/verwaltung/austausch/einlesen/", {"sprache": "uk", "datei": file})
    assert answer.status_code == 413
    assert "höchstens 5 MB groß" in answer.content.decode()


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.usefixtures("broken_templates")
@pytest.mark.parametrize("path", ["/ar/impressum/", "/ar/gibt-es-nicht/", "/verwaltung/login/"])
def test_broken_templates_are_a_failure_like_any_other(client, path, caplog):
    response = client.get(path)

    assert response.status_code == 500
    assert page_of(response).get("lang") == ("ar" if path.startswith("/ar/") else "de")
    (record,) = [entry for entry in caplog.records if entry.name == "django.request"]
    assert record.getMessage() == f"Internal Server Error: {path}"
    assert record.exc_info


@pytest.mark.any_database
def test_a_failure_in_a_middleware_is_a_failure_like_any_other(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.broken_middleware"]

    response = client.get("/tr/kontakt/")

    assert (response.status_code, page_of(response).get("lang")) == (500, "tr")


def broken_middleware(get_response):
    def broken(request):
        raise ZeroDivisionError

    return broken


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ar/kontakt/", "/de/gibt-es-nicht/", "/verwaltung/"])
def test_a_database_that_cannot_answer_is_a_pause_and_no_mistake(client, admin, path):
    admin.raise_request_exception = False
    with connection.execute_wrapper(locked):
        response = admin.get(path)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert page_of(response).get("lang") == ("ar" if path.startswith("/ar/") else "de")
    assert client.get("/ar/kontakt/").status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("path", "accepted", "code"),
    [
        ("/kontakt/", "uk, en;q=0.5", "uk"),
        ("/robots.txt", "", "de"),
        ("/EN/kontakt/", "ar", "en"),
        ("/de-at/", "ar", "de"),
        ("/verwaltung/", "ar", "de"),
    ],
)
def test_without_a_language_in_the_address_the_browser_decides(rf, path, accepted, code):
    response = error_pages.answer(rf.get(path, headers={"Accept-Language": accepted}), 500)

    assert page_of(response).get("lang") == code
    negotiated = path in {"/kontakt/", "/robots.txt"}
    assert response.headers.get("Vary") == ("Accept-Language" if negotiated else None)


@pytest.mark.any_database
def test_nothing_of_an_address_becomes_code_in_a_failure(rf):
    request = rf.get("/de/x/")
    request.path_info = '/de/"><script>\x00\udcff/'

    body = error_pages.answer(request, 500).content.decode()

    assert "<script" not in body
    assert 'href="/ar/%22%3E%3Cscript%3E%00%3F/"' in body


# --- the number -----------------------------------------------------------------------------------


def numbers(rf):
    page = page_of(error_pages.answer(rf.get("/de/"), 503))
    return set(page.xpath("//a[starts-with(@href, 'tel:')]/@href")), words(page)


@pytest.mark.any_database
def test_a_new_worker_knows_the_number_it_came_with(rf):
    dialled, text = numbers(rf)

    assert dialled == {NUMBER}
    assert "+49 7621 410-5301" in text


@pytest.mark.django_db
def test_a_number_that_staff_change_is_the_one_shown_when_the_database_is_away(client, rf):
    contact = ContactPerson.objects.get(represents_office=True)
    contact.phone = "+4976214105399"
    contact.save()
    client.get("/de/impressum/")
    assert numbers(rf)[0] == {"tel:+4976214105399"}

    contact.phone, contact.email = "", "amt@example.org"
    contact.save()
    client.get("/de/impressum/")

    dialled, text = numbers(rf)
    assert not dialled
    assert "anrufen" not in text


# --- maintenance, and a database that has gone ----------------------------------------------------


@pytest.mark.any_database
def test_during_maintenance_every_page_says_so_and_asks_no_database(client, settings):
    settings.MAINTENANCE = True

    for path in ("/ar/", "/verwaltung/", "/robots.txt"):
        response = client.get(path)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "120"), path


@pytest.mark.any_database
@pytest.mark.django_db
def test_health_is_told_during_maintenance_too(client, settings):
    settings.MAINTENANCE = True

    for path in ("/health/", "/health/ready/", "/health/live/"):
        assert client.get(path).content == b"ok\n"


@pytest.mark.django_db
def test_while_the_database_is_away_every_request_is_told_at_once(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(middleware, "is_away", lambda: True)

    with django_assert_num_queries(0):
        for path in ("/de/", "/verwaltung/login/"):
            response = client.get(path)
            assert (response.status_code, response.headers["Retry-After"]) == (503, "120"), path
    assert client.get("/health/").status_code == 200


# --- 400, 403, 404, 405 ---------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_host_that_is_not_ours_is_told_so_and_not_repeated(client, code):
    response = client.get(f"/{code}/kontakt", headers={"Host": "boese.example"})

    assert response.status_code == 400
    assert heading(response) == in_language(code, "Diese Adresse verstehen wir nicht.")
    assert b"boese" not in response.content
    assert_helps_on(response, code)


@pytest.mark.any_database
@pytest.mark.django_db
def test_more_questions_than_anybody_has_are_not_understood(client):
    response = client.get("/fr/angebote/?" + "&".join(["a=1"] * 1500))

    assert (response.status_code, page_of(response).get("lang")) == (400, "fr")


def assert_helps_on(response, code):
    page = page_of(response)
    search, form = page.forms
    assert search.get("role") == "search"
    assert (page.get("lang"), page.get("dir")) == (code, BY_CODE[code].direction)
    assert (form.method, form.action.partition("#")[0]) == ("GET", f"/{code}/beratung/")
    assert list(form.fields) == ["alter"]
    assert NUMBER in page.xpath("//main//a/@href")


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "fa"])
def test_whoever_may_not_see_a_page_is_helped_on(client, code, monkeypatch):
    monkeypatch.setattr(HomeView, "get_context_data", forbidden)

    response = client.get(f"/{code}/")

    assert response.status_code == 403
    assert_helps_on(response, code)


def forbidden(*_args, **_kwargs):
    raise PermissionDenied


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_form_where_none_belongs_gets_a_page_too(client, method):
    response = getattr(client, method)("/tr/kontakt/eva-petersik/e-mail/")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert_helps_on(response, "tr")


@pytest.mark.any_database
@pytest.mark.django_db
def test_a_form_of_the_admin_that_is_refused_says_how_to_save_after_all():
    response = Client(enforce_csrf_checks=True).post(
        "/verwaltung/login/", {"username": "redaktion"}, headers={"Accept-Language": "ar"}
    )

    assert (response.status_code, page_of(response).get("lang")) == (403, "de")
    assert heading(response) == "Ihre Eingaben sind noch nicht gespeichert."
    assert "Laden Sie die Seite neu" in words(page_of(response))


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/gibt-es-nicht/", "/wp-login.php", "/xx/kontakt/"])
def test_a_missing_page_without_a_language_speaks_the_reader_s(client, address):
    response = client.get(address, headers={"Accept-Language": "ar-SY"})

    assert response.status_code == 404
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["Content-Language"] == "ar"
    assert_helps_on(response, "ar")


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/de/kontakt/gibt-es-nicht/", "/de/kontakt/"),
        ("/ar/leitziele/gibt-es-nicht/", "/ar/leitziele/"),
        ("/de/angebote/gibt-es-nicht/", "/de/angebote/"),
        ("/de/gibt-es-nicht/", "/de/angebote/"),
    ],
)
def test_a_missing_record_leads_to_the_list_of_its_kind(client, address, first):
    response = client.get(address)

    assert response.status_code == 404
    assert "Vary" not in response.headers
    assert page_of(response).xpath("//main//ul//a/@href")[0] == first
    assert_helps_on(response, address[1:3])


# --- a form that nobody could take in -------------------------------------------------------------

EVIL_TEXT = "\n\nZeile <b>1</b>\n</textarea><script>alert(1)</script> @@path@@ @@fields@@ \"'&\x00"


def form_of(response):
    (form,) = page_of(response).xpath("//main//form[@method='post']")
    assert form.get("action") is None  # where it was sent to
    return [
        # A browser drops a line break that stands first in a textarea; lxml does not.
        (field.get("name"), field.get("value") or (field.text or "").removeprefix("\n"))
        for field in form.xpath(".//input|.//textarea")
    ]


@pytest.mark.any_database
@pytest.mark.parametrize(("code", "kind"), [("de", "text"), ("ar", "multipart")])
def test_a_message_is_not_lost_while_the_database_is_away(client, settings, code, kind):
    """No mark: the page asks no database."""
    settings.MAINTENANCE = True
    sent = {"text": EVIL_TEXT, "name": ["Ayla", "x"], "formular": 'a"b', "homepage": ""}
    body = urlencode(sent, doseq=True)
    form = {"data": sent}
    if kind == "text":
        form = {"data": body, "content_type": "application/x-www-form-urlencoded"}

    response = client.post(f"/{code}/kontakt/nachricht/?seite=/de/", **form)

    assert response.status_code == 503
    fields = form_of(response)
    assert sorted(fields) == sorted(
        [
            ("text", EVIL_TEXT.replace("\x00", "\ufffd")),
            *(("name", "Ayla"), ("name", "x"), ("formular", 'a"b'), ("homepage", "")),
        ]
    )
    assert "<script" not in response.content.decode()
    assert in_language(code, "Nachricht senden") in response.content.decode()


@pytest.mark.any_database
def test_what_staff_have_written_is_not_lost_either_and_no_password_comes_back(client, settings):
    settings.MAINTENANCE = True
    change = {"title_de": "Neu", "csrfmiddlewaretoken": "t", "_save": "Sichern"}
    login = {"username": "redaktion", "password": "streng geheim"}
    file = {"sprache": "uk", "datei": SimpleUploadedFile("texte.csv", b"x")}

    given_back = client.post("/verwaltung/pages/page/1/change/", change)
    assert form_of(given_back) == list(change.items())
    assert "Noch einmal speichern" in given_back.content.decode()
    for sent in (login, file, {}):
        answer = client.post("/verwaltung/login/", sent)
        assert answer.status_code == 503
        assert not page_of(answer).xpath("//main//form[@method='post']")
        assert "streng geheim" not in answer.content.decode()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"text=x"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nHal"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"a=1&" * 5_000),
        ("application/x-www-form-urlencoded", b"a" * 400_000),
    ],
)
def test_a_body_that_cannot_be_read_breaks_no_answer(client, settings, kind, body):
    settings.MAINTENANCE = True
    answer = client.post("/de/kontakt/nachricht/", body, content_type=kind)

    assert answer.status_code == 503
    assert not page_of(answer).xpath("//main//form[@method='post']")
