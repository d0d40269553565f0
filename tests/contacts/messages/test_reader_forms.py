"""What the forms take, what they refuse in which words, and what they make of it."""

import re
import time

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.enums import MessageKind, MessageTopic
from contacts.messages import tokens
from contacts.messages.forms import BarrierForm, FaultForm, MessageForm
from contacts.models.messages import TEXT_LIMIT
from contacts.reply_languages import ReplyLanguage
from tests.languages import each

OFFICE = "kontakt/nachricht/"
FORMS = [MessageForm, BarrierForm, FaultForm]
REPLIES = [
    ReplyLanguage("de", "Deutsch", "de", "ltr"),
    ReplyLanguage("en", "English", "en", "ltr"),
    ReplyLanguage("tr", "Türkçe", "tr", "ltr"),
]
ANY_TEXT = st.text(st.characters(exclude_categories=()))

NO_TEXT = "Schreiben Sie, worum es geht."
NO_WORDS = "Schreiben Sie Ihr Anliegen bitte in Worten."
MARKUP = "Bitte schreiben Sie nur Text, ohne HTML und ohne eckige Klammern für Links."
LINKS = "Bitte nennen Sie höchstens 2 Internetadressen."
ONLY_THE_NAME = "Bitte schreiben Sie hier nur Ihren Namen."
EMAIL = "Diese E-Mail-Adresse ist nicht vollständig. Sie braucht ein @ und einen Punkt."
ONLY_THE_NUMBER = "Bitte schreiben Sie hier nur Ihre Telefonnummer."
PHONE = "Diese Telefonnummer ist nicht vollständig. Schreiben Sie sie mit der Vorwahl."
NO_REPLY = "Geben Sie eine E-Mail-Adresse oder Telefonnummer an."
TOPIC = "Dieses Thema kennen wir nicht. Wählen Sie eines aus der Liste."
LANGUAGE = "In dieser Sprache antworten wir nicht. Wählen Sie eine aus der Liste."
PAGE = "Bitte nennen Sie nur die Überschrift oder die Adresse der Seite."
FORGED = "Das Formular war nicht vollständig. Bitte senden Sie es noch einmal ab."
TOO_FAST = (
    "Das ging sehr schnell. Bitte warten Sie ein paar Sekunden und senden Sie noch einmal ab."
)
EXPIRED = "Die Seite war sehr lange offen. Bitte senden Sie noch einmal ab."
HONEYPOT = (
    "Ein Feld, das leer bleiben muss, war ausgefüllt. Wir haben es geleert. "
    "Bitte senden Sie noch einmal ab."
)


def token(page=OFFICE, age=10):
    """Return the token of a form that was opened ``age`` seconds ago."""
    return tokens.issue(page, at=time.time() - age)


def entries(page=OFFICE, **changes):
    """Return what a browser sends for a form filled in well; ``None`` leaves a field out."""
    filled_in = {
        "text": "Guten Tag, ich suche einen Deutschkurs am Abend.",
        "name": "Ayla Muster",
        "email": "ayla@example.org",
        "telefon": "",
        "sprache": "de",
        "homepage": "",
        "formular": token(page),
    }
    return {name: value for name, value in (filled_in | changes).items() if value is not None}


def form_with(form_class=MessageForm, **changes):
    data = QueryDict(mutable=True)
    data.update(entries(**changes))
    return form_class(data, page=OFFICE, languages=REPLIES)


