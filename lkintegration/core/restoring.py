"""Restoring: an earlier state of a record becomes the present one, or a deleted record comes back.

To a state belong the record's columns, its relations and the rows below it, and after a deletion
the links that pointed to it. Memories are no part of it: former addresses stay. Everything comes
back at once; what cannot come is named before anything is written.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from lkintegration.core.dates import written_time
from lkintegration.core.earlier_states import (
    end_of_save,
    key_of,
    last_state,
    lock_last_state,
    relation_keys,
    rows_then,
)
from lkintegration.core.field_changes import names_of
from lkintegration.core.links import Key, Links, Pointer
from lkintegration.core.lost_links import keep_for_target, point_again
from lkintegration.core.models import Content
from lkintegration.core.models.history import HistoricalRow, one_save
from lkintegration.core.recording import is_tracked, rows_below
from lkintegration.core.restoration_reports import (
    IncompleteError,
    OwnerGoneError,
    Report,
    named,
    named_state,
)
from lkintegration.core.slugs import Sluggable
from lkintegration.core.translation_sources import sources_of_state

# Whether somebody may put the second, a state, in the place of the first, a record. No record: it
# is deleted; no state: the record goes. Its own newest state: the record changes.
Permission = Callable[[models.Model | None, HistoricalRow | None], bool]


def restore(
    state: HistoricalRow,
    *,
    save: uuid.UUID | None = None,
    agreed: str = "",
    allows: Permission = lambda _record, _state: True,
) -> models.Model:
    """Bring a record back to ``state``, or back at all; return it.

    ``save`` is a later save that only wrote rows below the record; they come back as it left them.
    ``allows`` is asked about each row below, and about each record that is to point to it again.
    Raises ``IncompleteError`` where something cannot come and ``agreed`` is not the digest of just
    that, ``OwnerGoneError`` where something must come first, and ``ValidationError`` where the
    state is no longer possible. Nothing is changed then.
    """
    with transaction.atomic(), one_save():
        restoration = _Restoration(end_of_save(state, save), allows)
        record = restoration.bring_back(state)
        for lost, links in restoration.links:
            point_again(lost, links, restoration.report, restoration.may_change)
        if restoration.report.losses and agreed != restoration.report.digest:
            raise IncompleteError(restoration.report)
    return record


class _Restoration:
    """One restoration, while it is tried or done."""

    def __init__(self, moment: datetime.datetime, allows: Permission) -> None:
        self.moment, self.allows = moment, allows
        self.report = Report()
        self.links: list[tuple[models.Model, Links]] = []  # to those that were deleted
        self.parked: set[tuple[type[models.Model], Key]] = set()  # rows that change places

    def bring_back(self, state: HistoricalRow) -> models.Model:
        """Save the record of ``state`` as it was then, with its relations and the rows below it."""
        model, key = state.instance_type, key_of(state)
        last = lock_last_state(model, key)  # who presses twice at once brings it back once
        there = model._base_manager.select_for_update().filter(pk=key).first()
        record: Any = state.instance
        record._state.adding = there is None
        record.was_there = (model, key) in self.parked
        record._change_reason = f"Stand vom {written_time(state.history_date)} zurückgeholt."
        if isinstance(record, Sluggable):
            self._keep_addresses(record, there, last)
        if isinstance(record, Content):
            record.made_from = sources_of_state(record, state.sources_then)
        self._leave_lost_targets(record)
        _check(record)
        record.save()
        self._set_relations(record, state)
        for _child, owner in rows_below(model):
            self._bring_rows(record, state, owner)
        if there is None and last is not None and last.history_type == "-":
            self.links.append((record, last.links_then))
        return record

    def _keep_addresses(self, record: Any, there: Any, last: HistoricalRow | None) -> None:
        """Let all former addresses lead to ``record``, and give it one that nobody else has."""
        others = type(record)._base_manager.exclude(pk=record.pk)
        before = there or (last.instance if last else record)
        wanted = record.slug
        taken = others.filter(slug=wanted).first()
        if taken or record.slug in record.reserved_slugs:
            owner = f"sie zu „{taken}“ gehört" if taken else "dort eine andere Seite steht"
            own = "Er behält seine heutige" if there else "Der Eintrag bekommt eine neue"
            self.report.lose(f"die Adresse „{record.slug}“", f"{owner} ({own})")
            record.slug = there.slug if there else ""
        record.keep_addresses_of(before)
        if there is None:
            for other in others.filter(slug__in={*record.former_slugs.split()} - {wanted}):
                self.report.lose(f"die frühere Adresse „{other.slug}“", f"sie zu „{other}“ gehört")

    def _leave_lost_targets(self, record: models.Model) -> None:
        """Empty the foreign keys whose target is gone; those that must have one are an error."""
        for column in record._meta.concrete_fields:
            target: Any = column.related_model
            key = getattr(record, column.attname)
            if target is None or key is None or target._base_manager.filter(pk=key).exists():
                continue
            pointer = Pointer(type(record), column)
            if not column.null or not pointer.is_loose:
                raise OwnerGoneError(str(column.verbose_name), target, key)
            setattr(record, column.name, None)
            keep_for_target(record, pointer, key, self.report)

    def _set_relations(self, record: models.Model, state: HistoricalRow) -> None:
        for relation, keys in relation_keys(state).items():
            target: Any = relation.related_model
            there = set(target._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            for key in sorted(keys - there):
                keep_for_target(record, Pointer(type(record), relation), key, self.report)
            getattr(record, relation.name).set(there)
            if there:
                names = ", ".join(sorted(names_of(target, there).values()))
                self.report.comes.append(f"{relation.verbose_name}: {names}")

    def _bring_rows(self, record: models.Model, state: HistoricalRow, owner: Any) -> None:
        """Let exactly those rows be below ``record`` that belonged to ``state``."""
        then = rows_then(state, owner, self.moment)
        live = {row.pk: row for row in owner.model._base_manager.filter(**{owner.name: record.pk})}
        for key in live.keys() - then.states.keys() - then.unknown:
            self._ask(live[key], None)
            live[key].delete()
        waiting = []
        for key, row in then.states.items():
            if key in live and _is_same(live[key], row):
                continue
            elsewhere = None if key in live else owner.model._base_manager.filter(pk=key).first()
            if elsewhere:
                self.report.lose(named_state(row), "das jetzt zu einem anderen Eintrag gehört")
                continue
            self._ask(live.get(key), row)
            waiting.append(row)
        self._bring_each(waiting, live)

    def _bring_each(self, waiting: list[HistoricalRow], live: dict[Key, Any]) -> None:
        """Bring rows back in an order in which none takes what another still has."""
        while waiting:
            errors = {row.pk: error for row in waiting if (error := self._try(row))}
            stuck = [row for row in waiting if row.pk in errors]
            if len(stuck) == len(waiting) and not self._park(stuck, live):
                for row in stuck:
                    if key_of(row) in live:
                        raise errors[row.pk]
                    self.report.lose(
                        named_state(row), " ".join(errors[row.pk].messages).rstrip(".")
                    )
                return
            waiting = stuck

    def _try(self, row: HistoricalRow) -> ValidationError | None:
        losses, comes, links = len(self.report.losses), len(self.report.comes), len(self.links)
        try:
            with transaction.atomic():
                self.bring_back(row)
        except ValidationError as error:
            del self.report.losses[losses:], self.report.comes[comes:], self.links[links:]
            return error
        self.report.comes.append(named_state(row))
        return None

    def _park(self, stuck: list[HistoricalRow], live: dict[Key, Any]) -> bool:
        """Take rows that change places out of each other's way for a moment; else return False."""
        there = {(type(live[key]), key) for row in stuck if (key := key_of(row)) in live}
        for model, key in there - self.parked:
            rows = model._base_manager.filter(pk=key)
            rows._raw_delete(rows.db)  # nothing that leads to it may notice
        parks = bool(there - self.parked)
        self.parked |= there
        return parks

    def may_change(self, record: models.Model) -> bool:
        """Return whether ``record`` may point to what comes back."""
        state = last_state(type(record), record.pk) if is_tracked(type(record)) else None
        return state is None or self.allows(record, state)

    def _ask(self, there: models.Model | None, state: HistoricalRow | None) -> None:
        if not self.allows(there, state):
            what = named_state(state) if state else named(there) if there else ""
            raise ValidationError(f"{what}: Dazu fehlt Ihnen das Recht.")


def _check(record: models.Model) -> None:
    """Raise ``ValidationError`` in German, with the names of the fields, where a state is unfit."""
    try:
        record.full_clean()
    except ValidationError as error:
        told = [
            message
            if name == NON_FIELD_ERRORS
            else f"{record._meta.get_field(name).verbose_name}: {message}"  # type: ignore[union-attr]
            for name, found in error.message_dict.items()
            for message in found
        ]
        raise ValidationError(told) from error


def _is_same(record: models.Model, state: HistoricalRow) -> bool:
    columns = [column for column in record._meta.concrete_fields if column.name != "changed_at"]
    return all(
        getattr(record, column.attname) == getattr(state, column.attname) for column in columns
    ) and all(
        keys == set(getattr(record, relation.name).values_list("pk", flat=True))
        for relation, keys in relation_keys(state).items()
    )
