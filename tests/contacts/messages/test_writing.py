"""Readers write to us: nothing they typed is lost, stored twice or given away."""

import datetime
import json
import re
from itertools import product
from urllib.parse import parse_qs, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from contacts.messages import tokens
from contacts.models import ContactPerson, Message, SenderCount
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.addresses import public_addresses
from lkintegration.serving.request_encoding import without_encoding
from offers.models import Service
from tests import factories
from tests.contacts.messages.test_reader_forms import (
    EMAIL,
    EXPIRED,
    FORGED,
    HONEYPOT,
    LANGUAGE,
    LINKS,
    MARKUP,
    NO_REPLY,
    NO_TEXT,
    NO_WORDS,
    OFFICE,
    ONLY_THE_NAME,
    PAGE,
    PHONE,
    TOO_FAST,
    TOPIC,
    entries,
    token,
)
from tests.core.browser import page_of, words
from tests.languages import each
from tests.server import DATABASE, run_in_own_process

pytestmark = pytest.mark.django_db

PERSON = "kontakt/ayla-muster/nachricht/"
BARRIER = "barriere-melden/"
PERSON_FAULT = "kontakt/eva-petersik/fehler-melden/"
SERVICE_FAULT = "angebote/dolmetscherpool/fehler-melden/"
MESSAGES = [OFFICE, PERSON]
REPORTS = [BARRIER, PERSON_FAULT, SERVICE_FAULT]
FORMS = MESSAGES + REPORTS
OFFICE_NUMBER = "+49 7621 410-5301"
NUMBER = re.compile(r"/de/kontakt/nachricht/([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4})/")
TOO_MANY = (
    "Von Ihrem Anschluss kamen heute schon viele Nachrichten. "
    "Bitte rufen Sie an oder schreiben Sie morgen wieder."
)
NOT_STORED = (
    "Wir konnten Ihre Nachricht gerade nicht speichern. Ihr Text steht noch hier. "
    "Bitte senden Sie ihn gleich noch einmal ab."
)
LONG = "Wir suchen seit März eine Wohnung. 🏠\n" * 140  # more than a message may hold
ARABIC = "السلام عليكم \u200fأبحث عن دورة B1\u200e في Lörrach \u2067(مساءً)\u2069"


@pytest.fixture(autouse=True)
def ayla(db):
    """Somebody to whom one writes not as to the office."""
    return factories.contact_person(name="Ayla Muster")


@pytest.fixture
def service(db):
    return Service.objects.get(slug="dolmetscherpool")


def send(client, page=OFFICE, code="de", **changes):
    """Send the form at ``page``, filled in well but for ``changes``."""
    return client.post(f"/{code}/{page}", entries(page, **changes))


def sent(client, page=OFFICE, **changes):
    """Send the form, follow to the page with the number, and return the stored message."""
    response = send(client, page, **changes)
    assert response.status_code == 302
    return Message.objects.get(reference=NUMBER.fullmatch(response.headers["Location"])[1])


def form_in(response):
    (form,) = page_of(response).xpath("//main//form[contains(@class, 'message-form')]")
    return form


def typed_in(response):
    """Return what stands in the form, as a browser would send it again."""
    # A browser leaves out the first line break of a text area.
    return {
        field.name: (field.value or "").removeprefix("\n")
        for field in form_in(response).inputs
        if field.name
    }


def summary_of(response):
    (summary,) = page_of(response).xpath("//main//*[@role='alert']")
    return summary


def errors_of(response):
    return [" ".join(item.text_content().split()) for item in summary_of(response).xpath(".//li")]


def complaint(field, error):
    """Return how the summary names an error of ``field``."""
    labels = {
        "thema": "Worum geht es?",
        "text": "Ihre Nachricht",
        "email": "Ihre E-Mail-Adresse",
        "telefon": "Ihre Telefonnummer",
        "name": "Ihr Name",
        "sprache": "In welcher Sprache sollen wir antworten?",
        "seite": "Auf welcher Seite?",
    }
    return f"{labels[field]} {error}"


# --- the forms ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", each())
def test_every_form_opens_in_every_language(client, code):
    for page in FORMS:
        response = client.get(f"/{code}/{page}")

        assert response.status_code == 200, page
        html = page_of(response)
        assert (html.get("lang"), html.get("dir")) == (code, BY_CODE[code].direction), page
        assert typed_in(response)["sprache"] == ("en" if code == "en" else "de"), page
        assert not html.xpath("//*[@role='alert'] | //main//*[@aria-invalid]"), page


@pytest.mark.parametrize("page", FORMS)
def test_a_form_as_it_was_opened_can_be_filled_in_and_sent(client, page, monkeypatch):
    monkeypatch.setattr(tokens, "SHORTEST", 0)
    opened = typed_in(client.get(f"/de/{page}"))

    response = client.post(
        f"/de/{page}", opened | {"text": "Guten Tag", "email": "ayla@example.org"}
    )

    assert response.status_code == 302
    assert Message.objects.get().text == "Guten Tag"


@pytest.mark.parametrize("page", FORMS)
def test_a_message_is_stored_and_its_number_shown(client, page):
    response = send(client, page)

    assert response.status_code == 302
    number = NUMBER.fullmatch(response.headers["Location"])[1]
    message = Message.objects.get()
    assert message.reference == number
    (shown,) = page_of(client.get(response.headers["Location"])).xpath("//*[@class='reference']")
    assert words(shown) == number
    assert shown.get("dir") == "ltr"


