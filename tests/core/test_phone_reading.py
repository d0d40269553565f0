"""Telephone numbers in the notations of people: understood as they are meant, or asked about."""

import re

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import shortnumberinfo
from phonenumbers.geodata import GEOCODE_DATA

from lkintegration.core.area_codes import places
from lkintegration.core.phone_reading import has_number, read_phone
from lkintegration.core.phones import is_short

pytestmark = pytest.mark.any_database


def refusal(text):
    with pytest.raises(ValidationError) as refused:
        read_phone(text)
    return refused.value.messages[0]


# --- what is understood ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "07621 410-5301",
        "07621/410-5301",
        "07621 / 410 - 5301",
        "(07621) 410-5301",
        "(0 76 21) 410-53 01",
        "+49 (0) 7621 410-5301",
        "+49 (7621) 410-5301",
        "(+49) 7621 410-5301",
        "0049 7621 410-5301",
        "+49-7621-410-5301",
        "tel:+49-7621-410-5301",
        "Tel.: 07621 410-5301",
        "07621 410\u20115301",
        "07621\u00a0410\u20135301",
        "\u206607621 410-5301\u2069",
        "０７６２１／４１０－５３０１",
        "٠٧٦٢١ ٤١٠-٥٣٠١",
        "07621 410-0 DW 5301",
        "07621 410-0, Durchwahl -5301",
        "07621 410-0 ext. 5301",
    ],
)
def test_a_number_of_an_office_is_understood_with_its_extension(typed):
    understood = read_phone(typed)

    assert understood.value.stored == "+4976214105301"
    assert understood.shown == "+49 7621 410-5301, Lörrach"
    asked = "Verstanden: +49 7621 410-5301, Lörrach. Stimmt das, sichern Sie noch einmal."
    assert understood.question == ("" if "+49-" in typed else asked)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0 76 21 / 410 53 01", "+49 7621 4105301, Lörrach"),
        ("07621/410-0", "+49 7621 410-0, Lörrach"),
        ("0761234567", "+49 761 234567, Freiburg im Breisgau"),
        ("0151/11234567", "+49 1511 1234567, Mobilfunk"),
        ("0176-123-45-67", "+49 176 1234567, Mobilfunk"),
        ("01805 / 12 34 56", "+49 180 5 123456, Servicenummer, kostet mehr"),
        ("0900 5/123456", "+49 900 5 123456, Servicenummer, kostet mehr"),
        ("0700 12345678", "+49 700 1234 5678, persönliche Nummer"),
        ("0800 111 0 111", "+49 800 1110111, gebührenfrei"),
        ("0041 61 681 11 11", "+41 61 681 11 11, Schweiz"),
        ("+41 (0)61 681 11 11", "+41 61 681 11 11, Schweiz"),
        ("0033 389694444", "+33 3 89 69 44 44, Frankreich"),
        ("+39 06 1234567", "+39 06 123 4567, Italien"),
        ("07621 12345 Durchwahl 12", "+49 7621 12345 Durchwahl 12, Lörrach"),
        ("07621 410-5301 DW 12", "+49 7621 410-5301 Durchwahl 12, Lörrach"),
        ("115", "115, Behördennummer"),
        ("116117", "116 117, Ärztlicher Bereitschaftsdienst"),
        ("+49 116 016", "116 016, Hilfetelefon Gewalt gegen Frauen"),
    ],
)
def test_what_was_understood_is_shown_with_its_place_country_or_kind(typed, shown):
    assert read_phone(typed).shown == shown


@pytest.mark.parametrize(
    "written",
    [
        "+49 7621 410-5301",
        "+4976214105301",
        "+41 61 681 11 11",
        "110",
        "116 117",
        "116117",
        "+49 7621 12345 Durchwahl 12",
        "+49762112345;ext=12",
    ],
)
def test_the_written_form_raises_no_question(written):
    assert read_phone(written).question == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("+49176 1234567 (WhatsApp)", "(WhatsApp)"),
        ("0176 1234567 Frau X", "Frau X"),
        ("Fax: 07621 410-0", "Fax"),
        ("mobil 0176 1234567, nur abends", "mobil , nur abends"),
    ],
)
def test_words_beside_a_number_are_not_lost_in_silence(typed, words):
    understood = read_phone(typed)

    assert understood.left_out == words
    assert f"„{words}“ gehört nicht in dieses Feld" in understood.question


# --- what is asked --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "07621 410-5301 / -5302",
        "07621 410-5301/02",
        "07621 410-5301, -5302",
        "07621 410-5301 5302",
        "07621 410-5301-2",
        "07621 410-5301 - 02",
        "0621 123 0621 124",
        "07621 410-5301 oder 0176 1234567",
        "0176 1234567 WhatsApp 12",
        "07621 410-5301\n07621 410-5302",
        "110 / 112",
        "110/112",
        "116 117 116 016",
        "01805 123456/57",
    ],
)
def test_digits_of_a_second_number_are_never_taken_for_the_first(typed):
    assert refusal(typed).startswith("Hier steht vielleicht mehr als eine Nummer.")


