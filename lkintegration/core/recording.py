"""Recording: every saved state of a record is kept, and that of a deleted one whole.

django-simple-history stores the states, one row each. What it knows of a deleted record it would
look up when the relations are gone already, so the row is written before.
"""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import simple_history
from django.apps import apps
from django.db import models
from django.db.models import Max
from django.utils import timezone
from simple_history.models import HistoricalRecords

from lkintegration.core.links import Key, links_to, pointers_to, read_links
from lkintegration.core.models import Content
from lkintegration.core.models.history import HistoricalRow, current_save
from lkintegration.core.relations import read_relations
from lkintegration.core.translation_sources import outdated_sources

# What simple-history calls the rows of a model or record, and the relations that they hold.
HISTORY: Final = "history"
RELATIONS: Final = "_history_m2m_fields"
# What a record may say about the save or deletion that is being recorded.
_SAID: Final = ("_change_reason", "_history_user", "_history_date")
_LONGEST_REASON: Final = 100


class RelatedHistory(HistoricalRecords):
    """Stores a revision also when a relation is written from its other side, or is lost."""

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None, **also: Any
    ) -> HistoricalRow:
        """Store the state of ``instance`` as one row, with its relations; return the row."""
        reason = self.get_change_reason_for_object(instance, history_type, using)
        row: HistoricalRow = getattr(instance, self.manager_name).model(
            history_date=getattr(instance, "_history_date", timezone.now()),
            history_type="~" if getattr(instance, "was_there", False) else history_type,
            history_user=self.get_history_user(instance),
            history_change_reason=reason[:_LONGEST_REASON] if reason else None,
            sources_then=outdated_sources(instance) if isinstance(instance, Content) else {},
            **also,
            **{
                field.attname: getattr(instance, field.attname)
                for field in self.fields_included(instance)
            },
        )
        row.save()
        self.create_historical_record_m2ms(row, instance)
        return row

    def create_historical_record_m2ms(
        self, history_instance: HistoricalRow, instance: models.Model
    ) -> None:
        """Store the relations by their keys; simple-history loads both records of each for that."""
        fields = relations_of(history_instance)
        for field, rows in zip(fields, read_relations(instance, fields), strict=True):
            stored = stored_relation(field)
            stored.rows.bulk_create(
                stored.row(history_instance, instance.pk, row.target, key=row.pk) for row in rows
            )

    def m2m_changed(
        self,
        instance: models.Model,
        action: str,
        attr: str,
        pk_set: set[int] | None,
        reverse: bool,
        **kwargs: object,
    ) -> None:
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
            return
        if action == "pre_clear":  # afterwards nobody knows whom it was
            pointing = self.cls._base_manager.filter(**{attr: instance.pk})
            vars(instance)["_cleared"] = set(pointing.values_list("pk", flat=True))
        keys = vars(instance).pop("_cleared", set()) if action == "post_clear" else pk_set
        if action in {"post_add", "post_remove", "post_clear"}:
            for record in self.cls._base_manager.filter(pk__in=keys or ()):
                self.create_historical_record(record, "~")

    def pre_delete(self, instance: models.Model, origin: Any = None, **kwargs: object) -> None:
        """Store the last state of ``instance``, as long as its relations and links are there.

        What one deletion takes with it has one ``save_id``, also outside of ``one_save()``.
        """
        own = self.cls._base_manager.select_for_update()
        stored = own.filter(pk=instance.pk).first()
        if stored is None:
            return  # somebody else was faster, and has recorded it
        for name in _SAID:
            if hasattr(instance, name):
                setattr(stored, name, getattr(instance, name))
        deletion = vars(instance if origin is None else origin)
        save_id = current_save() or deletion.setdefault("_deletion", uuid.uuid4())
        links = links_to(stored)
        vars(instance)["_gone"] = stored, links
        self.create_historical_record(stored, "-", links_then=links, save_id=save_id)

    def post_delete(self, instance: models.Model, **kwargs: object) -> None:
        """Let the records that pointed to the deleted one tell that they no longer do."""
        if "_gone" not in vars(instance):
            return
        gone, links = vars(instance).pop("_gone")
        for pointer, keys in read_links(links):
            if not is_tracked(pointer.model) or pointer.is_owner:
                continue
            rest = set(keys) - _deleted(pointer.model, keys)
            records: models.QuerySet[Any] = pointer.model._base_manager.filter(pk__in=rest)
            for record in records:
                record._change_reason = f"Gelöscht: {gone._meta.verbose_name} „{gone}“."
                self.create_historical_record(record, "~")