@pytest.mark.parametrize("page", FORMS)
def test_no_form_needs_a_cookie_or_gives_one(page):
    browser = Client(enforce_csrf_checks=True)

    opened = browser.get(f"/de/{page}")
    refused = send(browser, page, text="")
    taken = send(browser, page)
    told = browser.get(taken.headers["Location"])

    statuses = [response.status_code for response in (opened, refused, taken, told)]
    assert statuses == [200, 422, 302, 200]
    assert not browser.cookies
    for response in (opened, refused, taken, told):
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert "no-store" in response.headers["Cache-Control"]
        assert "csrfmiddlewaretoken" not in response.content.decode()


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "entry", "error"),
    [
        ("text", "", NO_TEXT),
        ("text", "a" * 5_001, "Ihr Text ist um 1 Zeichen zu lang. Bitte kürzen Sie ihn."),
        ("text", "a" * 7_345, "Ihr Text ist um 2.345 Zeichen zu lang. Bitte kürzen Sie ihn."),
        ("text", "??? 🙏", NO_WORDS),
        ("text", "<a href='x'>Hallo</a>", MARKUP),
        ("text", "www.a.example www.b.example www.c.example", LINKS),
        ("name", "www.example.org", ONLY_THE_NAME),
        ("name", "A" * 121, ONLY_THE_NAME),
        ("email", "ayla@", EMAIL),
        ("email", "a@b.de\r\nBcc: x@y.z", EMAIL),
        ("email", "", NO_REPLY),
        ("telefon", "1", PHONE),
        ("thema", "lottery", TOPIC),
        ("sprache", "xx", LANGUAGE),
    ],
)
def test_a_wrong_entry_is_named_above_the_form_and_beside_the_field(client, field, entry, error):
    response = send(client, **{field: entry})

    assert response.status_code == 422
    assert errors_of(response) == [complaint(field, error)]
    (beside,) = form_in(response).xpath(".//*[@class='error']")
    assert words(beside) == error
    assert Message.objects.count() == 0


@pytest.mark.any_database
def test_a_page_that_is_told_instead_of_named_is_refused(client):
    response = send(client, BARRIER, seite="a" * 301)

    assert response.status_code == 422
    assert errors_of(response) == [complaint("seite", PAGE)]
    assert typed_in(response)["seite"] == "a" * 301


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"formular": None}, FORGED),
        ({"formular": "abc"}, FORGED),
        ({"formular": token(BARRIER)}, FORGED),
        ({"formular": token(PERSON)}, FORGED),
        ({"formular": token(age=100_000)}, EXPIRED),
        ({"homepage": "https://example.org"}, HONEYPOT),
    ],
)
def test_an_error_of_the_whole_form_is_named_above_it(client, changes, error):
    response = send(client, **changes)

    assert response.status_code == 422
    assert errors_of(response) == [error]
    assert Message.objects.count() == 0


@pytest.mark.any_database
def test_the_summary_takes_the_focus_leads_to_every_wrong_field_and_names_our_number(client):
    response = send(
        client, text="", email="ayla", telefon="1", name="www.a.example", sprache="xx", thema="x"
    )

    summary = summary_of(response)
    assert (summary.get("autofocus"), summary.get("tabindex")) == ("", "-1")
    assert words(summary.find("h2")) == "Ihre Nachricht ist noch nicht abgeschickt"
    assert summary.xpath(".//li/a/@href") == [
        *("#id_thema", "#id_text", "#id_email", "#id_telefon", "#id_name", "#id_sprache")
    ]
    assert OFFICE_NUMBER in words(summary)
    assert summary.xpath(".//a[starts-with(@href, 'tel:')]/@href") == ["tel:+4976214105301"]
    assert "Was Sie geschrieben haben, steht noch im Formular." in words(summary)
    assert len(page_of(response).xpath("//*[@autofocus]")) == 1


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS)
def test_what_is_wrong_with_a_field_is_told_to_those_who_do_not_see_it(client, page):
    response = send(client, page, text="", email="ayla", telefon="1", name="www.a.example")

    html = page_of(response)
    wrong = html.xpath("//main//*[@aria-invalid='true']")
    assert [field.get("name") for field in wrong] == ["text", "email", "telefon", "name"]
    for field in wrong:
        (described_by,) = field.get("aria-describedby").split()
        (description,) = html.xpath(f"//*[@id='{described_by}']")
        assert words(description)
        assert html.xpath(f"//div[@role='alert']//a[@href='#{field.get('id')}']")
    assert len(set(html.xpath("//@id"))) == len(html.xpath("//@id"))


MISTAKES = [
    ({"email": "ayla@"}, EMAIL),
    ({"telefon": "1"}, PHONE),
    ({"formular": "abc"}, FORGED),
    ({"homepage": "x"}, HONEYPOT),
]


@pytest.mark.any_database
@pytest.mark.parametrize("code", each())
def test_an_error_is_told_in_the_reader_s_language_and_every_entry_is_kept(client, code):
    for changes, error in MISTAKES:
        assert_told_and_still_there(client, OFFICE, code, changes, error)


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS[1:])
def test_an_error_in_another_form_is_told_and_every_entry_is_kept(client, page):
    for changes, error in MISTAKES:
        assert_told_and_still_there(client, page, "ar", changes, error)


def assert_told_and_still_there(client, page, code, changes, error):
    filled_in = entries(page) | {
        "text": f"{ARABIC} 👩\u200d👧 <3 & 'quoted' \"twice\" a < b",
        "name": "آیلا \u200fMuster-O'Neill",
        "email": "ayla+kurs@example.org",
        "telefon": "٠٧٦٢١ ٩٩٩٩ ١٢٣",
        "sprache": "en",
    }
    if page in MESSAGES:
        filled_in["thema"] = "housing"
    if page == BARRIER:
        filled_in["seite"] = "/ar/kontakt/?a=1&b=<2>"
    filled_in |= changes

    response = client.post(f"/{code}/{page}", filled_in)

    assert response.status_code == 422, changes
    html = page_of(response)
    assert (html.get("lang"), html.get("dir")) == (code, BY_CODE[code].direction)
    assert response.headers["Content-Language"] == code
    with override(code):
        said = gettext(error)
    assert said in words(summary_of(response))
    for field in ("text", "name", "email", "telefon", "sprache", "thema", "seite"):
        assert typed_in(response).get(field) == filled_in.get(field), (field, changes)
    assert typed_in(response)["homepage"] == "", changes
    assert Message.objects.count() == 0, changes


