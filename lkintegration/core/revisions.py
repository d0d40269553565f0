"""Revisions: the saves of a record, with their time, their author and what they changed.

A revision tells of the record and of the rows below it (opening hours, chapters). The admin pages
of django-simple-history have an inline style, which our Content-Security-Policy refuses, so the
pages are our own (``editing.revision_admin``).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models

from lkintegration.core.account_names import account_name
from lkintegration.core.field_changes import (
    Difference,
    Targets,
    Wording,
    differences,
    name_of_state,
    put_in_words,
    targets_of,
    text_columns,
)
from lkintegration.core.languages import BY_CODE
from lkintegration.core.links import Key
from lkintegration.core.models.history import HistoricalRow, current_save
from lkintegration.core.recording import history_of, rows_below, track_revisions
from lkintegration.core.saves import Note, Save, Step, StepBelow, saves_of, steps_below
from lkintegration.core.told_changes import FieldChange

__all__ = [
    "FieldChange",
    "Revision",
    "changes_of_save",
    "history_of",
    "revisions_of",
    "rows_below",
    "track_revisions",
]

_OCCASIONS = {"+": "Angelegt.", "-": "Gelöscht."}


class Revision(NamedTuple):
    """One save: its ``row`` tells the time and the author, ``changes`` what it changed.

    ``state`` is the record as it was then. It is None where that is no longer known.
    """

    row: HistoricalRow
    changes: list[FieldChange]
    state: HistoricalRow | None = None
    occasion: str = ""

    @property
    def author(self) -> str:
        """Return who saved; content files and commands have no account."""
        return account_name(self.row.history_user) or "Programm"

    @property
    def reason(self) -> str:
        """Return in German why the state was saved, where its changes do not say it."""
        told = self.row.history_change_reason or self.occasion
        if told or self.changes:
            return str(told)
        return "Gesichert, ohne dass sich ein Feld geändert hat."

    @property
    def languages(self) -> list[str]:
        """Return the names of the languages whose texts changed, in the order of the site."""
        codes = {change.language for change in self.changes}
        return [language.autonym for code, language in BY_CODE.items() if code in codes]


class Revisions:
    """The revisions of one record, the newest first; a slice of them loads these only.

    The number of queries depends on the model, not on how much there is to tell.
    """

    def __init__(self, model: type[models.Model], key: Key) -> None:
        """Find the saves of the record; nothing else is loaded yet."""
        self.model = model
        self.saves = saves_of(model, key)

    def __len__(self) -> int:
        return len(self.saves)

    def __getitem__(self, part: slice) -> list[Revision]:
        saves = self.saves[part]
        own = [save.own for save in saves if save.own]
        states = [save.state for save in saves if save.state]
        rows = _Rows(self.model, [*_ends(own), *states])
        below = _rows_below(step for save in saves for step in save.below)
        found = [_differences(save, rows, below) for save in saves]
        wording = Wording(difference for told in found for difference in told)
        return [
            Revision(
                rows[save.own.last] if save.own else _first_row(save, below),
                wording.changes(told),
                rows[save.state] if save.state else None,
                _OCCASIONS.get(save.own.first.history_type, "") if save.own else "",
            )
            for save, told in zip(saves, found, strict=True)
        ]


def revisions_of(model: type[models.Model], key: Key) -> list[Revision]:
    """Return all revisions of one record, the newest first."""
    return Revisions(model, key)[:]


class _Rows:
    """Rows of the history of one model, and what their relations lead to."""

    def __init__(self, model: type[models.Model], notes: Iterable[Note]) -> None:
        rows = history_of(model).filter(pk__in={note.pk for note in notes}).order_by()
        self._rows: dict[int, HistoricalRow] = {row.pk: row for row in rows}
        self._targets: Targets = targets_of(list(self._rows.values()))

    def __getitem__(self, note: Note) -> HistoricalRow:
        return self._rows[note.pk]

    def differences(self, note: Note, before: Note) -> list[Difference]:
        """Return what is different in one state from another."""
        return differences(self[note], self[before], self._targets)


_RowsBelow = dict[type[models.Model], _Rows]


def _ends(steps: Iterable[Step]) -> list[Note]:
    return [note for step in steps for note in (step.last, step.before) if note]


def _rows_below(steps: Iterable[StepBelow]) -> _RowsBelow:
    of_each: dict[type[models.Model], list[Step]] = defaultdict(list)
    for below in steps:
        of_each[below.model].append(below.step)
    return {model: _Rows(model, _ends(own)) for model, own in of_each.items()}


def _first_row(save: Save, below: _RowsBelow) -> HistoricalRow:
    first = save.below[0]
    return below[first.model][first.step.last]


def _differences(save: Save, rows: _Rows, below: _RowsBelow) -> list[Difference]:
    own = save.own
    found = rows.differences(own.last, own.before) if own and own.before else []
    return [*found, *(told for step in save.below for told in _of_row(step, below[step.model]))]


def _of_row(below: StepBelow, rows: _Rows) -> list[Difference]:
    """Return what one save changed of a row; of one that says it by its name, the names."""
    kind = str(below.model._meta.verbose_name)
    last = rows[below.step.last]
    before, name = (
        name_of_state(rows[note]) if note else "" for note in (below.before, below.after)
    )
    row = f"{kind} {before or name}"
    whole = Difference(None, before, name, kind, row)
    if below.after is None:
        return [whole]
    if below.before is None:
        texts = text_columns(below.model)
        written = [Difference(text, None, getattr(last, text.attname), kind, row) for text in texts]
        return [whole, *written]
    found = [told._replace(row=row) for told in rows.differences(below.after, below.before)]
    in_name: frozenset[str] = getattr(below.model, "told_by_name", frozenset())
    rest = [told for told in found if told.column.name not in in_name]
    return [whole, *rest] if len(rest) < len(found) else found


def changes_of_save(record: models.Model) -> list[FieldChange]:
    """Return what the save in progress has changed of ``record`` and of the rows below it.

    Outside of ``one_save()`` that is nothing.
    """
    save = current_save()
    if save is None:
        return []
    after = history_of(record).filter(save_id=save).first()
    before = history_of(record).exclude(save_id=save).first()
    found: list[Difference] = []
    if after and before:
        found += differences(after, before, targets_of([after, before]))
    steps = steps_below(type(record), record.pk, save)
    below = _rows_below(steps)
    for step in steps:
        found += _of_row(step, below[step.model])
    return put_in_words(found)