class StoredRelation(NamedTuple):
    """Where the history holds what a to-many relation led to: a row for each state and target.

    ``own`` and ``other`` are the columns with the key of the record and of the target.
    """

    table: Any
    own: str
    other: str

    @property
    def rows(self) -> models.QuerySet[Any]:
        return self.table._default_manager.all()

    def row(self, state: HistoricalRow, own: Key, other: Key, *, key: int = 0) -> Any:
        """Return an unsaved row; ``key`` is that of the row of the relation itself."""
        return self.table(history=state, id=key, **{self.own: own, self.other: other})


def stored_relation(field: Any) -> StoredRelation:
    """Return where the history holds the relation ``field``."""
    table = RelatedHistory.m2m_models[field]
    names = (field.m2m_field_name(), field.m2m_reverse_field_name())
    return StoredRelation(table, *(table._meta.get_field(name).attname for name in names))


def _deleted(model: type[models.Model], keys: Iterable[Key]) -> set[Key]:
    """Return which of ``keys`` are of records whose last state says that they are deleted."""
    key = model._meta.pk.attname
    history = history_of(model).filter(**{f"{key}__in": keys}).order_by()
    newest = history.values(key).annotate(newest=Max("history_id")).values("newest")
    gone = history.filter(history_id__in=newest, history_type="-")
    return set(gone.values_list(key, flat=True))


def track_revisions(model: type[models.Model], *to_many: str) -> None:
    """Store every state of ``model`` from now on, with its relations ``to_many``.

    To be called after the model's translation options: before them there are no columns for the
    other languages.
    """
    simple_history.register(
        model, records_class=RelatedHistory, bases=[HistoricalRow], m2m_fields=to_many
    )


def record_first_states(now: datetime.datetime) -> int:
    """Store how records are whose history holds nothing yet; return how many.

    They are older than their history, or were written in bulk. Their next change can be told and
    taken back then.
    """
    recorder, recorded = RelatedHistory(), 0
    recorder.manager_name = HISTORY
    for table in historical_models():
        model = table.instance_type
        known = table._default_manager.order_by().values(model._meta.pk.attname)
        records: models.QuerySet[Any] = model._base_manager.exclude(pk__in=known)
        for record in records.iterator():
            record._history_date = now
            record._change_reason = "So war es, als die Aufzeichnung begann."
            recorder.create_historical_record(record, "~")
            recorded += 1
    return recorded


def history_of(subject: models.Model | type[models.Model]) -> models.QuerySet:
    """Return the rows of a record, or of all records of a model, the newest first."""
    return getattr(subject, HISTORY).select_related("history_user")


def newest_states(model: type[models.Model], keys: Iterable[int]) -> dict[int, int]:
    """Return the number of the newest state of each record of ``model`` that has one; one query."""
    rows = getattr(model, HISTORY).filter(id__in=list(keys)).order_by()
    return dict(rows.values_list("id").annotate(Max("history_id")))


def is_tracked(model: type[models.Model]) -> bool:
    """Return whether every state of the records of ``model`` is stored."""
    return hasattr(model, HISTORY)


def relations_of(row: HistoricalRow | type[HistoricalRow]) -> list[models.ManyToManyField]:
    """Return the to-many relations that a row, or each of a table, holds beside its columns."""
    return list(getattr(row, RELATIONS))


def rows_below(model: type[models.Model]) -> list[tuple[type[models.Model], Any]]:
    """Return the models whose records belong to one of ``model`` and go with it, with the key.

    They are told as a part of its history, and so each has a history of its own.
    """
    return [
        (pointer.model, pointer.field)
        for pointer in pointers_to(model)
        if pointer.is_owner and is_tracked(pointer.model)
    ]


def states_below(owner: Any, key: Key) -> models.QuerySet:
    """Return all states of the rows that were ever below a record by their foreign key ``owner``.

    Those from before or after they were are among them.
    """
    history = history_of(owner.model)
    name = owner.model._meta.pk.name
    ever = history.filter(**{owner.name: key}).order_by().values(name)
    return history.filter(**{f"{name}__in": ever})


def historical_models() -> list[type[HistoricalRow]]:
    """Return the tables that hold earlier states."""
    return [model for model in apps.get_models() if issubclass(model, HistoricalRow)]