@pytest.mark.parametrize("code", each())
def test_a_text_that_is_too_long_is_kept_to_the_last_character(client, code):
    text = f"{LONG}{ARABIC}\n{'ی' * 3_000}🏁"
    assert len(text) > 5_000

    response = send(client, code=code, text=text.replace("\n", "\r\n"))

    assert response.status_code == 422
    assert page_of(response).get("lang") == code
    assert typed_in(response)["text"].replace("\r\n", "\n") == text


def test_a_text_keeps_its_first_and_last_empty_lines_while_it_is_not_sent(client):
    response = send(client, text="\n\n  Guten Tag\n\n", email="ayla@")

    assert typed_in(response)["text"].rstrip("\n") == "\n\n  Guten Tag"


@pytest.mark.any_database
def test_what_was_typed_cannot_become_part_of_the_page(client):
    attack = "\"'></textarea></select><script>alert(1)</script>"

    response = send(
        client,
        BARRIER,
        **dict.fromkeys(("text", "name", "email", "telefon", "seite", "sprache"), attack),
    )

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert typed_in(response)["seite"] == attack


@pytest.mark.parametrize("page", MESSAGES)
def test_a_message_needs_a_way_to_answer(client, page):
    response = send(client, page, email="", telefon="")

    assert response.status_code == 422
    assert errors_of(response) == [complaint("email", NO_REPLY)]


@pytest.mark.parametrize("page", MESSAGES)
@pytest.mark.parametrize(
    "ways",
    [{"email": "", "telefon": "07621 9999 123"}, {"email": "ayla@example.org", "telefon": ""}],
)
def test_one_way_to_answer_a_message_is_enough(client, page, ways):
    message = sent(client, page, **ways)

    assert (message.email, message.phone) == (ways["email"], ways["telefon"])


@pytest.mark.parametrize("page", REPORTS)
def test_whoever_reports_something_need_not_say_who_they_are(client, page):
    message = sent(client, page, name="", email="", telefon="")

    assert (message.name, message.email, message.phone) == ("", "", "")


def test_a_number_in_arabic_digits_is_stored_in_those_that_a_telephone_has(client):
    assert sent(client, email="", telefon="٠٧٦٢١ ٩٩٩٩ ١٢٣").phone == "07621 9999 123"


@pytest.mark.parametrize(
    "name", ["Ayla\r\nBcc: x@y.z", "Ayla\nBcc: x@y.z", "Ayla\rBcc: x@y.z", "Ayla\u2028Bcc: x@y.z"]
)
def test_a_line_break_in_a_name_is_harmless_and_stored_on_one_line(client, name):
    assert sent(client, name=name).name == "Ayla Bcc: x@y.z"


# --- a form's proof -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", FORMS)
def test_a_form_sent_too_fast_is_kept_and_works_a_little_later(client, page, monkeypatch):
    proof = tokens.issue(page)

    at_once = send(client, page, formular=proof)

    assert at_once.status_code == 422
    assert errors_of(at_once) == [TOO_FAST]
    assert typed_in(at_once)["formular"] == proof

    monkeypatch.setattr(tokens, "SHORTEST", 0)
    assert client.post(f"/de/{page}", typed_in(at_once)).status_code == 302
    assert Message.objects.count() == 1


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize("age", [None, 100_000])
def test_a_form_without_proof_or_open_too_long_is_given_a_new_one(client, page, age, monkeypatch):
    proof = token(page, age) if age else None

    response = send(client, page, formular=proof)

    assert response.status_code == 422
    assert errors_of(response) == [EXPIRED if age else FORGED]
    new = typed_in(response)["formular"]
    assert new != proof
    assert tokens.check(new, page).flaw is tokens.Flaw.TOO_FAST

    monkeypatch.setattr(tokens, "SHORTEST", 0)
    assert client.post(f"/de/{page}", typed_in(response)).status_code == 302


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS)
def test_a_form_does_not_prove_anything_about_another(client, page):
    for other in {*FORMS} - {page}:
        response = send(client, page, formular=token(other))

        assert response.status_code == 422
        assert errors_of(response) == [FORGED]
    assert Message.objects.count() == 0


@pytest.mark.parametrize("page", FORMS)
def test_a_form_opened_in_one_language_may_be_sent_in_another(client, page, monkeypatch):
    monkeypatch.setattr(tokens, "SHORTEST", 0)
    proof = typed_in(client.get(f"/ar/{page}"))["formular"]

    response = send(client, page, code="uk", formular=proof)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/uk/kontakt/nachricht/")


# --- the trap for programs ------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS)
def test_whoever_filled_in_the_hidden_field_gets_it_back_empty_and_may_send_again(client, page):
    trapped = send(client, page, homepage="https://example.org", text="Guten Tag,\nhallo!")

    assert trapped.status_code == 422
    assert errors_of(trapped) == [HONEYPOT]
    again = typed_in(trapped)
    assert again["homepage"] == ""
    assert again["text"].replace("\r\n", "\n") == "Guten Tag,\nhallo!"
    assert Message.objects.count() == 0

    assert client.post(f"/de/{page}", again).status_code == 302


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS)
def test_nobody_comes_upon_the_hidden_field_by_chance(client, page):
    (trap,) = form_in(client.get(f"/de/{page}")).xpath(".//*[@name='homepage']")

    assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")
    assert trap.xpath("ancestor::*[@aria-hidden='true']")
    assert not trap.get("value")
    assert words(trap.getparent()) == "Bitte leer lassen"


# --- twice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", FORMS)
def test_the_same_form_sent_twice_is_one_message_with_one_number(client, page):
    proof = token(page)

    first = send(client, page, formular=proof)
    second = send(client, page, formular=proof)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Message.objects.count() == 1
    assert SenderCount.objects.get().count == 1