def errors_of(form):
    """Return the errors by field as a reader sees them; those of the whole form under ``""``."""
    return {
        name.removeprefix("__all__"): [str(error) for error in errors]
        for name, errors in form.errors.items()
    }


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_a_form_filled_in_well_has_no_errors():
    for form_class in FORMS:
        assert errors_of(form_with(form_class)) == {}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "entry", "error"),
    [
        ("text", None, NO_TEXT),
        ("text", "", NO_TEXT),
        ("text", " \r\n\t ", NO_TEXT),
        ("text", "\x00\x01\x7f", NO_TEXT),
        ("text", "!!! ??? …", NO_WORDS),
        ("text", "🙏🙏🙏", NO_WORDS),
        ("text", "\u200f\u200e\u200b", NO_TEXT),
        ("text", "\u3164\u2800", NO_TEXT),
        (
            "text",
            "a" * (TEXT_LIMIT + 1),
            "Ihr Text ist um 1 Zeichen zu lang. Bitte kürzen Sie ihn.",
        ),
        (
            "text",
            "a" * (TEXT_LIMIT + 1_200),
            "Ihr Text ist um 1.200 Zeichen zu lang. Bitte kürzen Sie ihn.",
        ),
        ("text", 'Hier <a href="http://example.org">klicken</a>', MARKUP),
        ("text", "Hallo <script>alert(1)</script>", MARKUP),
        ("text", "Hallo <IMG SRC=x onerror=alert(1)>", MARKUP),
        ("text", "Hallo </p><br/>", MARKUP),
        ("text", "Hallo <h1>Neu</h1>", MARKUP),
        ("text", "Hallo [url=http://example.org]hier[/url]", MARKUP),
        ("text", "Hallo [LINK]hier", MARKUP),
        ("text", "http://a.example http://b.example http://c.example", LINKS),
        ("text", "www.a.example, www.b.example und www.c.example", LINKS),
        ("text", "Neu:https://a.example,https://b.example,https://c.example", LINKS),
        ("text", "Neu:www.a.example|www.b.example|www.c.example", LINKS),
        ("text", "kauf.xyz/1 kauf.xyz/2 kauf.xyz/3", LINKS),
        ("name", "https://example.org", ONLY_THE_NAME),
        ("name", "Besuchen Sie www.example.org", ONLY_THE_NAME),
        ("name", "<b>Ayla</b>", ONLY_THE_NAME),
        ("name", "A" * 121, ONLY_THE_NAME),
        ("email", "ayla", EMAIL),
        ("email", "ayla@", EMAIL),
        ("email", "ayla@example", EMAIL),
        ("email", "@example.org", EMAIL),
        ("email", "ayla example.org", EMAIL),
        ("email", "ayla@example.org, ben@example.org", EMAIL),
        ("email", "a@b.de\r\nBcc: x@y.z", EMAIL),
        ("telefon", "1", PHONE),
        ("telefon", "keine", PHONE),
        ("telefon", "+49", PHONE),
        ("telefon", "+999 12345678", PHONE),
        ("telefon", "1" * 30, PHONE),
        ("telefon", "07621 9999 123" + " " * 5 + "x" * 300, ONLY_THE_NUMBER),
        ("telefon", "07621" + "-" * 40 + "9999123", ONLY_THE_NUMBER),
        ("telefon", "07621 9999123 www.example.org", ONLY_THE_NUMBER),
        ("telefon", "07621 9999123 ayla@example.org", ONLY_THE_NUMBER),
        ("thema", "lottery", TOPIC),
        ("thema", "advice\r\nBcc: x@y.z", TOPIC),
        ("sprache", "xx", LANGUAGE),
        ("sprache", "DE", LANGUAGE),
    ],
)
def test_an_entry_we_cannot_take_is_refused_in_plain_words(field, entry, error):
    assert errors_of(form_with(**{field: entry})) == {field: [error]}


@pytest.mark.any_database
@pytest.mark.parametrize("form_class", FORMS)
@pytest.mark.parametrize(
    ("field", "entry", "error"),
    [
        ("text", "", NO_TEXT),
        ("text", "www.a.example www.b.example www.c.example", LINKS),
        ("name", "www.example.org", ONLY_THE_NAME),
        ("email", "ayla@", EMAIL),
        ("telefon", "1", PHONE),
        ("sprache", "xx", LANGUAGE),
    ],
)
def test_every_form_checks_what_all_have(form_class, field, entry, error):
    assert errors_of(form_with(form_class, **{field: entry})) == {field: [error]}


