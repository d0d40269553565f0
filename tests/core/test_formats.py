"""Dates, numbers and lists against a table that people wrote for each language by hand."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.enums import DatePrecision
from lkintegration.core.formats import (
    amount,
    clock_time,
    colon,
    comma,
    date_with_weekday,
    enumeration,
    language_and_territory,
    long_date,
    number,
    partial_date,
    partial_span,
    percent,
)
from tests.languages import CODES

pytestmark = pytest.mark.any_database

FIRST = datetime.date(2005, 1, 1)
NOVEMBER = datetime.date(2026, 11, 28)
MARCH = datetime.date(2007, 3, 9)

# 1 January 2005, 28 November 2026, March 2007; spaces that must not break are written as \N{…}.
DATES = {
    "de": ("1. Januar 2005", "28. November 2026", "März 2007"),
    "de-simple": ("1. Januar 2005", "28. November 2026", "März 2007"),
    "en": ("1 January 2005", "28 November 2026", "March 2007"),
    "uk": (
        "1 січня 2005\N{NARROW NO-BREAK SPACE}р.",
        "28 листопада 2026\N{NARROW NO-BREAK SPACE}р.",
        "березень 2007\N{NARROW NO-BREAK SPACE}р.",
    ),
    "ar": ("1 يناير/كانون الثاني 2005", "28 نوفمبر/تشرين الثاني 2026", "مارس/آذار 2007"),
    "tr": ("1 Ocak 2005", "28 Kasım 2026", "Mart 2007"),
    "it": ("1º gennaio 2005", "28 novembre 2026", "marzo 2007"),
    "ro": ("1 ianuarie 2005", "28 noiembrie 2026", "martie 2007"),
    "fr": ("1er janvier 2005", "28 novembre 2026", "mars 2007"),
    "sq": ("1 janar 2005", "28 nëntor 2026", "mars 2007"),
    "ru": (
        "1 января 2005\N{NARROW NO-BREAK SPACE}г.",
        "28 ноября 2026\N{NARROW NO-BREAK SPACE}г.",
        "март 2007\N{NARROW NO-BREAK SPACE}г.",
    ),
    "fa": ("1 ژانویهٔ 2005", "28 نوامبر 2026", "مارس 2007"),
}
WEEKDAYS = {
    "de": "Samstag, 28. November 2026",
    "de-simple": "Samstag, 28. November 2026",
    "en": "Saturday, 28 November 2026",
    "uk": "субота, 28 листопада 2026\N{NARROW NO-BREAK SPACE}р.",
    "ar": "السبت، 28 نوفمبر/تشرين الثاني 2026",
    "tr": "28 Kasım 2026 Cumartesi",
    "it": "sabato 28 novembre 2026",
    "ro": "sâmbătă, 28 noiembrie 2026",
    "fr": "samedi 28 novembre 2026",
    "sq": "e shtunë, 28 nëntor 2026",
    "ru": "суббота, 28 ноября 2026\N{NARROW NO-BREAK SPACE}г.",
    "fa": "شنبه 28 نوامبر 2026",
}
SPANS = dict.fromkeys(CODES, "2018–2019") | {
    "sq": "2018\N{THIN SPACE}–\N{THIN SPACE}2019",
    "fa": "2018 تا 2019",
}
TIMES = dict.fromkeys(CODES, "09:05") | {"fa": "9:05"}
# 233027, 12.5; 11.1 and 11 of a hundred.
NUMBERS = {
    "de": ("233.027", "12,5", "11,1\N{NO-BREAK SPACE}%", "11\N{NO-BREAK SPACE}%"),
    "de-simple": ("233.027", "12,5", "11 von 100", "11 von 100"),
    "en": ("233,027", "12.5", "11.1%", "11%"),
    "uk": ("233\N{NO-BREAK SPACE}027", "12,5", "11,1%", "11%"),
    "ar": ("233,027", "12.5", "11.1%", "11%"),
    "tr": ("233.027", "12,5", "%11,1", "%11"),
    "it": ("233.027", "12,5", "11,1%", "11%"),
    "ro": ("233.027", "12,5", "11,1\N{NO-BREAK SPACE}%", "11\N{NO-BREAK SPACE}%"),
    "fr": (
        "233\N{NARROW NO-BREAK SPACE}027",
        "12,5",
        "11,1\N{NO-BREAK SPACE}%",
        "11\N{NO-BREAK SPACE}%",
    ),
    "sq": ("233\N{NO-BREAK SPACE}027", "12,5", "11,1%", "11%"),
    "ru": (
        "233\N{NO-BREAK SPACE}027",
        "12,5",
        "11,1\N{NO-BREAK SPACE}%",
        "11\N{NO-BREAK SPACE}%",
    ),
    "fa": ("233,027", "12.5", "11.1%", "11%"),
}
LISTS = {
    "de": "Weil, Lörrach und Basel",
    "de-simple": "Weil, Lörrach und Basel",
    "en": "Weil, Lörrach and Basel",
    "uk": "Weil, Lörrach і Basel",
    "ar": "Weil وLörrach وBasel",
    "tr": "Weil, Lörrach ve Basel",
    "it": "Weil, Lörrach e Basel",
    "ro": "Weil, Lörrach și Basel",
    "fr": "Weil, Lörrach et Basel",
    "sq": "Weil, Lörrach dhe Basel",
    "ru": "Weil, Lörrach и Basel",
    "fa": "Weil،\N{RIGHT-TO-LEFT MARK} Lörrach، و Basel",
}
TERRITORIES = {
    "de": "de_DE",
    "de-simple": "de_DE",
    "en": "en_GB",
    "uk": "uk_UA",
    "ar": "ar_EG",
    "tr": "tr_TR",
    "it": "it_IT",
    "ro": "ro_RO",
    "fr": "fr_FR",
    "sq": "sq_AL",
    "ru": "ru_RU",
    "fa": "fa_IR",
}


@pytest.fixture(params=CODES)
def code(request):
    with override(request.param):
        yield request.param


def test_a_day_and_a_month_are_written_as_their_readers_write_them(code):
    first, november, march = DATES[code]

    assert long_date(FIRST) == partial_date(FIRST, "day") == first
    assert long_date(NOVEMBER) == november
    assert partial_date(MARCH, "month") == march
    assert partial_date(MARCH, "year") == "2007"


def test_a_day_with_its_weekday(code):
    assert date_with_weekday(NOVEMBER) == WEEKDAYS[code]


def test_the_first_of_a_month_is_an_ordinal_where_people_say_so():
    new_year = datetime.date(2027, 1, 1)
    with override("fr"):
        assert date_with_weekday(new_year) == "vendredi 1er janvier 2027"
    with override("it"):
        assert date_with_weekday(new_year) == "venerdì 1º gennaio 2027"
        assert long_date(datetime.date(2027, 1, 11)) == "11 gennaio 2027"


def test_a_span_of_years(code):
    assert partial_span(FIRST.replace(year=2018), FIRST.replace(year=2019), "year") == SPANS[code]


@pytest.mark.parametrize(
    ("code", "precision", "span"),
    [
        ("de", "month", "Januar 2005\N{THIN SPACE}–\N{THIN SPACE}März 2007"),
        ("ar", "month", "يناير/كانون الثاني 2005 – مارس/آذار 2007"),
        ("fr", "day", "1er janvier 2005\N{THIN SPACE}–\N{THIN SPACE}9 mars 2007"),
        ("de", "circa", "etwa 2005\N{THIN SPACE}–\N{THIN SPACE}etwa 2007"),
    ],
)
def test_a_span_says_no_more_than_is_known_of_its_ends(code, precision, span):
    with override(code):
        assert partial_span(FIRST, MARCH, precision) == span


def test_the_clock_has_24_hours(code):
    assert clock_time(datetime.time(9, 5)) == TIMES[code]
    assert clock_time(datetime.time(17, 30)) == "17:30"


def test_numbers_and_percentages(code):
    whole, broken, share, whole_share = NUMBERS[code]

    assert number(233027) == number(Decimal("233027.0")) == whole
    assert number(Decimal("12.5")) == broken
    assert percent(Decimal("11.1")) == share
    assert percent(11) == percent(Decimal("11.0")) == whole_share


@pytest.mark.parametrize(
    ("share", "people"),
    [("22.5", "23"), ("22.4", "22"), ("0.4", "0"), ("99.9", "100"), ("0", "0"), ("11.0", "11")],
)
def test_a_share_in_leichte_sprache_counts_people_of_a_hundred(share, people):
    with override("de-simple"):
        assert percent(Decimal(share)) == f"{people} von 100"


@pytest.mark.parametrize(
    ("exact", "roughly"),
    [
        *((0, "0"), (35, "35"), (99, "99"), (517, "520"), (640, "640"), (999, "1.000")),
        *((1094, "1.100"), (7331, "7.300"), (9950, "10.000")),
        *((10499, "10.000"), (10500, "11.000"), (28249, "28.000"), (233027, "233.000")),
    ],
)
def test_leichte_sprache_says_roughly_how_many_there_are_and_no_other_language_does(exact, roughly):
    with override("de-simple"):
        assert amount(exact) == amount(Decimal(exact)) == roughly
    for language in [code for code in CODES if code != "de-simple"]:
        with override(language):
            assert amount(exact) == number(exact)


def test_things_are_listed_as_readers_list_them(code):
    assert enumeration(["Weil", "Lörrach", "Basel"]) == LISTS[code]
    assert enumeration(["Weil"]) == "Weil"
    assert enumeration([]) == ""


def test_signs_are_those_of_the_script_and_the_language(code):
    assert comma() == ("،" if code in {"ar", "fa"} else ",")
    assert colon() == ("\N{NO-BREAK SPACE}:" if code == "fr" else ":")


def test_a_language_stands_for_a_territory(code):
    assert language_and_territory(code) == TERRITORIES[code]


def test_an_approximate_year_says_so_in_every_language(code):
    assert partial_date(MARCH, "circa") == gettext("etwa %(year)d") % {"year": 2007}
    assert "2007" in partial_date(MARCH, "circa")


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(DatePrecision.values))
def test_whatever_is_known_of_a_date_its_year_can_be_read(date, precision):
    for language in CODES:
        with override(language):
            assert str(date.year) in partial_date(date, precision)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_nothing_is_shown_that_is_not_known(date):
    first_of_month, first_of_year = date.replace(day=1), date.replace(month=1, day=1)

    assert partial_date(date, "month") == partial_date(first_of_month, "month")
    assert partial_date(date, "year") == partial_date(first_of_year, "year")
    assert partial_date(date, "circa") == partial_date(first_of_year, "circa")


@given(st.dates(datetime.date(1000, 1, 1)), st.times())
def test_digits_are_those_of_letters_forms_and_door_plates(date, time):
    for language in CODES:
        with override(language):
            written = [long_date(date), clock_time(time), number(date.toordinal()), percent(7)]
            digits = {character for text in written for character in text if character.isdigit()}
            assert digits <= set("0123456789")