def test_a_form_sent_again_in_another_language_shows_the_same_number(client):
    proof = token()

    german = send(client, formular=proof).headers["Location"]
    arabic = send(client, code="ar", formular=proof).headers["Location"]

    assert arabic == german.replace("/de/", "/ar/")
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "edit", [{"text": "Noch etwas: Ich arbeite tagsüber."}, {"telefon": "07621 9999 123"}]
)
def test_an_edited_form_is_a_second_message(client, edit):
    proof = token()

    first = sent(client, formular=proof)
    second = sent(client, formular=proof, **edit)

    assert first.reference != second.reference
    assert Message.objects.count() == 2


def test_the_same_words_in_a_form_opened_anew_are_a_second_message(client):
    assert sent(client, formular=token()).reference != sent(client, formular=token()).reference


# --- too many -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", FORMS)
def test_beyond_the_day_s_limit_nothing_is_stored_and_nothing_typed_is_lost(client, settings, page):
    settings.MESSAGES_PER_SENDER = 2
    for _message in range(2):
        sent(client, page)

    response = send(client, page, text=ARABIC, name="Ayla", telefon="07621 9999 123")

    assert response.status_code == 429
    assert errors_of(response) == [TOO_MANY]
    assert OFFICE_NUMBER in words(summary_of(response))
    typed = typed_in(response)
    assert (typed["text"], typed["name"], typed["telefon"]) == (ARABIC, "Ayla", "07621 9999 123")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert Message.objects.count() == 2
    assert SenderCount.objects.get().count == 2


def test_all_forms_share_one_limit(client, settings):
    settings.MESSAGES_PER_SENDER = len(FORMS) - 1

    assert [send(client, page).status_code for page in FORMS] == [302, 302, 302, 302, 429]


def test_what_is_refused_for_another_reason_is_not_counted(client, settings):
    settings.MESSAGES_PER_SENDER = 1
    for _mistake in range(3):
        assert send(client, text="").status_code == 422
        assert send(client, formular="abc").status_code == 422

    assert send(client).status_code == 302


def test_a_number_is_shown_again_even_beyond_the_limit(client, settings):
    settings.MESSAGES_PER_SENDER = 1
    proof = token()
    first = send(client, formular=proof)

    assert send(client).status_code == 429
    assert send(client, formular=proof).headers["Location"] == first.headers["Location"]


@pytest.mark.any_database
@pytest.mark.parametrize("code", each())
def test_the_limit_is_told_in_the_reader_s_language(client, settings, code):
    settings.MESSAGES_PER_SENDER = 0

    response = send(client, code=code)

    assert response.status_code == 429
    assert page_of(response).get("lang") == code
    with override(code):
        assert errors_of(response) == [gettext(TOO_MANY)]


# --- stored before anything is said ---------------------------------------------------------------


@pytest.mark.parametrize("page", FORMS)
def test_a_message_that_could_not_be_stored_stays_in_the_form(client, page):
    def full_disk(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "contacts_message" in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full_disk):
        response = send(client, page, text=ARABIC)

    assert response.status_code == 503
    assert errors_of(response) == [NOT_STORED]
    assert typed_in(response)["text"] == ARABIC
    assert "no-store" in response.headers["Cache-Control"]
    assert Message.objects.count() == 0

    again = client.post(f"/de/{page}", typed_in(response))
    assert again.status_code == 302
    assert Message.objects.get().text == ARABIC


def test_a_message_that_nobody_could_take_in_is_sent_again_from_the_page_that_says_so(
    client, settings
):
    settings.MAINTENANCE = True
    answer = send(client)
    settings.MAINTENANCE = False

    assert (answer.status_code, Message.objects.count()) == (503, 0)
    assert client.post(f"/de/{OFFICE}", typed_in(answer)).status_code == 302
    assert Message.objects.get().text == entries()["text"]


AT_THE_SAME_MOMENT = """
import json, sqlite3, sys, threading
import django
django.setup()
from django.db import connection
from django.test import Client, RequestFactory

form, database = json.loads(sys.argv[1]), sys.argv[2]
start, seen = threading.Barrier(8), []

def send():
    start.wait()
    try:
        client = Client(raise_request_exception=False)
        response = client.post("/de/kontakt/nachricht/", form)
        location = response.headers.get("Location", "")
        other = sqlite3.connect(database)
        found = other.execute(
            "select count(*) from contacts_message where reference = ?",
            [location.rstrip("/").rpartition("/")[2]],
        ).fetchone()[0]
        other.close()
        seen.append([response.status_code, location, found])
    finally:
        connection.close()

threads = [threading.Thread(target=send) for _number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
other = sqlite3.connect(database)
total = other.execute("select count(*) from contacts_message").fetchone()[0]
print(json.dumps([seen, total]))
"""


@pytest.mark.any_database
def test_a_form_sent_eight_times_at_once_is_one_message_committed_before_its_number_is_told(
    tmp_path,
):
    database = str(tmp_path / DATABASE)

    seen, total = run_in_own_process(tmp_path, AT_THE_SAME_MOMENT, json.dumps(entries()), database)

    assert total == 1
    assert len(seen) == 8
    assert {status for status, _location, _found in seen} == {302}
    assert len({location for _status, location, _found in seen}) == 1
    assert {found for _status, _location, found in seen} == {1}


# --- to whom and about what -----------------------------------------------------------------------


def test_a_message_to_the_office_is_to_nobody_in_particular(client):
    message = sent(client, thema="housing", telefon="07621 9999 123", sprache="en")

    assert (message.kind, message.contact, message.about, message.page) == (
        *("message", None, None),
        "",
    )
    assert (message.topic, message.language) == ("housing", "en")
    assert (message.name, message.email) == ("Ayla Muster", "ayla@example.org")
    assert message.phone == "07621 9999 123"


