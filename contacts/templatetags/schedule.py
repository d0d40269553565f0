"""Names of weekdays and languages in the reader's language."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.hours import BERLIN, Opening, opening
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.translations import current_language

register = template.Library()


@register.filter
def weekday_name(number: int) -> str:
    """Return the name of a weekday from CLDR, 0 for Monday, as a line begins with it."""
    name = str(_locale().days["stand-alone"]["wide"][number])
    return name[0].upper() + name[1:]


@register.filter
def language_name(tag: str) -> str:
    """Return the name of the language ``tag`` (BCP 47) from CLDR; the tag itself if unknown."""
    return str(_locale().languages.get(tag.replace("-", "_"), tag))


@register.filter
def language_names(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the names of the languages in the ``tag`` of ``rows``, as one lists them (CLDR)."""
    return str(format_list([language_name(row["tag"]) for row in rows], locale=_locale()))


@register.simple_tag(takes_context=True)
def opening_now(context: Any, record: Any) -> str:
    """Say whether a prepared contact or location is open now, and until or from when.

    Times are absolute, and ``BoundedLifetimeMixin`` ends the life of the page when they change.
    """
    state = opening(record.hours, record.closures, timezone.now())
    if state is None:
        return ""
    if state.changes:
        context["request"].openings_change.append(state.changes)
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


def _locale() -> Locale:
    reader = current_language()
    return Locale.parse(SOURCE if reader == EASY else reader)


def _time(moment: datetime.datetime) -> str:
    return str(format_time(moment.astimezone(BERLIN), "short", tzinfo=BERLIN, locale=_locale()))


def _day(moment: datetime.datetime) -> str:
    return str(format_date(moment.astimezone(BERLIN), "full", locale=_locale()))
