"""Open now, and when next: computed by a library from the rows that staff enter.

The rows become an expression in OpenStreetMap's syntax for opening hours. Public holidays of
Baden-Württemberg (Feiertagsgesetz, § 1) are written into it as closed days, because the library
knows only those of the whole country. Times are local, Europe/Berlin.

A span that ends at 00:00 ends with its day; one that ends before it begins, on the next day. A
closed day is closed from 0 to 24 o'clock, and nothing that would begin on it takes place.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, State

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = "24:00"  # as the end of a span
LOOK_AHEAD = datetime.timedelta(days=366)

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Opening(NamedTuple):
    """The state of a place at one moment.

    ``until`` ends the span that is open now; ``opens`` begins the next one. Both are None where
    there is none within a year. ``by_appointment`` is about whichever of the two is given.
    """

    is_open: bool
    by_appointment: bool
    until: datetime.datetime | None
    opens: datetime.datetime | None

    @property
    def changes(self) -> datetime.datetime | None:
        """Return when this statement stops being true."""
        return self.until if self.is_open else self.opens


def opening(
    hours: Iterable[Mapping[str, Any]],
    closures: Iterable[Mapping[str, Any]],
    now: datetime.datetime,
) -> Opening | None:
    """Return whether it is open at ``now`` (aware) and when next; None without any hours.

    ``hours`` rows hold ``weekday`` (0 is Monday), ``opens``, ``closes`` and ``by_appointment``;
    ``closures`` rows hold ``first_day`` and ``last_day``, both included; the latter is None where
    nobody knows the end. Times and days may be ISO text, as they come out of a JSON column.
    """
    spans = tuple(
        (row["weekday"], str(row["opens"])[:5], closing(row["closes"]), bool(row["by_appointment"]))
        for row in hours
        # Shorter than a minute; as an expression it would be a whole day.
        if str(row["opens"])[:5] != closing(row["closes"])
    )
    if not spans:
        return None
    local = now.astimezone(BERLIN)
    beyond = local.date().replace(month=12, day=31) + 2 * LOOK_AHEAD  # nobody looks as far
    closed = tuple(
        (str(row["first_day"]), str(row["last_day"] or max(str(row["first_day"]), str(beyond))))
        for row in closures
    )
    # Counted in UTC, so that the end is never an hour that a clock change leaves out.
    horizon = (now.astimezone(datetime.UTC) + LOOK_AHEAD).astimezone(BERLIN)
    calendar = _calendar(spans, closed, local.year)
    for start, end, state, _comment in calendar.intervals(local, horizon):
        if state == State.CLOSED or start.timestamp() >= end.timestamp():
            continue
        by_appointment = state == State.UNKNOWN
        if start <= local:
            return Opening(True, by_appointment, end, None)
        return Opening(False, by_appointment, None, start)
    return Opening(False, False, None, None)


def closing(time: object) -> str:
    """Return an end, "24:00" for midnight; ``time`` may be ISO text."""
    text = str(time)[:5]
    return MIDNIGHT if text == "00:00" else text


@lru_cache(maxsize=512)
def _calendar(
    spans: tuple[tuple[int, str, str, bool], ...], closed: tuple[tuple[str, str], ...], year: int
) -> OpeningHours:
    by_day: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for weekday, opens, closes, by_appointment in spans:
        by_day[weekday, by_appointment].append(f"{opens}-{closes}")
    # A comma adds a rule to the day, a semicolon would replace what the day had before. Where two
    # rules overlap the later one counts: an open door more than an appointment.
    rules = ", ".join(
        f"{_WEEKDAYS[weekday]} {','.join(sorted(times))}"
        + (' unknown "by appointment"' if by_appointment else "")
        for (weekday, by_appointment), times in sorted(
            by_day.items(), key=lambda item: (not item[0][1], item[0][0])
        )
    )
    days_off = [
        *((_date(first), _date(last)) for first, last in closed),
        *((day, day) for day in _holidays(year)),
    ]
    nights: dict[int, str] = {}  # weekday: the latest end on the day after
    for day, opens, closes, _appointment in spans:
        if closes < opens:
            nights[day] = max(closes, nights.get(day, closes))
    days = [rule for first, last in days_off for rule in _closed(first, last, nights)]
    return OpeningHours("; ".join([rules, *days]), timezone=BERLIN)


def _holidays(year: int) -> list[datetime.date]:
    return sorted(holidays.country_holidays("DE", subdiv="BW", years=range(year, year + 3)))


def _closed(first: datetime.date, last: datetime.date, nights: Mapping[int, str]) -> Iterator[str]:
    """Yield the rules for closed days, with the end of the night that would follow them."""
    yield f"{_day(first)}-{_day(last)} off"
    closes = nights.get(last.weekday())
    if closes and last < datetime.date.max:
        yield f"{_day(last + datetime.timedelta(days=1))} 00:00-{closes} off"


def _date(iso: str) -> datetime.date:
    return datetime.date.fromisoformat(iso)


def _day(day: datetime.date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day}"