@pytest.mark.any_database
@pytest.mark.parametrize("code", each())
def test_there_is_one_way_to_write_to_the_office(client, code):
    own_form = f"/{code}/kontakt/eva-petersik/nachricht/"

    response = client.get(own_form)

    assert (response.status_code, response.headers["Location"]) == (302, f"/{code}/{OFFICE}")
    for page in ("", "kontakt/", "kontakt/eva-petersik/", OFFICE):
        links = page_of(client.get(f"/{code}/{page}")).xpath("//a/@href")
        assert own_form not in links
        assert f"/{code}/{OFFICE}" in links
    assert own_form not in [address.path(code) for address in public_addresses()]


@pytest.mark.any_database
def test_the_contact_page_offers_one_form_for_the_office_and_calls_it_the_same_everywhere(client):
    ContactPerson.objects.exclude(represents_office=True).update(status="draft")

    links = page_of(client.get("/de/kontakt/")).xpath("//a[contains(@href, 'nachricht')]")

    assert [words(link) for link in links] == ["Schreiben Sie uns", "Schreiben Sie uns"]
    assert [link.getparent().get("class") for link in links] == ["reach-out", "foot-write"]


def test_what_was_written_into_the_office_s_own_form_of_before_is_not_lost(client):
    person = "kontakt/eva-petersik/nachricht/"

    refused = send(client, person, email="")
    taken = sent(client, person)

    assert typed_in(refused)["text"] == entries()["text"]
    assert taken.contact == ContactPerson.objects.get(slug="eva-petersik")


def test_the_way_to_write_follows_the_office_to_another_person(client, ayla):
    ContactPerson.objects.update(represents_office=False)
    ContactPerson.objects.filter(pk=ayla.pk).update(represents_office=True)

    assert client.get(f"/de/{PERSON}").headers["Location"] == f"/de/{OFFICE}"
    assert client.get("/de/kontakt/eva-petersik/nachricht/").status_code == 200


def numbers(response):
    """Return the links on a page that call the office."""
    return page_of(response).xpath("//a[@href='tel:+4976214105301']")


@pytest.mark.any_database
# The page about barriers names it once more, beside the other ways that the law wants told.
@pytest.mark.parametrize("page", ["", "kontakt/", "kontakt/eva-petersik/", *MESSAGES, PERSON_FAULT])
def test_a_page_names_the_office_s_number_once_and_at_its_foot(client, page):
    assert len(numbers(client.get(f"/de/{page}"))) == 2


@pytest.mark.any_database
@pytest.mark.parametrize("page", [*MESSAGES, PERSON_FAULT])
def test_what_comes_after_a_form_names_the_number_once_and_at_the_foot(client, page):
    assert len(numbers(send(client, page, text=""))) == 2
    assert len(numbers(client.get(send(client, page).headers["Location"]))) == 2


PROMISES = re.compile(r"melden uns|antworten (wir )?Ihnen|kümmern uns|wir helfen|verbessern, was")


@pytest.mark.any_database
@pytest.mark.parametrize("page", FORMS)
def test_nothing_is_promised_that_nobody_has_promised(client, page):
    opened = client.get(f"/de/{page}")
    told = client.get(send(client, page).headers["Location"])

    for response in (opened, told):
        main = words(page_of(response).xpath("//main")[0])
        assert not PROMISES.search(main), main


def test_a_message_to_a_person_is_for_them(client):
    person = factories.contact_person(name="Ben Beispiel")

    message = sent(client, f"kontakt/{person.slug}/nachricht/")

    assert (message.kind, message.contact, message.about) == ("message", person, None)


@pytest.mark.any_database
def test_the_form_of_a_person_says_to_whom_it_goes(client):
    person = factories.contact_person(name="Ben Beispiel", role_de="Berater")

    main = words(page_of(client.get(f"/de/kontakt/{person.slug}/nachricht/")).xpath("//main")[0])

    assert "Nachricht an Ben Beispiel" in main
    assert "Berater · Verein Brücke" in main


def test_a_barrier_knows_its_page(client):
    message = sent(client, BARRIER, seite="/de/angebote/?thema=arbeit")

    assert (message.kind, message.page) == ("barrier", "/de/angebote/?thema=arbeit")
    assert (message.contact, message.about) == (None, None)


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_fault_points_at_the_record_and_at_the_page_on_which_it_was_seen(client, service, code):
    person = ContactPerson.objects.get(slug="eva-petersik")

    send(client, PERSON_FAULT, code=code)
    send(client, SERVICE_FAULT, code=code)

    of_service, of_person = Message.objects.all()
    assert (of_person.kind, of_person.about) == ("fault", person)
    assert of_person.page == f"/{code}/kontakt/eva-petersik/"
    assert (of_service.kind, of_service.about) == ("fault", service)
    assert of_service.page == f"/{code}/angebote/dolmetscherpool/"
    assert of_person.contact is of_service.contact is None
    assert client.get(of_person.page).status_code == 200
    assert client.get(of_service.page).status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("kontakt/", OFFICE),
        ("", OFFICE),
        ("kontakt/", PERSON),
        ("kontakt/eva-petersik/", OFFICE),
        ("kontakt/ayla-muster/", PERSON),
        ("kontakt/eva-petersik/", PERSON_FAULT),
        ("angebote/dolmetscherpool/", SERVICE_FAULT),
    ],
)
def test_a_page_leads_to_its_form(client, page, form):
    assert f"/de/{form}" in page_of(client.get(f"/de/{page}")).xpath("//a/@href")