@pytest.mark.any_database
def test_a_page_is_named_and_not_told():
    assert errors_of(form_with(BarrierForm, seite="a" * 301)) == {"seite": [PAGE]}
    assert errors_of(form_with(BarrierForm, seite="a" * 300)) == {}


@pytest.mark.any_database
def test_every_wrong_field_is_named_in_its_order_on_the_page():
    form = form_with(
        text="a" * 6_000,
        email="ayla",
        telefon="1",
        name="www.example.org",
        sprache="xx",
        thema="lottery",
    )

    form.is_valid()

    assert [field.name for field in form.wrong_fields] == [
        *("thema", "text", "email", "telefon", "name", "sprache")
    ]


@pytest.mark.any_database
@pytest.mark.parametrize("email", ["a" * 250 + "@example.org", "ayla@" + "b" * 330 + ".org"])
@pytest.mark.parametrize("code", each())
def test_an_address_that_is_too_long_is_not_refused_in_english(code, email):
    with override(code):
        (error, *_more) = errors_of(form_with(email=email))["email"]

    assert code == "en" or not re.search(r"(?i)\b(ensure|enter|value|characters)\b", error)


# --- how to answer --------------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize("ways", [{}, {"email": "  ", "telefon": "\t"}, {"email": None}])
def test_a_message_needs_a_way_to_answer(ways):
    form = form_with(**{"email": "", "telefon": ""} | ways)

    assert errors_of(form) == {"email": [NO_REPLY]}


@pytest.mark.any_database
@pytest.mark.parametrize("field", ["email", "telefon"])
@pytest.mark.parametrize("invisible", ["\x00", "\x01", "\x7f\x80", "\ud800", "\uffff"])
def test_a_way_to_answer_of_nothing_visible_is_none(field, invisible):
    form = form_with(**{"email": "", "telefon": "", field: invisible})

    assert errors_of(form) == {"email": [NO_REPLY]}


@pytest.mark.any_database
@pytest.mark.parametrize(
    "ways",
    [
        {"email": "ayla@example.org"},
        {"telefon": "07621 9999 123"},
        {"email": "ayla@example.org", "telefon": "07621 9999 123"},
    ],
)
def test_one_way_to_answer_is_enough(ways):
    assert errors_of(form_with(**{"email": "", "telefon": ""} | ways)) == {}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("ways", "errors"),
    [
        ({"telefon": "1"}, {"telefon": [PHONE]}),
        ({"email": "ayla"}, {"email": [EMAIL]}),
        ({"email": "ayla", "telefon": "1"}, {"email": [EMAIL], "telefon": [PHONE]}),
    ],
)
def test_whoever_tried_to_say_how_to_answer_is_told_only_what_is_wrong_with_it(ways, errors):
    assert errors_of(form_with(**{"email": "", "telefon": ""} | ways)) == errors


@pytest.mark.any_database
@pytest.mark.parametrize("form_class", [BarrierForm, FaultForm])
def test_whoever_reports_something_need_not_be_reached(form_class):
    assert errors_of(form_with(form_class, email="", telefon="", name="")) == {}


# --- telephone numbers ----------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("07621 9999 123", "07621 9999 123"),
        ("+49 7621 9999-123", "+49 7621 9999-123"),
        ("0049 7621 9999123", "0049 7621 9999123"),
        ("(07621) 9999/123", "(07621) 9999/123"),
        ("+41 61 000 00 12", "+41 61 000 00 12"),
        ("+33 1 99 00 12 34", "+33 1 99 00 12 34"),
        ("٠٧٦٢١ ٩٩٩٩ ١٢٣", "07621 9999 123"),
        ("+٤٩ ٧٦٢١ ٩٩٩٩ ١٢٣", "+49 7621 9999 123"),
        ("۰۷۶۲۱ ۹۹۹۹ ۱۲۳", "07621 9999 123"),
        ("०७६२१ ९९९९ १२३", "07621 9999 123"),
        ("０７６２１ ９９９９ １２３", "07621 9999 123"),
        ("  07621\t9999  123 ", "07621 9999 123"),
    ],
)
def test_digits_of_any_script_become_those_that_a_telephone_has(typed, stored):
    form = form_with(telefon=typed)

    assert errors_of(form) == {}
    assert form.message().phone == stored


