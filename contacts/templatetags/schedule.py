"""Names of weekdays and languages, and whether a place is open, in the reader's language."""

import datetime
from collections.abc import Mapping
from typing import Any

from babel.dates import format_date, format_time
from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.cldr_names import language_name, language_names, reader_locale, weekday_name
from contacts.hours import BERLIN, Opening, closing, opening
from contacts.page_lifetime import note_change

register = template.Library()


for name_of in (weekday_name, language_name, language_names, closing):
    register.filter(name_of)


@register.simple_tag
def opening_now(record: Any) -> str:
    """Say whether a prepared contact or location is open now, and until or from when.

    Times are absolute, and ``BoundedResponse`` ends the life of the page when they change.
    """
    state = opening(record.hours, record.closures, timezone.now())
    if state is None:
        return ""
    if state.changes:
        note_change(state.changes)
    return describe(state)


def describe(state: Opening) -> str:
    """Return an opening state as a sentence in the reader's language."""
    if state.is_open and state.until:
        known: Mapping[str, str] = {"time": _time(state.until)}
        if state.by_appointment:
            return _("Jetzt mit Termin, bis %(time)s Uhr.") % known
        return _("Jetzt geöffnet, bis %(time)s Uhr.") % known
    if not state.opens:
        return _("Zurzeit geschlossen.")
    known = {"day": _day(state.opens), "time": _time(state.opens)}
    if state.by_appointment:
        return _("Jetzt geschlossen. Mit Termin wieder am %(day)s um %(time)s Uhr.") % known
    return _("Jetzt geschlossen. Öffnet am %(day)s um %(time)s Uhr.") % known


def _time(moment: datetime.datetime) -> str:
    return str(
        format_time(moment.astimezone(BERLIN), "short", tzinfo=BERLIN, locale=reader_locale())
    )


def _day(moment: datetime.datetime) -> str:
    return str(format_date(moment.astimezone(BERLIN), "full", locale=reader_locale()))