HIDDEN = [
    {"status": "draft"},
    {"status": "archived"},
    {"publish_until": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    {"publish_from": datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_who_is_not_published_cannot_be_written_to(client, hidden):
    person = factories.contact_person(email="geheim@example.org", **hidden)

    for form in ("nachricht", "fehler-melden", "e-mail"):
        page = f"kontakt/{person.slug}/{form}/"
        assert client.get(f"/de/{page}").status_code == 404, form
        response = send(client, page)
        assert response.status_code == 404, form
        assert "geheim" not in response.content.decode(), form
    assert Message.objects.count() == 0


@pytest.mark.parametrize("form", ["nachricht", "fehler-melden", "e-mail"])
def test_who_belongs_to_an_unpublished_organisation_cannot_be_written_to(client, form):
    hidden = factories.organisation(status="draft")
    person = factories.contact_person(email="geheim@example.org", organisation=hidden)
    page = f"kontakt/{person.slug}/{form}/"

    assert client.get(f"/de/{page}").status_code == 404
    assert send(client, page).status_code == 404
    assert Message.objects.count() == 0


@pytest.mark.parametrize("hidden", HIDDEN)
def test_no_fault_is_reported_of_a_service_that_is_not_published(client, hidden):
    page = f"angebote/{factories.service(**hidden).slug}/fehler-melden/"

    assert client.get(f"/de/{page}").status_code == 404
    assert send(client, page).status_code == 404
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "page",
    [
        *(
            "kontakt/niemand/nachricht/",
            "kontakt/niemand/fehler-melden/",
            "kontakt/niemand/e-mail/",
        ),
        *("angebote/nichts/fehler-melden/", "kontakt/nachricht/nachricht/"),
    ],
)
def test_who_is_unknown_cannot_be_written_to(client, page):
    assert client.get(f"/de/{page}").status_code == 404
    assert send(client, page).status_code in {404, 405}
    assert Message.objects.count() == 0


# --- the page with a barrier ----------------------------------------------------------------------


def page_given(client, query):
    return typed_in(client.get(f"/de/{BARRIER}?{query}"))["seite"]


@pytest.mark.any_database
@pytest.mark.parametrize(
    "page",
    [
        "/de/kontakt/",
        "/ar/angebote/?thema=arbeit&ort=08336050",
        "/de/über-uns/",
        "/" + "a" * 299,
        "/de/\"'><script>alert(1)</script>",
    ],
)
def test_the_page_on_which_the_barrier_was_met_stands_in_the_form(client, page):
    assert page_given(client, urlencode({"seite": page})) == page


@pytest.mark.parametrize(
    "foreign",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example/de/",
        "HTTP://evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/" + "a" * 300,
        "/" + "a" * 5_000,
    ],
)
def test_an_address_that_is_not_ours_is_not_taken(client, foreign):
    assert page_given(client, urlencode({"seite": foreign})) == ""


@pytest.mark.parametrize("nonsense", ["%00", "/%00", "/%ED%A0%80", "/%FF%FE", "/%0d%0aBcc:+a@b.de"])
def test_nonsense_as_a_page_breaks_nothing(ask, nonsense):
    response = ask(f"{BARRIER}?seite={nonsense}", method="GET")

    assert response.status_code == 200
    response.content.decode()


@pytest.mark.any_database
@pytest.mark.parametrize("page", ["", "kontakt/", "angebote/", "kontakt/eva-petersik/"])
@pytest.mark.parametrize("code", ["de", "ar"])
def test_every_page_leads_to_the_form_for_barriers_and_tells_it_where_from(client, code, page):
    path = f"/{code}/{page}"

    (link,) = page_of(client.get(path)).xpath("//footer//a[contains(@href, 'barriere-melden')]")

    address, _, query = link.get("href").partition("?")
    assert (address, parse_qs(query)) == (f"/{code}/{BARRIER}", {"seite": [path]})
    assert typed_in(client.get(link.get("href")))["seite"] == path


@pytest.mark.any_database
def test_the_page_is_kept_when_the_form_comes_back(client):
    address = f"/de/{BARRIER}?seite=/de/kontakt/"

    response = client.post(address, entries(BARRIER, seite="/de/kontakt/", text=""))

    assert response.status_code == 422
    assert typed_in(response)["seite"] == "/de/kontakt/"


@pytest.mark.any_database
def test_a_form_with_a_page_in_its_address_is_the_same_form(client):
    response = client.post(f"/de/{BARRIER}?seite=/de/kontakt/", entries(BARRIER, seite="hier"))

    assert response.status_code == 302
    assert Message.objects.get().page == "hier"


# --- hostile --------------------------------------------------------------------------------------

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
FIELDS = ("text", "name", "email", "telefon", "sprache", "thema", "seite", "homepage")
# The fields of all forms; the other three forms have no field of their own.
ALONE = {OFFICE: ("text", "name", "email", "telefon", "sprache", "thema"), BARRIER: ("seite",)}
EVIL = [
    *("%00", "%00%00a%00", "%01", "%7F", "%C2%80", "%ED%A0%80", "%ED%B0%80%ED%A0%80", "%FF%FE"),
    *(
        "%C0%AF",
        "%F4%90%80%80",
        "%E2%80",
        "%",
        "%zz",
        "%0d%0aBcc:%20x@y.z",
        "%EF%BF%BF",
        "%EF%BB%BF",
    ),
    *("%F0%9F%91%A8%E2%80%8D", "%E2%80%AE%E2%81%A6", "%D9%A2" * 60, "%C2%B2", "%CC%81" * 3_000),
    *("9" * 5_000, "-1", "NaN", "1e309", "a@" * 5_000, "a@b.de," * 500, "(" * 3_000, "+" * 3_000),
    *("%3Ca" * 20_000, "[url" * 20_000, "www." * 20_000, "a" * 200_000, "%20" * 60_000 + "a"),
    *("%27%20OR%201=1--", "%7B%7B7*7%7D%7D", "%25s%25(x)s%25n", "$%7Bjndi:ldap://x%7D"),
]


@pytest.fixture(scope="module")
def ask():
    """Ask the site as a server does, all middleware included, without the test client's copies."""
    handler = BaseHandler()
    handler.load_middleware()
    requests = RequestFactory()

    def ask(page, body=b"", content_type=URLENCODED, method="POST"):
        address = f"/de/{page}"
        if isinstance(body, dict):
            return handler.get_response(requests.post(address, body))
        environ = requests.generic(method, address, body, content_type).environ
        return handler.get_response(WSGIRequest(without_encoding(environ)))

    return ask


def assert_survived(response, what):
    """Assert that the answer was meant: a page with errors, a refusal, or a stored message."""
    assert response.status_code in {302, 400, 413, 422}, what
    assert Message.objects.count() == (1 if response.status_code == 302 else 0), what
    response.content.decode()


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        (page, fields)
        for page, alone in ALONE.items()
        for fields in (FIELDS, *((field,) for field in alone))
    ],
)
def test_an_evil_value_in_every_field_breaks_nothing(ask, page, fields):
    for evil in EVIL:
        Message.objects.all().delete()
        # Of a field sent twice the last one counts.
        body = urlencode(entries(page)) + "".join(f"&{field}={evil}" for field in fields)

        assert_survived(ask(page, body), evil[:60])


