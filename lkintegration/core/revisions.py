"""Revisions: the saves of a record, with their time, their author and what they changed.

A revision tells of the record and of the rows below it (opening hours, chapters). The admin pages
of django-simple-history have an inline style, which our Content-Security-Policy refuses, so the
pages are our own (``editing.revision_admin``).
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from django.db import models

from lkintegration.core.account_names import account_name
from lkintegration.core.field_changes import (
    Difference,
    FieldChange,
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
from lkintegration.core.recording import history_of, rows_below, states_below, track_revisions

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


@dataclass
class _Save:
    """What one save wrote: of the record itself, and of the rows below it."""

    own: HistoricalRow | None = None
    occasion: str = ""
    rows: list[HistoricalRow] = field(default_factory=list)
    found: list[Difference] = field(default_factory=list)

    @property
    def row(self) -> HistoricalRow:
        return self.own or self.rows[0]


class _Step(NamedTuple):
    """What one save made of one record: its last ``row`` of it, and the state ``before``."""

    row: HistoricalRow
    first: HistoricalRow
    before: HistoricalRow | None


def revisions_of(model: type[models.Model], key: Key) -> list[Revision]:
    """Return the revisions of one record, the newest first.

    The number of queries depends on the model, not on how much there is to tell.
    """
    own = list(history_of(model).filter(**{model._meta.pk.name: key}))
    targets = targets_of(model, [key])
    saves: dict[object, _Save] = defaultdict(_Save)
    for step in reversed(_steps(own)):  # the oldest first: what came of a save is its last
        save = saves[_name_of_save(step.row)]
        if save.own:  # deleted and brought back at once: two states
            save = saves[step.row.pk]
        save.own, save.occasion = step.row, _OCCASIONS.get(step.first.history_type, "")
        if step.before:
            save.found += differences(step.row, step.before, targets)
    for row, found in _below(model, key):
        save = saves[_name_of_save(row)]
        save.rows.append(row)
        save.found += found
    told = [*reversed(saves.values())]  # of one moment, the last comes first
    told.sort(key=lambda save: save.row.history_date, reverse=True)
    wording = Wording(difference for save in told for difference in save.found)
    return [
        Revision(
            save.row,
            wording.changes(save.found),
            save.own or _state_at(own, save.row.history_date),
            save.occasion,
        )
        for save in told
    ]


def _steps(rows: list[HistoricalRow]) -> list[_Step]:
    """Return the saves that wrote ``rows``, which are of one record and the newest first."""
    saves: list[list[HistoricalRow]] = []
    for row in rows:
        if saves and _are_one_save(row, saves[-1][-1]):
            saves[-1].append(row)
        else:
            saves.append([row])
    befores = [save[0] for save in saves[1:]]
    return [_Step(save[0], save[-1], before) for save, before in zip_longest(saves, befores)]


def _are_one_save(row: HistoricalRow, later: HistoricalRow) -> bool:
    go_on = row.history_type != "-" and later.history_type == "~"
    return go_on and row.save_id is not None and row.save_id == later.save_id


def _name_of_save(row: HistoricalRow) -> object:
    return row.save_id or (type(row), row.pk)


def _state_at(rows: list[HistoricalRow], moment: datetime.datetime) -> HistoricalRow | None:
    """Return the state that held at ``moment``; ``rows`` are of one record, the newest first."""
    return next((row for row in rows if row.history_date <= moment), None)


def _below(
    model: type[models.Model], key: Key, save: uuid.UUID | None = None
) -> Iterator[tuple[HistoricalRow, list[Difference]]]:
    """Yield what each save (only ``save``, if given) has changed of the rows below a record."""
    for child, owner in rows_below(model):
        name = child._meta.pk.attname
        rows = states_below(owner, key)
        if save:
            touched = history_of(child).filter(save_id=save).order_by().values(name)
            rows = rows.filter(**{f"{name}__in": touched})
        of_each: dict[Key, list[HistoricalRow]] = defaultdict(list)
        for row in rows:
            of_each[getattr(row, name)].append(row)
        targets = targets_of(child, of_each)
        for _key, states in sorted(of_each.items()):
            for step in _steps(states):
                if save in (None, step.row.save_id):
                    found = _differences_below(step, owner.attname, key, targets)
                    if found:
                        yield step.row, found


def _differences_below(step: _Step, owner: str, key: Key, targets: Targets) -> list[Difference]:
    """Return what one save changed of a row; whether it was and is below the record counts."""
    was = step.before if _is_below(step.before, owner, key) else None
    now = step.row if _is_below(step.row, owner, key) else None
    if was is None and now is None:
        return []
    kind = str(step.row.instance_type._meta.verbose_name)
    name = name_of_state(was or step.row)
    row = f"{kind} {name}"
    if now is None:
        return [Difference(None, name, "", kind, row)]
    if was is None:
        if step.before is None and step.first.history_type == "~":
            return []  # older than its history
        texts = text_columns(now.instance_type)
        written = [Difference(text, None, getattr(now, text.attname), kind, row) for text in texts]
        return [Difference(None, "", name, kind, row), *written]
    return [difference._replace(row=row) for difference in differences(now, was, targets)]


def _is_below(state: HistoricalRow | None, owner: str, key: Key) -> bool:
    return state is not None and state.history_type != "-" and getattr(state, owner) == key


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
        found += differences(after, before, targets_of(type(record), [record.pk]))
    for _row, below in _below(type(record), record.pk, save):
        found += below
    return put_in_words(found)
