"""Dates in words: partly known ones as readers get them, days and times as staff read them.

Staff read German and the clock of the office, whatever the database holds.
"""

import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from lkintegration.core.enums import DatePrecision
from lkintegration.core.languages import SOURCE

_FORMATS = {DatePrecision.DAY: "DATE_FORMAT", DatePrecision.MONTH: "YEAR_MONTH_FORMAT"}


def partial_date(date: datetime.date, precision: str) -> str:
    """Return ``date`` as far as ``precision`` says it is known, e.g. "März 2007"."""
    if precision in _FORMATS:
        return format_date(date, get_format(_FORMATS[DatePrecision(precision)]))
    if precision == DatePrecision.CIRCA:
        return _("etwa %(year)d") % {"year": date.year}
    return str(date.year)


def written_day(day: datetime.date) -> str:
    """Return ``day`` as staff read it: "01.12.2026"."""
    return f"{day:%d.%m.%Y}"


def written_time(moment: datetime.datetime) -> str:
    """Return an aware ``moment`` as staff read it, on their own clock: "01.12.2026 00:00"."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"


def written_time_in_full(moment: datetime.datetime) -> str:
    """Return ``written_time`` with the month in words: "1. Dezember 2026, 00:00 Uhr"."""
    with override(SOURCE):
        return format_date(timezone.localtime(moment), "j. F Y, H:i") + " Uhr"