NO_FORMS = [
    (URLENCODED, b""),
    (URLENCODED, b"&&&===&&&"),
    (URLENCODED, b"\x00\xff\xfe"),
    (URLENCODED, b"a" * 100_000 + b"=1"),
    (URLENCODED, b"%00=1&%ED%A0%80=2&" + b"%F0%9F%99%82" * 5_000 + b"=3"),
    (URLENCODED, b"text=1&" * 5_000),
    (URLENCODED, b"text=" + b"a" * 200_000),
    (URLENCODED, b"text=" + b"a" * 3_000_000),
    (URLENCODED, b"formular=" + b"a" * 200_000),
    (URLENCODED, b"formular=%ED%A0%80:%00"),
    (URLENCODED, b"text=a&text=b&formular=a&formular=b&homepage=&homepage=x"),
    ("application/json", b'{"text": "Hallo"}'),
    ("text/plain", b"text=Hallo"),
    ("", b"text=Hallo"),
    ("multipart/form-data", b"text=Hallo"),
    (MULTIPART, b"text=Hallo"),
    (MULTIPART, b"--x\r\nContent-Disposition: form-data\r\n\r\nHallo\r\n--x--"),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nHal'),
    (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--",
    ),
]


@pytest.mark.parametrize("page", list(ALONE))
def test_a_body_that_is_no_form_breaks_nothing(ask, page):
    for content_type, body in NO_FORMS:
        response = ask(page, body, content_type)

        assert response.status_code in {400, 413, 422}, (content_type, body[:60])
        response.content.decode()
    assert Message.objects.count() == 0


CHARSETS = [
    *("utf-16", "utf-32", "utf-7", "latin-1", "ascii", "idna", "punycode", "unicode_escape"),
    *("raw_unicode_escape", "rot13", "hex", "base64", "zlib", "undefined", "mbcs", "nonsense"),
]


@pytest.mark.parametrize("page", list(ALONE))
def test_a_body_in_whatever_encoding_breaks_nothing(ask, page):
    # The first is taken, the second comes back; both hold what some encoding makes half a letter.
    for charset, email in product(CHARSETS, ("ayla@example.org", "ayla \\ud800 +2AA-")):
        parts = entries(page, text="Hallo \\ud800 +2AA-", email=email)
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
        )
        for content_type, content in (
            (f"{MULTIPART}; charset={charset}", f"{body}--x--\r\n"),
            (f"{URLENCODED}; charset={charset}", urlencode(parts)),
        ):
            Message.objects.all().delete()

            assert_survived(ask(page, content, content_type), content_type)


@pytest.mark.parametrize("page", list(ALONE))
def test_files_instead_of_words_break_nothing(ask, page):
    for field in (*FIELDS, "formular", "datei"):
        Message.objects.all().delete()
        file = SimpleUploadedFile("böse\x00/../../datei.exe", b"\x00MZ" * 1_000)

        response = ask(page, entries(page, **{field: None}) | {field: file})

        assert_survived(response, field)
        if field in {"text", "formular", "sprache"}:
            assert response.status_code == 422


@pytest.mark.parametrize("page", list(ALONE))
@pytest.mark.parametrize("missing", ["text", "name", "email", "telefon", "sprache", "formular"])
def test_a_field_that_is_missing_breaks_nothing(ask, page, missing):
    response = ask(page, entries(page, **{missing: None}))

    assert_survived(response, missing)
    needed = {"text", "sprache", "formular"} | ({"email"} if page in MESSAGES else set())
    assert response.status_code == (422 if missing in needed else 302)


@pytest.mark.parametrize("page", list(ALONE))
def test_of_a_field_sent_twice_the_last_one_counts(ask, page):
    response = ask(page, urlencode(entries(page)) + "&text=Erstens&text=Zweitens")

    assert response.status_code == 302
    assert Message.objects.get().text == "Zweitens"


@pytest.mark.any_database
@pytest.mark.parametrize("page", list(ALONE))
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "XYZ"])
def test_other_ways_to_ask_store_nothing(ask, page, method):
    response = ask(page, urlencode(entries(page)), method=method)

    assert response.status_code in {200, 405, 422}
    assert Message.objects.count() == 0


# --- an e-mail address, on request ----------------------------------------------------------------


@pytest.fixture
def reachable():
    return factories.contact_person(
        name="Ben Beispiel", email="ben.beispiel@example.org", location=factories.location()
    )


def test_looking_at_the_address_s_page_leads_to_the_person_and_shows_nothing(client, reachable):
    for ask in (client.get, client.head):
        response = ask(f"/de/kontakt/{reachable.slug}/e-mail/")

        assert response.status_code == 302
        assert response.headers["Location"] == f"/de/kontakt/{reachable.slug}/"
        assert "ben.beispiel@" not in response.content.decode()
        assert "ben.beispiel@" not in str(response.headers)


