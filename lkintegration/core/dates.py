"""Days and times as staff read them: in German, on the clock of the office, whatever is active."""

import datetime

from django.utils import timezone
from django.utils.translation import override

from lkintegration.core.formats import long_date
from lkintegration.core.languages import SOURCE


def written_day(day: datetime.date) -> str:
    """Return ``day`` as staff read it: "01.12.2026"."""
    return f"{day:%d.%m.%Y}"


def written_time(moment: datetime.datetime) -> str:
    """Return an aware ``moment`` as staff read it, on their own clock: "01.12.2026 00:00"."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"


def written_moment(moment: datetime.datetime) -> str:
    """Return an aware ``moment`` with the month in words; midnight is the day that it begins.

    "1. Januar 2027", "1. Januar 2027, 14:30 Uhr".
    """
    local = timezone.localtime(moment)
    if local.time() != datetime.time():
        return written_time_in_full(moment)
    with override(SOURCE):
        return long_date(local)


def written_time_in_full(moment: datetime.datetime) -> str:
    """Return ``written_time`` with the month in words: "1. Dezember 2026, 00:00 Uhr"."""
    local = timezone.localtime(moment)
    with override(SOURCE):
        return f"{long_date(local)}, {local:%H:%M} Uhr"
