"""Dates of which only a part is known, in the reader's words; days and times as staff read them."""

import datetime

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.dates import (
    partial_date,
    written_day,
    written_time,
    written_time_in_full,
)
from lkintegration.core.enums import DatePrecision

DATE = datetime.date(2007, 3, 9)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("de", "9. März 2007", "März 2007"),
        ("de-simple", "9. März 2007", "März 2007"),
        ("en", "March 9, 2007", "March 2007"),
        ("ar", "9 مارس، 2007", "مارس 2007"),
    ],
)
def test_a_date_is_written_as_its_readers_write_it(language, day, month):
    with override(language):
        assert partial_date(DATE, "day") == day
        assert partial_date(DATE, "month") == month
        assert partial_date(DATE, "year") == "2007"


def test_an_approximate_year_says_so_in_german():
    assert partial_date(DATE, "circa") == "etwa 2007"


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_an_approximate_year_says_so_in_every_language(language):
    with override(language):
        assert partial_date(DATE, "circa") == gettext("etwa %(year)d") % {"year": 2007}
        assert "2007" in partial_date(DATE, "circa")


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(DatePrecision.values))
def test_whatever_is_known_of_a_date_its_year_can_be_read(date, precision):
    assert str(date.year) in partial_date(date, precision)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_nothing_is_shown_that_is_not_known(date):
    first_of_month, first_of_year = date.replace(day=1), date.replace(month=1, day=1)

    assert partial_date(date, "month") == partial_date(first_of_month, "month")
    assert partial_date(date, "year") == partial_date(first_of_year, "year")
    assert partial_date(date, "circa") == partial_date(first_of_year, "circa")


@pytest.mark.parametrize(
    ("moment", "time", "in_full"),
    [
        (
            datetime.datetime(2026, 11, 30, 23, 0, tzinfo=datetime.UTC),
            "01.12.2026 00:00",
            "1. Dezember 2026, 00:00 Uhr",
        ),
        (
            datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC),
            "01.07.2026 00:30",
            "1. Juli 2026, 00:30 Uhr",
        ),
    ],
    ids=["winter", "summer"],
)
def test_staff_read_the_time_on_their_own_clock(moment, time, in_full):
    assert written_time(moment) == time
    assert written_time_in_full(moment) == in_full


def test_staff_read_days_in_german_whatever_language_is_active():
    with override("ar"):
        assert written_day(datetime.date(2026, 12, 1)) == "01.12.2026"
        moment = datetime.datetime(2026, 11, 30, 23, 0, tzinfo=datetime.UTC)
        assert written_time_in_full(moment) == "1. Dezember 2026, 00:00 Uhr"
