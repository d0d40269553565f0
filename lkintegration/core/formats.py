"""Dates, times, numbers and lists as the reader's language writes them, by the Unicode CLDR.

Every text that readers see takes them from here: pages, the feed, what programs read in the head
of a page. Staff read German, see ``core.dates``.

Two things are decided for all languages. Digits are Western, also in Arabic and Persian: readers
compare them with letters, forms and door plates in Germany, and with telephone numbers. The clock
has 24 hours, as CLDR has it for Germany whatever the language.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _

from lkintegration.core.enums import DatePrecision
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.phones import Phone, in_pairs, written
from lkintegration.core.translations import current_language

# Where CLDR's likely country of a language is not whose conventions the site follows.
LOCALES: Final = {EASY: SOURCE, "en": "en_GB"}
# The first of a month is an ordinal; CLDR's patterns know only numbers.
FIRST_OF_MONTH: Final = {"fr": "1er", "it": "1º"}
# Readers from Syria, Lebanon and Iraq know other names of the months than those from Egypt.
OTHER_MONTHS: Final = {"ar": "ar_SY"}
# CLDR knows no signs beside numbers and lists. A comma may stand between Latin names in any script.
COMMAS: Final = {"ar": "،", "fa": "،"}
COLONS: Final = {"fr": "\N{NO-BREAK SPACE}:"}
# In Leichte Sprache, from how many on a number is rounded, and to what.
ROUGHLY: Final = ((10_000, 1000), (1000, 100), (100, 10))
_DAY = re.compile(r"(?<![d'])d(?![d'])")
_MONTH = re.compile(r"MMMM|LLLL")


def reader_locale() -> Locale:
    """Return the conventions of the reader's language."""
    return locale_of(current_language())


@lru_cache
def locale_of(code: str) -> Locale:
    """Return the conventions of a language of the site (code)."""
    return Locale.parse(LOCALES.get(code, code))


def language_and_territory(code: str) -> str:
    """Return whose conventions a language (code) follows: "de_DE", by likely subtags."""
    locale = locale_of(code)
    if locale.territory:
        return str(locale)
    language, _script, territory = get_global("likely_subtags")[locale.language].split("_")
    return f"{language}_{territory}"


def long_date(date: datetime.date) -> str:
    """Return a day with its month in words: "1. Januar 2005"."""
    return _written(date, reader_locale().date_formats["long"].pattern)


def day_and_month(date: datetime.date) -> str:
    """Return a day without its year, which readers know: "23. Dezember"."""
    return _written(date, reader_locale().datetime_skeletons["MMMMd"].pattern)


def date_with_weekday(date: datetime.date) -> str:
    """Return a day with its weekday: "Samstag, 28. November 2026"."""
    return _written(date, reader_locale().date_formats["full"].pattern)


def partial_date(date: datetime.date, precision: str) -> str:
    """Return ``date`` as far as ``precision`` says it is known: "März 2007"."""
    match DatePrecision(precision):
        case DatePrecision.DAY:
            return long_date(date)
        case DatePrecision.MONTH:
            return _written(date, reader_locale().datetime_skeletons["yMMMM"].pattern)
        case DatePrecision.CIRCA:
            return _("etwa %(year)d") % {"year": date.year}
    return str(date.year)


def partial_span(first: datetime.date, last: datetime.date, precision: str) -> str:
    """Return a span of dates as far as ``precision`` says they are known: "2018–2019"."""
    start, end = partial_date(first, precision), partial_date(last, precision)
    if start == end:
        return start
    locale = reader_locale()
    if precision == DatePrecision.YEAR:
        return str(format_interval(first, last, "y", locale=locale))
    return str(locale.interval_formats[None]).format(start, end)


def _written(date: datetime.date, pattern: str) -> str:
    """Return ``date`` in a pattern of CLDR's, with what no pattern says."""
    language = current_language()
    if date.day == 1 and language in FIRST_OF_MONTH:
        pattern = _DAY.sub(f"'{FIRST_OF_MONTH[language]}'", pattern)
    if language in OTHER_MONTHS:
        other = Locale.parse(OTHER_MONTHS[language]).months["format"]["wide"][date.month]
        pattern = _MONTH.sub(lambda month: f"{month[0]}'/{other}'", pattern)
    return str(format_date(date, pattern, locale=reader_locale()))


def clock_time(time: datetime.time | datetime.datetime) -> str:
    """Return the time of day that ``time`` shows: "09:05"."""
    clock = datetime.time(time.hour, time.minute)
    return str(format_skeleton("Hm", clock, locale=reader_locale()))


def weekday_name(number: int) -> str:
    """Return the name of a weekday, 0 for Monday, as a line begins with it."""
    name = str(reader_locale().days["stand-alone"]["wide"][number])
    return name[0].upper() + name[1:]


def number(value: Decimal | int) -> str:
    """Return a number in groups of thousands: "233.027"."""
    return str(format_decimal(value, locale=reader_locale()))


def amount(value: Decimal | int) -> str:
    """Return how many there are of something: "28.249", in Leichte Sprache roughly: "28.000"."""
    if current_language() == EASY:
        unit = next((unit for least, unit in ROUGHLY if value >= least), 1)
        value = _rounded(Decimal(value) / unit) * unit
    return number(value)


def percent(value: Decimal | int) -> str:
    """Return ``value``, a number of hundredths, as a percentage: "11,1 %".

    Leichte Sprache counts people instead: "11 von 100".
    """
    if current_language() == EASY:
        return f"{_rounded(Decimal(value))} von 100"
    share = Decimal(value) / 100
    return str(format_percent(share, locale=reader_locale(), decimal_quantization=False))


def _rounded(value: Decimal) -> int:
    """Return the nearest whole number, of two the larger, as readers round."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def telephone(number: Phone, switchboard: Phone | None = None) -> str:
    """Return a telephone number as people write it, in Leichte Sprache with digits in pairs."""
    return in_pairs(number) if current_language() == EASY else written(number, switchboard)


def enumeration(parts: Iterable[str]) -> str:
    """Return ``parts`` as one lists them: "A, B und C"."""
    return str(format_list(list(parts), locale=reader_locale()))


def comma() -> str:
    """Return the comma of the reader's script, without a space."""
    return COMMAS.get(current_language(), ",")


def colon() -> str:
    """Return a colon with the space before it that some languages have."""
    return COLONS.get(current_language(), ":")
