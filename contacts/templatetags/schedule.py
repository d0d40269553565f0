"""Names of weekdays and languages, what is open and what is closed, in the reader's language."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.closures import Row, announced, told
from contacts.hours import BERLIN, MIDNIGHT, Opening, closing, opening
from contacts.page_lifetime import note_change
from lkintegration.core.formats import clock_time, date_with_weekday, weekday_name
from lkintegration.core.language_names import language_name, language_names

register = template.Library()


for name_of in (weekday_name, language_name, language_names):
    register.filter(name_of)


@register.filter
def time_span(row: Mapping[str, Any]) -> str:
    """Return from when to when a row of opening hours is: "09:00–12:00"."""
    end = closing(row["closes"])
    return f"{_written(str(row['opens']))}–{end if end == MIDNIGHT else _written(end)}"


def _written(iso: str) -> str:
    return clock_time(datetime.time.fromisoformat(iso))


@register.simple_tag
def opening_now(record: Any) -> str:
    """Say whether a prepared contact or location is open now, and until or from when.

    Times are absolute, and ``BoundedResponse`` ends the life of the page when they change. Where
    nobody knows when it opens again, ``closed`` says so.
    """
    state = opening(record.hours, record.closures, timezone.now())
    if state is None:
        return ""
    if not state.is_open and not state.opens and announced(record.closures):
        return ""
    if state.changes:
        note_change(state.changes)
    return describe(state)


@register.simple_tag
def closed(rows: Iterable[Row]) -> list[SafeString]:
    """Return what readers are told today of the closed periods ``rows``, a sentence each."""
    return [told(closure) for closure in announced(rows)]


def describe(state: Opening) -> str:
    """Return an opening state as a sentence in the reader's language."""
    if state.is_open and state.until:
        known: Mapping[str, str] = {"time": clock_time(state.until.astimezone(BERLIN))}
        if state.by_appointment:
            return _("Jetzt mit Termin, bis %(time)s Uhr.") % known
        return _("Jetzt geöffnet, bis %(time)s Uhr.") % known
    if not state.opens:
        return _("Zurzeit geschlossen.")
    opens = state.opens.astimezone(BERLIN)
    known = {"day": date_with_weekday(opens), "time": clock_time(opens)}
    if state.by_appointment:
        return _("Jetzt geschlossen. Mit Termin wieder am %(day)s um %(time)s Uhr.") % known
    return _("Jetzt geschlossen. Öffnet am %(day)s um %(time)s Uhr.") % known
