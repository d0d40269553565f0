"""The saves of a record: which rows of the history each of them wrote, before any is loaded.

A record with all its texts is a long row, and a history may hold hundreds of them.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple

from django.db import models

from lkintegration.core.links import Key
from lkintegration.core.recording import history_of, rows_below, states_below


class Note(NamedTuple):
    """What is known of a state without its columns; ``owner`` is the key of what it is below."""

    pk: int
    key: Key
    owner: Key | None
    save_id: uuid.UUID | None
    history_type: str  # "+", "~" or "-"
    history_date: datetime.datetime

    def is_below(self, owner: Key) -> bool:
        """Return whether the row was there then, and belonged to ``owner``."""
        return self.history_type != "-" and self.owner == owner


class Step(NamedTuple):
    """What one save made of one record: its last state of it, its first, and the one before."""

    last: Note
    first: Note
    before: Note | None

    @property
    def name_of_save(self) -> object:
        """Return what all states of the save have in common."""
        return self.last.save_id or (self.last.key, self.last.pk)


class StepBelow(NamedTuple):
    """What one save made of a row below the record, of ``model``; what it was and what it is.

    ``before`` and ``after`` are None where the row was not below the record.
    """

    model: type[models.Model]
    step: Step
    before: Note | None
    after: Note | None


@dataclass
class Save:
    """One save of a record and of the rows below it; ``state`` is how the record was then."""

    own: Step | None = None
    below: list[StepBelow] = field(default_factory=list)
    state: Note | None = None

    @property
    def moment(self) -> datetime.datetime:
        """Return when it was."""
        return (self.own or self.below[0].step).last.history_date


def saves_of(model: type[models.Model], key: Key) -> list[Save]:
    """Return the saves of one record, the newest first."""
    own = _notes(history_of(model).filter(**{model._meta.pk.name: key}), model)
    saves: dict[object, Save] = defaultdict(Save)
    for step in reversed(_steps(own)):  # the oldest first: what came of a save is its last
        save = saves[step.name_of_save]
        if save.own:  # deleted and brought back at once: two states
            save = saves[step.last.pk]
        save.own, save.state = step, step.last
    for below in steps_below(model, key):
        saves[below.step.name_of_save].below.append(below)
    found = [*reversed(saves.values())]  # of one moment, the last comes first
    found.sort(key=lambda save: save.moment, reverse=True)
    for save in found:
        save.state = save.state or _state_at(own, save.moment)
    return found


def steps_below(
    model: type[models.Model], key: Key, save: uuid.UUID | None = None
) -> list[StepBelow]:
    """Return what each save (only ``save``, if given) has made of the rows below a record."""
    found = []
    for child, owner in rows_below(model):
        name = child._meta.pk.attname
        rows = states_below(owner, key)
        if save:
            touched = history_of(child).filter(save_id=save).order_by().values(name)
            rows = rows.filter(**{f"{name}__in": touched})
        of_each: dict[Key, list[Note]] = defaultdict(list)
        for note in _notes(rows, child, owner):
            of_each[note.key].append(note)
        for _key, notes in sorted(of_each.items()):
            steps = [step for step in _steps(notes) if save in (None, step.last.save_id)]
            told = (_below(child, step, key) for step in steps)
            found += [step for step in told if step.before or step.after]
    return found


def _below(child: type[models.Model], step: Step, owner: Key) -> StepBelow:
    was = step.before if step.before and step.before.is_below(owner) else None
    now = step.last if step.last.is_below(owner) else None
    if step.before is None and step.first.history_type == "~":
        now = None  # the row is older than its history
    return StepBelow(child, step, was, now)


def _notes(rows: models.QuerySet, model: type[models.Model], owner: Any = None) -> list[Note]:
    key = model._meta.pk.attname
    columns = ["pk", key, owner.attname if owner else key, "save_id"]
    return [Note(*row) for row in rows.values_list(*columns, "history_type", "history_date")]


def _steps(notes: list[Note]) -> list[Step]:
    """Return the saves that wrote states of one record, both the newest first."""
    saves: list[list[Note]] = []
    for note in notes:
        if saves and _are_one_save(note, saves[-1][-1]):
            saves[-1].append(note)
        else:
            saves.append([note])
    befores = [save[0] for save in saves[1:]]
    return [Step(save[0], save[-1], before) for save, before in zip_longest(saves, befores)]


def _are_one_save(note: Note, later: Note) -> bool:
    go_on = note.history_type != "-" and later.history_type == "~"
    return go_on and note.save_id is not None and note.save_id == later.save_id


def _state_at(notes: list[Note], moment: datetime.datetime) -> Note | None:
    """Return the state that held at ``moment``; ``notes`` are of one record, the newest first."""
    return next((note for note in notes if note.history_date <= moment), None)