@pytest.mark.any_database
@pytest.mark.parametrize(
    "marks", ["\u200e{}", "\u200f{}", "\u202a{}\u202c", "\u2066{}\u2069", "\ufeff{}"]
)
@pytest.mark.parametrize(
    ("field", "entry"), [("email", "ayla@example.org"), ("telefon", "+49 7621 9999123")]
)
def test_an_invisible_mark_that_came_along_with_a_copy_is_no_mistake(field, entry, marks):
    assert errors_of(form_with(**{field: marks.format(entry)})) == {}


@pytest.mark.any_database
@pytest.mark.parametrize(
    "typed",
    [
        "+49176 1234567 (WhatsApp)",
        "0176 1234567 bitte nach 17 Uhr",
        "07621 9999-123 / -124",
        "07621 9999123 oder 0176 1234567",
        "Frau Demir, 07621 9999123",
    ],
)
def test_what_a_reader_says_about_the_number_is_kept_with_it(typed):
    form = form_with(telefon=typed)

    assert errors_of(form) == {}
    assert form.message().phone == typed


@pytest.mark.any_database
@pytest.mark.parametrize("number", ["12", "123", "110"])
def test_a_number_that_only_reaches_neighbours_needs_its_area_code(number):
    assert errors_of(form_with(telefon=number)) == {"telefon": [PHONE]}


# --- what is kept of an entry ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Guten Tag\r\n\r\nAyla", "Guten Tag\n\nAyla"),
        ("Guten Tag\rAyla", "Guten Tag\nAyla"),
        ("\r\n  Guten Tag  \r\n", "Guten Tag"),
        ("Eins\tZwei", "Eins\tZwei"),
        ("Gu\x00ten\x07 T\x1bag\x9f", "Guten Tag"),
        ("Hallo \ud83d\ude00 \udfffda", "Hallo  da"),
        ("سلام \u200fABC\u200e می\u200cخواهم", "سلام \u200fABC\u200e می\u200cخواهم"),
        ("Familie 👩\u200d👩\u200d👧 🏳\ufe0f", "Familie 👩\u200d👩\u200d👧 🏳\ufe0f"),
        ("Z\u0301 und \ufb01", "Z\u0301 und \ufb01"),
        ("Ja\uffff\ufdd0\ufdef\U0001fffe\U0010ffff!", "Ja!"),
        ("Jung: \U0001fae9", "Jung: \U0001fae9"),  # younger than this Python
    ],
)
def test_a_text_is_stored_as_written_with_plain_line_ends_and_no_control_characters(typed, stored):
    form = form_with(text=typed)

    assert errors_of(form) == {}
    assert form.message().text == stored


@pytest.mark.any_database
@pytest.mark.parametrize(
    "name",
    [
        "Ayla\r\nBcc: x@y.z",
        "Ayla\nBcc: x@y.z",
        "Ayla\rBcc: x@y.z",
        "Ayla\u2028Bcc: x@y.z",
        "Ayla\u2029 \t Bcc: x@y.z",
        " Ayla  Bcc: x@y.z ",
    ],
)
def test_a_name_is_stored_on_one_line(name):
    form = form_with(name=name)

    assert errors_of(form) == {}
    assert form.message().name == "Ayla Bcc: x@y.z"


@pytest.mark.any_database
def test_a_page_and_a_number_are_stored_on_one_line():
    barrier = form_with(BarrierForm, seite="/de/kontakt/\r\nBcc: x@y.z", telefon="07621\r\n9999123")

    assert errors_of(barrier) == {}
    assert barrier.message().page == "/de/kontakt/ Bcc: x@y.z"
    assert barrier.message().phone == "07621 9999123"