@pytest.mark.any_database
@pytest.mark.parametrize("code", each())
def test_whoever_asks_for_the_address_gets_it(reachable, code):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(f"/{code}/kontakt/{reachable.slug}/e-mail/")

    assert response.status_code == 200
    html = page_of(response)
    assert html.get("lang") == code
    assert html.xpath("//main//a[contains(@href, ':')]/@href") == [
        "mailto:ben.beispiel@example.org"
    ]
    (written,) = html.xpath("//main//bdi[@dir='ltr' and contains(., '@')]")
    assert words(written) == "ben.beispiel@example.org"
    assert html.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.any_database
def test_a_button_asks_for_the_address_without_javascript_or_a_cookie(client, reachable):
    (form,) = page_of(client.get(f"/de/kontakt/{reachable.slug}/")).xpath(
        "//form[contains(@action, '/e-mail/')]"
    )

    assert (form.get("method"), words(form)) == ("post", "E-Mail-Adresse zeigen")
    assert "ben.beispiel@example.org" in client.post(form.get("action")).content.decode()


def test_who_has_no_address_has_no_such_page_and_no_button(client):
    person = factories.contact_person(name="Ohne Adresse")
    page = f"/de/kontakt/{person.slug}/"

    assert client.get(f"{page}e-mail/").status_code == 404
    assert client.post(f"{page}e-mail/").status_code == 404
    assert not page_of(client.get(page)).xpath("//form[contains(@action, '/e-mail/')]")


@pytest.mark.any_database
@pytest.mark.parametrize("represents_office", [False, True])
def test_an_address_stands_on_no_page_that_a_program_could_read(
    client, reachable, service, represents_office
):
    if represents_office:
        ContactPerson.objects.filter(represents_office=True).update(represents_office=False)
        ContactPerson.objects.filter(pk=reachable.pk).update(represents_office=True, phone="")
    first = Service.objects.filter(first_contact=True, status="published")
    for one in (service, *first):
        one.contacts.add(reachable)
    paths = [
        *(address.path(address.languages[0]) for address in public_addresses()),
        *("/de/beratung/?alter=24&ort=08336050", "/de/beratung/?alter=40", "/de/gibt-es-nicht/"),
        f"/de/kontakt/{reachable.slug}/e-mail/",
    ]
    assert {f"/de/kontakt/{reachable.slug}/vcard/", "/de/angebote/dolmetscherpool/"} <= set(paths)

    for path in paths:
        content = client.get(path, follow=True).content
        assert b"ben.beispiel" not in content.lower().replace(b"ben-beispiel", b""), path
        assert b"mailto:ben" not in content.lower(), path


def test_the_finder_and_the_list_show_the_person_whose_address_they_do_not(
    client, reachable, service
):
    service.contacts.add(reachable)

    for path in ("/de/kontakt/", "/de/angebote/dolmetscherpool/"):
        assert "Ben Beispiel" in client.get(path).content.decode()


# --- the page with the number ---------------------------------------------------------------------


@pytest.mark.parametrize("number", ["AAAA-2222", "nachricht", "0", "A" * 300, "K7PM-3XQ9-"])
def test_a_number_that_nobody_has_leads_nowhere(client, number):
    factories.message(reference="K7PM-3XQ9")

    assert client.get(f"/de/kontakt/nachricht/{number}/").status_code == 404


@pytest.mark.parametrize("kind", ["message", "barrier", "fault"])
def test_the_page_with_the_number_tells_nothing_of_the_message(client, kind):
    message = factories.message(
        kind=kind,
        text="Mein Geheimnis ist groß.",
        name="Ayla Geheim",
        email="ayla.geheim@example.org",
        phone="+49 7621 9999123",
        page="/de/geheime-seite/",
        topic="housing",
        contact=factories.contact_person(name="Ben Geheim"),
    )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(f"/de/kontakt/nachricht/{message.reference}/")

    content = response.content.decode()
    assert response.status_code == 200
    assert message.reference in content
    for secret in ("Geheim", "geheim", "9999123", "9999 123", "Wohnen"):
        assert secret not in content
    (asked,) = [query["sql"] for query in queries if "contacts_message" in query["sql"]]
    assert '"text"' not in asked
    assert page_of(response).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "message",
            "Ihre Nachricht geht an unser Büro. Für eine Antwort nutzen wir die E-Mail-Adresse "
            "oder Telefonnummer, die Sie angegeben haben.",
        ),
        ("fault", "Ihr Hinweis geht an unser Büro. Vielen Dank."),
        (
            "barrier",
            "Ihre Nachricht geht an unser Büro. Für eine Antwort nutzen wir die E-Mail-Adresse "
            "oder Telefonnummer, die Sie angegeben haben.",
        ),
    ],
)
def test_the_page_with_the_number_says_what_comes_next(client, kind, said):
    received = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
    message = factories.message(kind=kind, received_at=received)

    (main,) = page_of(client.get(f"/de/kontakt/nachricht/{message.reference}/")).xpath("//main")

    assert words(main.find(".//h1")) == "Wir haben Ihre Nachricht"
    assert said in words(main)
    assert OFFICE_NUMBER in words(main)


@pytest.mark.any_database
@pytest.mark.parametrize("code", each())
def test_the_page_with_the_number_speaks_the_reader_s_language(client, code):
    message = factories.message()

    response = client.get(f"/{code}/kontakt/nachricht/{message.reference}/")

    html = page_of(response)
    assert (html.get("lang"), html.get("dir")) == (code, BY_CODE[code].direction)
    with override(code):
        assert words(html.xpath("//h1")[0]) == gettext("Wir haben Ihre Nachricht")


@pytest.mark.any_database
def test_the_page_with_the_number_takes_no_messages(client):
    message = factories.message()

    assert send(client, f"kontakt/nachricht/{message.reference}/").status_code == 405
    assert Message.objects.count() == 1
