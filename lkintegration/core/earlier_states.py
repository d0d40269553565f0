"""Earlier states of records: what was deleted, and what belonged to a state."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from django.db import models
from django.db.models import Max

from lkintegration.core.links import Key, Pointer
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.recording import (
    HISTORY,
    history_of,
    relations_of,
    rows_below,
    states_below,
    stored_relation,
)


def key_of(state: HistoricalRow) -> Key:
    """Return the key of the record that ``state`` is a state of."""
    return getattr(state, cast("Any", state.instance_type._meta.pk).attname)


def last_state(model: type[models.Model], key: Key) -> HistoricalRow | None:
    """Return the newest state of a record; None where no more is known of it."""
    return history_of(model).filter(**{model._meta.pk.name: key}).first()


def lock_last_state(model: type[models.Model], key: Key) -> HistoricalRow | None:
    """Return the same; nobody else gets it before the transaction ends."""
    history: models.QuerySet[Any] = getattr(model, HISTORY).select_for_update()
    return history.filter(**{model._meta.pk.name: key}).first()


def deleted_states(model: type[models.Model]) -> models.QuerySet[Any, int]:
    """Return the numbers of the last states of all deleted records, the latest deletion first.

    The states themselves are long rows, of which a page shows a few (``deleted_rows``).
    """
    key = model._meta.pk.name
    there = model._base_manager.values(key)
    history = history_of(model).exclude(**{f"{key}__in": there})
    newest = history.order_by().values(key).annotate(newest=Max("history_id")).values("newest")
    rows = history_of(model).filter(history_type="-", history_id__in=newest)
    return rows.values_list("history_id", flat=True)


def deleted_rows(
    model: type[models.Model], numbers: Iterable[int] | None = None
) -> list[HistoricalRow]:
    """Return the states with these ``numbers`` (None: of all deleted records), in their order.

    With each comes what its foreign keys lead to, as far as that is still there.
    """
    wanted = list(deleted_states(model) if numbers is None else numbers)
    parents = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = history_of(model).select_related("history_user", *parents).in_bulk(wanted)
    return [rows[number] for number in wanted if number in rows]


def relation_keys(state: HistoricalRow) -> dict[models.ManyToManyField, set[Key]]:
    """Return the keys of the records that each relation of ``state`` led to."""
    found: dict[models.ManyToManyField, set[Key]] = {}
    for relation in relations_of(state):
        stored = stored_relation(relation)
        rows = stored.rows.filter(history=state.pk)
        found[relation] = set(rows.values_list(stored.other, flat=True))
    return found


def end_of_save(state: HistoricalRow, save: uuid.UUID | None = None) -> datetime.datetime:
    """Return until when rows below the record belong to ``state``: until its save was done.

    ``save`` is another save, later than that, which wrote only rows below.
    """
    model, key, save = state.instance_type, key_of(state), save or state.save_id
    moments = [state.history_date]
    if save:
        for _child, owner in rows_below(model):
            rows = states_below(owner, key).filter(save_id=save)
            moments.append(rows.aggregate(last=Max("history_date"))["last"])
    return max(moment for moment in moments if moment)


class RowsThen(NamedTuple):
    """The rows below a record at some time: their states, and the keys of those not known."""

    states: dict[Key, HistoricalRow]
    unknown: set[Key]


def rows_then(state: HistoricalRow, owner: Any, moment: datetime.datetime) -> RowsThen:
    """Return the rows that belonged to ``state`` by their foreign key ``owner``.

    Those of a deleted record went with it; else they are those of ``moment``.
    """
    if state.history_type == "-":
        return RowsThen(_gone_with(state, owner), set())
    child, key = owner.model, key_of(state)
    states: dict[Key, HistoricalRow] = {}
    later: dict[Key, HistoricalRow] = {}
    for row in states_below(owner, key).order_by("history_id"):
        if row.history_date <= moment:
            states[key_of(row)] = row
        else:
            later.setdefault(key_of(row), row)
    unknown = {row for row, first in later.items() if first.history_type != "+"} - states.keys()
    below = {
        row: then
        for row, then in states.items()
        if then.history_type != "-" and getattr(then, owner.attname) == key
    }
    there = set(child._base_manager.filter(**{owner.name: key}).values_list("pk", flat=True))
    return RowsThen(below, unknown | (there - states.keys() - later.keys()))


def _gone_with(state: HistoricalRow, owner: Any) -> dict[Key, HistoricalRow]:
    """Return the last states of the rows that were deleted together with the record."""
    child = owner.model
    keys = state.links_then.get(Pointer(child, owner).name, [])
    rows = history_of(child).filter(history_type="-", **{f"{child._meta.pk.name}__in": keys})
    found: dict[Key, HistoricalRow] = {}
    for row in rows.order_by("history_id"):
        known = found.get(key_of(row))
        if known is None or known.save_id != state.save_id:
            found[key_of(row)] = row
    return found
