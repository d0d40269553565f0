"""Dates of which only a part is known, in the words of the reader's language."""

import datetime

from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from lkintegration.core.enums import DatePrecision

_FORMATS = {DatePrecision.DAY: "DATE_FORMAT", DatePrecision.MONTH: "YEAR_MONTH_FORMAT"}


def partial_date(date: datetime.date, precision: str) -> str:
    """Return ``date`` as far as ``precision`` says it is known, e.g. "März 2007"."""
    if precision in _FORMATS:
        return format_date(date, get_format(_FORMATS[DatePrecision(precision)]))
    if precision == DatePrecision.CIRCA:
        return _("etwa %(year)d") % {"year": date.year}
    return str(date.year)