@pytest.mark.any_database
@given(ANY_TEXT)
@example("a\x85b\x0bc\x0cd\x1ce\u2028f\u2029g")
def test_no_name_begins_a_second_line(name):
    form = form_with(name=name)
    form.is_valid()

    assert len(form.cleaned_data.get("name", "").splitlines()) <= 1


@pytest.mark.any_database
@pytest.mark.django_db
@given(ANY_TEXT, ANY_TEXT, st.one_of(ANY_TEXT, st.emails()), ANY_TEXT)
@example("\x00", "\x00", "\x00", "\x00")
@example("a", "", "\x00", "")
@example("a", "", "", "\x00")
@example("९" * 50, "", "", "²³¹")
def test_whatever_is_typed_is_taken_or_refused(text, name, email, phone):
    """A message that passes can be stored: it has a text and, where needed, a way to answer."""
    form = form_with(text=text, name=name, email=email, telefon=phone)

    if form.is_valid():
        message = form.message()
        message.full_clean(exclude=["contact", "about_type", "assigned_to"], validate_unique=False)
        assert message.email or message.phone
    else:
        assert errors_of(form)


@pytest.mark.any_database
@pytest.mark.parametrize(
    "text",
    [
        "Ich ❤ euch <3",
        "Ist a < b, oder ist b > a?",
        "Meine Frist: < 3 Monate, Miete > 900 €",
        "Siehe [1] und [Anhang]",
        "Ein Absatz\n\n--\nMit Gruß",
        "Preis: 5 €/m², 100 % & mehr",
        "Bitte an Ioana Muster <i.muster@example.org> und Peter <p@example.org> antworten.",
        "Mein Lohn ist < a full salary -> hilft das Amt?",
    ],
)
def test_signs_that_people_use_are_no_markup(text):
    assert errors_of(form_with(text=text)) == {}


@pytest.mark.any_database
@pytest.mark.parametrize(
    "text",
    [
        "Ich meine https://www.example.org/deutschkurs?ort=1",
        "Ich meine https://www.example.com/kurs",
        "https://www.example.org/a und https://www.example.org/b",
        "http://example.com/eins und www.example.net/zwei",
        "WWW.EXAMPLE.ORG und Https://Example.org",
        "Schreiben Sie an ayla@example.org, ben@example.org oder cem@example.org.",
    ],
)
def test_one_or_two_addresses_of_pages_are_no_advertisement(text):
    assert errors_of(form_with(text=text)) == {}


@pytest.mark.any_database
def test_exactly_as_many_characters_as_allowed_are_not_too_long():
    for text in ("ä" * TEXT_LIMIT, "a" + "🙂" * (TEXT_LIMIT - 1), "ab\r\n" * 1_666 + "ab"):
        assert errors_of(form_with(text=text)) == {}


# --- a form's proof -------------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize("form_class", FORMS)
@pytest.mark.parametrize(
    ("proof", "error"),
    [
        (None, FORGED),
        ("", FORGED),
        ("abc:def", FORGED),
        ("\ud800", FORGED),
        (tokens.issue("barriere-melden/", at=1_700_000_000), FORGED),
        (tokens.issue(OFFICE, at=1_700_000_000), EXPIRED),
    ],
)
def test_a_form_that_is_not_ours_or_too_old_comes_back_with_a_new_proof(form_class, proof, error):
    form = form_with(form_class, formular=proof)

    assert errors_of(form) == {"": [error]}
    assert form.token != proof
    assert tokens.check(form.token, OFFICE).flaw is tokens.Flaw.TOO_FAST


@pytest.mark.any_database
def test_a_form_sent_too_fast_comes_back_with_the_same_proof_that_works_later(monkeypatch):
    proof = tokens.issue(OFFICE)
    form = form_with(formular=proof)

    assert errors_of(form) == {"": [TOO_FAST]}
    assert form.token == proof

    monkeypatch.setattr(tokens, "SHORTEST", 0)
    assert errors_of(form_with(formular=form.token)) == {}


@pytest.mark.any_database
def test_a_form_with_another_mistake_keeps_its_proof():
    proof = token()
    form = form_with(formular=proof, text="")

    assert errors_of(form) == {"text": [NO_TEXT]}
    assert form.token == proof


