"""Days and times as staff read them."""

import datetime

import pytest
from django.utils.translation import override

from lkintegration.core.dates import written_day, written_time, written_time_in_full


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