@pytest.mark.parametrize("typed", ["410-5301", "7621 4105301", "49 7621 410", "119", "O7621 410"])
def test_a_number_without_area_code_is_asked_for_it(typed):
    assert refusal(typed).startswith("Der Nummer fehlt die Vorwahl.")


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("061 681 11 11", "Ist das +41 61 681 11 11 (Schweiz) oder +49 6168 11111"),
        ("079 123 45 67", "Ist das +41 79 123 45 67 (Schweiz)"),
        ("03 89 69 44 44", "Ist das +33 3 89 69 44 44 (Frankreich)?"),
    ],
)
def test_a_number_grouped_as_next_door_is_asked_for_its_country(typed, question):
    assert refusal(typed).startswith(question)


@pytest.mark.parametrize(
    "typed",
    [
        "+49",
        "07621",
        "keine",
        "--",
        "+999 12345678",
        "0800 JUGEND",
        "0110",
        "07621+410",
        "07621 410-",
        "++49 7621 410",
        "(07621 410) 5301",
        "110 DW 12",
        "\u0000",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(typed):
    assert refusal(typed)


# --- every number, every notation -----------------------------------------------------------------
AREAS = st.sampled_from(["7621", "7622", "761", "30", "40", "7626", "201", "3641"])
STEMS = st.from_regex(r"[1-9][0-9]{2,3}", fullmatch=True)
EXTENSIONS = st.from_regex(r"0|[0-9]{2,4}", fullmatch=True)
HEADS = [
    "0{}",
    "0{} ",
    "0{}/",
    "0{} / ",
    "(0{}) ",
    "+49 {} ",
    "+49 (0) {} ",
    "+49 (0){}/",
    "0049 {} ",
]
HEADS += ["+49{}", "0049{}", "(+49) {} ", "0{}-", "0{} - ", "Tel. 0{} ", "+49 ({}) "]
DASHES = ["-", "\u2010", "\u2011", "\u2013", "\u2212", "－", " - ", ""]
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
BLANKS = [" ", "\u00a0", "\u202f", "\u2009", "  "]


@st.composite
def written_numbers(draw):
    """Return what is dialled, and the same number as somebody writes it."""
    area, stem, extension = draw(AREAS), draw(STEMS), draw(EXTENSIONS)
    dash = draw(st.sampled_from(DASHES))
    if dash == " - " and extension != "0" and len(extension) < 3:
        dash = "-"
    text = draw(st.sampled_from(HEADS)).format(area) + stem + dash + extension
    text = text.replace(" ", draw(st.sampled_from(BLANKS)))
    digits = draw(st.sampled_from(DIGITS))
    return f"+49{area}{stem}{extension}", text.translate(str.maketrans("0123456789", digits))


@given(written_numbers())
def test_a_number_is_understood_as_it_was_meant_or_asked_about(number):
    dialled, typed = number

    try:
        understood = read_phone(typed)
    except ValidationError:
        assert not phonenumbers.is_valid_number(phonenumbers.parse(dialled))
        return
    assert understood.value.dialled == dialled
    assert re.sub("[^+0-9]", "", understood.written) == dialled


SEPARATORS = [
    " / ",
    "/",
    ", ",
    "; ",
    " oder ",
    " und ",
    " | ",
    "\n",
    " + ",
    " bzw. ",
    " /-",
    " , -",
]


@given(
    written_numbers(),
    st.sampled_from(SEPARATORS),
    written_numbers() | EXTENSIONS.map(lambda n: (n, n)),
)
def test_two_numbers_are_never_one(first, separator, second):
    with pytest.raises(ValidationError):
        read_phone(first[1] + separator + second[1])


@given(st.text("0123456789+-/() .,DWx\u0661", max_size=24))
def test_whatever_is_typed_its_written_form_means_the_same_and_raises_no_question(typed):
    try:
        understood = read_phone(typed)
    except ValidationError:
        return
    again = read_phone(understood.written)
    assert (again.value, again.written, again.question) == (
        understood.value,
        understood.written,
        "",
    )


FOREIGN = st.sampled_from(["+41616811111", "+41791234567", "+33389694444", "+33612345678"])
FORMS = [phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164]


@given(FOREIGN, st.sampled_from(FORMS), st.sampled_from(["+", "00"]))
def test_a_number_of_a_neighbour_keeps_its_country(dialled, form, prefix):
    text = phonenumbers.format_number(phonenumbers.parse(dialled), form)

    assert read_phone(text.replace("+", prefix)).value.dialled == dialled


# --- the lists ------------------------------------------------------------------------------------
def test_the_area_codes_are_those_of_the_library():
    listed = {key[2:]: names["de"] for key, names in GEOCODE_DATA.items() if key.startswith("49")}

    assert places() == listed


def test_short_numbers_are_among_those_of_the_library():
    candidates = [
        str(number) for number in [*range(100, 1000), *range(11800, 11900), 116117, 19222]
    ]

    for digits in filter(is_short, candidates):
        number = phonenumbers.PhoneNumber(country_code=49, national_number=int(digits))
        assert shortnumberinfo.is_possible_short_number_for_region(number, "DE"), digits


# --- a reader's own number ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+49176 1234567 (WhatsApp)", True),
        ("07621 410-5301 / -5302", True),
        ("110", False),
        ("110 (Polizei)", False),
        ("keine", False),
        ("", False),
    ],
)
def test_a_number_to_call_back_is_found_among_words(text, found):
    assert has_number(text) == found