@pytest.mark.any_database
@pytest.mark.parametrize("filling", ["https://example.org", "x", " "])
@pytest.mark.parametrize("form_class", FORMS)
def test_a_trap_that_was_filled_in_says_so_and_keeps_the_proof(form_class, filling):
    proof = token()
    form = form_with(form_class, homepage=filling, formular=proof)

    assert errors_of(form) == {"": [HONEYPOT]}
    assert form.token == proof


# --- what becomes of it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form_class", "kind"),
    [
        (MessageForm, MessageKind.MESSAGE),
        (BarrierForm, MessageKind.BARRIER),
        (FaultForm, MessageKind.FAULT),
    ],
)
def test_a_message_holds_what_was_typed(form_class, kind):
    form = form_with(form_class, telefon="07621 9999 123", sprache="tr")

    assert errors_of(form) == {}
    message = form.message()
    assert message.kind == kind
    assert message.text == "Guten Tag, ich suche einen Deutschkurs am Abend."
    assert (message.name, message.email) == ("Ayla Muster", "ayla@example.org")
    assert (message.phone, message.language) == ("07621 9999 123", "tr")


@pytest.mark.parametrize("topic", ["", *MessageTopic.values])
def test_every_topic_can_be_chosen_or_none(topic):
    form = form_with(thema=topic)

    assert errors_of(form) == {}
    assert form.message().topic == topic


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("code", "chosen"),
    [("de", "de"), ("de-simple", "de"), ("en", "en"), ("tr", "tr"), ("ar", "de")],
)
def test_the_answer_is_in_the_reader_s_language_where_the_office_can_and_else_in_the_first(
    code, chosen
):
    with override(code):
        form = MessageForm(page=OFFICE, languages=REPLIES)

        assert form["sprache"].value() == chosen
        assert [value for value, _name in form.fields["sprache"].choices] == ["de", "en", "tr"]


@pytest.mark.any_database
@pytest.mark.parametrize("form_class", FORMS)
@pytest.mark.parametrize(("languages", "language"), [([], "de"), (REPLIES[2:], "tr")])
def test_without_a_choice_of_languages_nobody_is_asked(form_class, languages, language):
    form = form_class(entries(sprache="en"), page=OFFICE, languages=languages)

    assert "sprache" not in form.fields
    assert errors_of(form) == {}
    assert form.message().language == language


@pytest.mark.any_database
def test_a_message_tells_in_which_language_its_page_was():
    with override("fa"):
        form = form_with(sprache="en")

        assert errors_of(form) == {}
        assert (form.message().page_language, form.message().language) == ("fa", "en")


def submission(form_class=MessageForm, **changes):
    form = form_with(form_class, **changes)
    assert errors_of(form) == {}
    return form.submission()


@pytest.mark.any_database
def test_the_same_form_with_the_same_content_is_the_same_submission():
    proof = token()

    assert submission(formular=proof) == submission(formular=proof)
    assert len(submission(formular=proof)) == 64


@pytest.mark.any_database
@pytest.mark.parametrize(
    "edit",
    [
        {"text": "Guten Tag, ich suche einen Deutschkurs am Morgen."},
        {"name": "Ayla"},
        {"email": "ayla.muster@example.org"},
        {"telefon": "07621 9999 123"},
        {"sprache": "tr"},
        {"thema": "german"},
    ],
)
def test_an_edited_form_is_another_submission(edit):
    proof = token()

    assert submission(formular=proof, **edit) != submission(formular=proof)


@pytest.mark.any_database
def test_the_same_content_of_another_form_is_another_submission():
    assert submission(formular=token()) != submission(formular=token())


@pytest.mark.any_database
def test_words_moved_from_one_field_to_the_next_make_another_submission():
    proof = token()

    one = submission(FaultForm, formular=proof, text="ab", email="", telefon="", name="cd")
    other = submission(FaultForm, formular=proof, text="abcd", email="", telefon="", name="")

    assert one != other
