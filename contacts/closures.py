"""When people and places are closed, as readers are told: some weeks before, until it is over.

``contacts.querysets`` prepares the rows.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.enums import ClosureReason
from lkintegration.core.formats import colon, day_and_month, long_date
from lkintegration.core.languages import SOURCE
from lkintegration.core.translations import current_language
from lkintegration.serving.facts import in_words
from lkintegration.serving.reader_texts import PageLanguages, note

ANNOUNCED: Final = datetime.timedelta(weeks=3)  # before the first day
# From how far away on a day is written with its year.
ANOTHER_YEAR: Final = datetime.timedelta(days=300)

# A closed period as JSON: ``first_day`` and ``last_day`` as ISO text, the ``german`` reason and the
# reader's, and the key of the ``person`` or the ``place`` whose it is.
Row = Mapping[str, Any]


class Closure(NamedTuple):
    """A closed period that readers are told of; ``last_day`` is None where nobody knows the end.

    ``is_german``: the reason is in German, because the reader's language lacks it.
    """

    first_day: datetime.date
    last_day: datetime.date | None
    reason: str
    is_german: bool
    is_of_person: bool


def announced(rows: Iterable[Row]) -> list[Closure]:
    """Return what readers of the active language are told today of closed periods."""
    today = timezone.localdate()
    found = map(_read, rows)
    return [
        closure
        for closure in found
        if closure.first_day - ANNOUNCED <= today
        and (closure.last_day is None or closure.last_day >= today)
    ]


def _read(row: Row) -> Closure:
    german, own = row["german"] or "", row["reason"] or ""
    if current_language() == SOURCE:
        own = german
    elif not own and german in ClosureReason:
        own = str(ClosureReason(german).label)
    return Closure(
        datetime.date.fromisoformat(row["first_day"]),
        datetime.date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        in_words(own or german),
        is_german=bool(german and not own),
        is_of_person=row["person"] is not None,
    )


def told(closure: Closure) -> SafeString:
    """Return ``closure`` as a page has it: "Geschlossen vom 23. Dezember bis 6. Januar: Urlaub"."""
    today = timezone.localdate()
    days = [day for day in (closure.first_day, closure.last_day) if day]
    is_near = all(abs(day - today) < ANOTHER_YEAR for day in days)
    sentence = _sentence(closure, *map(day_and_month if is_near else long_date, days))
    if not closure.reason:
        return format_html("{}", sentence)
    if not closure.is_german:
        return format_html("{}{} {}", sentence, colon(), closure.reason)
    note(PageLanguages(fallback=True))
    german = format_html('<span lang="de" dir="ltr">{}</span>', closure.reason)
    return format_html("{}{} {}", sentence, colon(), german)


def german_notes(rows: Iterable[Row]) -> list[str]:
    """Return what is told today of closed periods in German, with years: for a file that stays."""
    with override(SOURCE):
        notes = []
        for closure in announced(rows):
            days = [day for day in (closure.first_day, closure.last_day) if day]
            parts = [_sentence(closure, *map(long_date, days)), closure.reason]
            notes.append(": ".join(filter(None, parts)))
        return notes


def _sentence(closure: Closure, first: str, last: str = "") -> str:
    """Return when it is closed, with its days as they are to be written."""
    person = closure.is_of_person
    if closure.last_day is None:
        if closure.first_day <= timezone.localdate():
            now = _("Vorübergehend nicht erreichbar"), _("Vorübergehend geschlossen")
            return now[0] if person else now[1]
        later = (
            _("Ab %(day)s vorübergehend nicht erreichbar"),
            _("Ab %(day)s vorübergehend geschlossen"),
        )
        return (later[0] if person else later[1]) % {"day": first}
    if closure.first_day == closure.last_day:
        one_day = _("Nicht erreichbar am %(day)s"), _("Geschlossen am %(day)s")
        return (one_day[0] if person else one_day[1]) % {"day": first}
    days = (
        _("Nicht erreichbar vom %(first)s bis %(last)s"),
        _("Geschlossen vom %(first)s bis %(last)s"),
    )
    return (days[0] if person else days[1]) % {"first": first, "last": last}
