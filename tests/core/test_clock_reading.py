"""Times of day as people write them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.clock_reading import read_time, written_clock

pytestmark = pytest.mark.any_database

NINE = datetime.time(9)


@pytest.mark.parametrize(
    "typed",
    [
        "9",
        "09",
        "9.00",
        "9:00",
        "9 Uhr",
        "9.00 Uhr",
        "9 Uhr 00",
        "0900",
        "900",
        "9h",
        "9h00",
        "9⁰⁰",
        "9⁰⁰ Uhr",
        "9°° Uhr",
        "09:00:00",
        "9 UHR",
        "９：００",
        "٩",
        "\xa09\xa0Uhr ",
        "\u200e9:00",
    ],
)
@pytest.mark.parametrize("is_end", [True, False])
def test_nine_o_clock_is_understood_in_every_notation(typed, is_end):
    understood = read_time(typed, is_end)

    assert (understood.value, understood.shown, understood.question) == (NINE, "09:00", "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("24:00", "24:00"),
        ("24", "24:00"),
        ("24 Uhr", "24:00"),
        ("0:00", "24:00"),
        ("26:00", "02:00, am nächsten Tag"),
        ("24.30", "00:30, am nächsten Tag"),
        ("16:30", "16:30"),
    ],
)
def test_an_end_may_be_midnight_or_on_the_next_day(typed, shown):
    assert read_time(typed, is_end=True).shown == shown


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("24:00", "Ein Tag beginnt um 00:00. Wählen Sie den nächsten Wochentag."),
        *(
            (typed, "Hier steht mehr als eine Uhrzeit.")
            for typed in ("9-12", "9:00 – 12:00", "9 bis 12")
        ),
        *(
            (typed, "Schreiben Sie eine Uhrzeit, zum Beispiel 09:00.")
            for typed in ("halb 9", "9.5", "25:00", "9:60", "mittags", "99999", "-9")
        ),
    ],
)
def test_what_is_no_time_of_day_is_told_how_one_looks(typed, error):
    with pytest.raises(ValidationError) as refused:
        read_time(typed)
    assert refused.value.messages[0].startswith(error)


def test_a_comma_is_asked_about():
    assert read_time("9,30").question == "Verstanden: 09:30. Stimmt das, sichern Sie noch einmal."


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.booleans())
def test_every_written_time_is_read_as_itself(time, is_end):
    assert read_time(written_clock(time, is_end), is_end).value == time


@given(st.text("0123456789:.,h Ur", max_size=9), st.booleans())
def test_whatever_is_typed_its_written_form_means_the_same(typed, is_end):
    try:
        understood = read_time(typed, is_end)
    except ValidationError:
        return
    assert read_time(understood.written, is_end).value == understood.value
