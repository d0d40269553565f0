"""Revisions: every state of every record of content, with its time and its author.

django-simple-history stores them, one row each. Its admin pages have an inline style, which our
Content-Security-Policy refuses, so the pages are our own (``editing.revision_admin``).
"""

import datetime
import uuid
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, NamedTuple, cast

import simple_history
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.html import strip_tags
from modeltranslation.manager import get_translatable_fields_for_model
from simple_history.models import HistoricalRecords

from lkintegration.core.clock_reading import written_clock
from lkintegration.core.dates import written_day, written_time
from lkintegration.core.languages import BY_CODE
from lkintegration.core.models.history import HistoricalRow, current_save, one_save
from lkintegration.core.relations import read_relations
from lkintegration.core.typed_fields import EndClockField

# What simple-history calls the rows of a model or record, and the relations that they hold.
HISTORY: Final = "history"
RELATIONS: Final = "_history_m2m_fields"
_OCCASIONS = {"+": "Angelegt.", "-": "Gelöscht."}
UNTOLD = {"changed_at", "translation_states"}  # follow from what else was changed


class FieldChange(NamedTuple):
    """One field before and after; ``language`` is the code of the text's language, else empty.

    ``row`` names the row below the record that the field belongs to; empty for its own fields.
    """

    field: str
    language: str
    before: str
    after: str
    column: str = ""
    row: str = ""


class Revision(NamedTuple):
    """One state of a record; ``row`` is how it is stored, ``changes`` lead to it."""

    row: HistoricalRow
    changes: list[FieldChange]

    @property
    def author(self) -> str:
        """Return who saved; content files and commands have no account."""
        return str(self.row.history_user or "Programm")

    @property
    def reason(self) -> str:
        """Return in German why the state was saved, where its changes do not say it."""
        told = self.row.history_change_reason or _OCCASIONS.get(self.row.history_type, "")
        if told or self.changes:
            return str(told)
        return "Gesichert, ohne dass sich ein Feld geändert hat."

    @property
    def languages(self) -> list[str]:
        """Return the names of the languages whose texts changed, in the order of the site."""
        codes = {change.language for change in self.changes}
        return [language.autonym for code, language in BY_CODE.items() if code in codes]


class RelatedHistory(HistoricalRecords):
    """Stores a revision also when one of a record's relations is written from its other side."""

    def create_historical_record_m2ms(
        self, history_instance: HistoricalRow, instance: models.Model
    ) -> None:
        """Store the relations by their keys; simple-history loads both records of each for that."""
        fields = relations_of(history_instance)
        for field, rows in zip(fields, read_relations(instance, fields), strict=True):
            stored = self.m2m_models[field]
            own, other = (
                stored._meta.get_field(name).attname
                for name in (field.m2m_field_name(), field.m2m_reverse_field_name())
            )
            stored._default_manager.bulk_create(
                stored(history=history_instance, id=row.pk, **{own: instance.pk, other: row.target})
                for row in rows
            )

    def m2m_changed(
        self,
        instance: models.Model,
        action: str,
        attr: str,
        pk_set: set[int],
        reverse: bool,
        **kwargs: object,
    ) -> None:
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        elif action in {"post_add", "post_remove"}:
            for record in self.cls._default_manager.filter(pk__in=pk_set):
                self.create_historical_record(record, "~")


def track_revisions(model: type[models.Model], *to_many: str) -> None:
    """Store every state of ``model`` from now on, with its relations ``to_many``.

    To be called after the model's translation options: before them there are no columns for the
    other languages.
    """
    simple_history.register(
        model, records_class=RelatedHistory, bases=[HistoricalRow], m2m_fields=to_many
    )


def history_of(subject: models.Model | type[models.Model]) -> models.QuerySet:
    """Return the rows of a record, or of all records of a model, the newest first."""
    return getattr(subject, HISTORY).select_related("history_user")


def relations_of(row: HistoricalRow) -> list[models.ManyToManyField]:
    """Return the to-many relations that ``row`` holds beside its columns."""
    return list(getattr(row, RELATIONS))


def rows_below(model: type[models.Model]) -> list[tuple[type[models.Model], Any]]:
    """Return the models whose records belong to one of ``model`` and go with it, with the key.

    They are told as a part of its history, and so each has a history of its own.
    """
    return [
        (relation.related_model, relation.field)
        for relation in cast("list[Any]", model._meta.related_objects)
        if relation.on_delete is models.CASCADE and hasattr(relation.related_model, HISTORY)
    ]


def changes_of_save(record: models.Model) -> list[FieldChange]:
    """Return what the save in progress has changed of ``record`` and of the rows below it.

    Outside of ``one_save()`` that is nothing.
    """
    save = current_save()
    if save is None:
        return []
    found = list(_changes_of(history_of(record), save))
    for model, key in rows_below(type(record)):
        history = history_of(model)
        touched = history.filter(save_id=save, **{key.name: record.pk})
        for row in touched.values_list(model._meta.pk.attname, flat=True).distinct().order_by():
            found += _changes_of_row(history.filter(**{model._meta.pk.attname: row}), save)
    return found


def _changes_of(rows: models.QuerySet, save: uuid.UUID) -> Iterable[FieldChange]:
    after = rows.filter(save_id=save).first()
    before = rows.exclude(save_id=save).first()
    return changes_between(after, before) if after and before else []


def _changes_of_row(rows: models.QuerySet, save: uuid.UUID) -> Iterable[FieldChange]:
    """Yield the changes of one row below a record; one that is new or gone is told whole."""
    after: HistoricalRow = rows.filter(save_id=save)[0]
    before = rows.exclude(save_id=save).first()
    kind = str(after.instance_type._meta.verbose_name)
    name = f"{kind} {name_of_deleted(after)}"
    if after.history_type == "-":
        if before:  # else it was made and deleted by the same save
            yield FieldChange(kind, "", name_of_deleted(before), "", row=name)
    elif before is None or before.history_type == "-":
        yield FieldChange(kind, "", "", name_of_deleted(after), row=name)
        for column in _text_columns(after.instance_type):
            original, language = _translated(column)
            if text := _in_words(column, getattr(after, column.attname)):
                yield FieldChange(str(original.verbose_name), language, "", text, column.name, name)
    else:
        for change in changes_between(after, before):
            yield change._replace(row=name)


def _text_columns(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of ``model`` that hold a text of one language."""
    return [field for field in model._meta.fields if hasattr(field, "translated_field")]


def revisions_of(model: type[models.Model], key: object) -> list[Revision]:
    """Return the revisions of one record, the newest first."""
    rows = _last_of_each_save(history_of(model).filter(**{str(model._meta.pk.name): key}))
    first = [Revision(rows[-1], [])] if rows else []
    return _revisions(rows) + first


class RevisionsSince(NamedTuple):
    """The state ``base`` of a record and the revisions since, the newest first."""

    base: HistoricalRow
    newer: list[Revision]


def revisions_since(record: models.Model, number: int) -> RevisionsSince | None:
    """Return what happened to ``record`` after its row ``number``; None if that is gone."""
    rows = list(history_of(record).filter(pk__gte=number))
    if not rows or rows[-1].pk != number:
        return None
    base = rows.pop()
    return RevisionsSince(base, _revisions([*_last_of_each_save(rows), base]))


def _revisions(rows: list[HistoricalRow]) -> list[Revision]:
    """Return a revision for each row but the last, which has none before it to compare with."""
    return [Revision(row, list(changes_between(row, before))) for row, before in pairwise(rows)]


def _last_of_each_save(rows: Iterable[HistoricalRow]) -> list[HistoricalRow]:
    """Return ``rows``, the newest first, without those after which their save went on."""
    found: list[HistoricalRow] = []
    later: HistoricalRow | None = None
    for row in rows:
        if not (later and _are_one_save(row, later)):
            found.append(row)
        later = row
    return found


def _are_one_save(row: HistoricalRow, later: HistoricalRow) -> bool:
    both_changes = row.history_type == later.history_type == "~"
    return both_changes and row.save_id is not None and row.save_id == later.save_id


def changes_between(row: HistoricalRow, before: HistoricalRow) -> Iterable[FieldChange]:
    """Yield what is different in the state ``row`` from the one ``before`` it."""
    # The column without a language repeats one of those with a language.
    untold = UNTOLD | set(get_translatable_fields_for_model(row.instance_type) or [])
    for change in row.diff_against(before, excluded_fields=untold).changes:
        field = cast("models.Field", row.instance_type._meta.get_field(change.field))
        original, language = _translated(field)
        old, new = _in_words(field, change.old), _in_words(field, change.new)
        if old != new:  # nothing and an empty text read alike
            yield FieldChange(str(original.verbose_name), language, old, new, change.field)


def _translated(column: models.Field) -> tuple[models.Field, str]:
    """Return the field that ``column`` is a translation of, and its language; else itself."""
    original = getattr(column, "translated_field", None)
    language = getattr(column, "language", "") if original else ""
    return original or column, str(language).replace("_", "-")


def _in_words(field: models.Field, value: object) -> str:
    """Return a value as staff read it: labels, names of records, text without tags."""
    if value in (None, "", []):
        return ""
    if isinstance(field, models.ManyToManyField):
        rows, own = cast("list[dict[str, int]]", value), field.m2m_field_name()
        return ", ".join(
            _names(field.related_model, [row[name] for row in rows for name in row if name != own])
        )
    if isinstance(field, models.ForeignKey):
        return ", ".join(_names(field.related_model, [value]))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime.datetime):
        return written_time(value)
    if isinstance(value, datetime.date):
        return written_day(value)
    if isinstance(value, datetime.time):
        return written_clock(value, is_end=isinstance(field, EndClockField))
    return strip_tags(str(value))


def _names(model: type[models.Model], keys: list) -> list[str]:
    known = {record.pk: str(record) for record in model._default_manager.filter(pk__in=keys)}
    return [known.get(key, f"{model._meta.verbose_name} {key} (gelöscht)") for key in keys]


def name_of_deleted(row: HistoricalRow) -> str:
    """Return the name a deleted record had; its number where that leaned on something gone."""
    try:
        return str(row.instance)
    except ObjectDoesNotExist:
        return f"{row.instance_type._meta.verbose_name} {row.pk}"


def deleted_rows(model: type[models.Model]) -> list[HistoricalRow]:
    """Return the last state of every record of ``model`` that was deleted, the latest first."""
    key = model._meta.pk.name
    there = model._default_manager.values(key)
    rows = history_of(model).filter(history_type="-").exclude(**{f"{key}__in": there})
    latest: dict[object, HistoricalRow] = {}
    for row in rows.order_by("-history_date", "-history_id"):
        latest.setdefault(getattr(row, key), row)
    return list(latest.values())


def restore(row: HistoricalRow) -> models.Model:
    """Bring a record back to the state ``row``, or back at all; return it.

    Raises ``ValidationError`` where that state is no longer possible, e.g. because something it
    refers to is gone or its address is taken; nothing is changed then.
    """
    record = row.instance
    record._state.adding = not type(record)._default_manager.filter(pk=record.pk).exists()
    with transaction.atomic(), one_save():
        record.full_clean()
        record.save()
        for field in relations_of(row):
            keys = getattr(row, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
            there = field.related_model._default_manager.filter(pk__in=list(keys))
            getattr(record, field.name).set(there)
    return record


def problem_with(error: ValidationError) -> str:
    """Return why a state cannot come back, in one line."""
    return " ".join(error.messages)


def delete_old_revisions(now: datetime.datetime) -> int:
    """Delete states older than ``HISTORY_RETENTION_DAYS``; return how many.

    The present state of a record is the record itself and stays.
    """
    limit = now - datetime.timedelta(days=settings.HISTORY_RETENTION_DAYS)
    deleted = 0
    for model in historical_models():
        deleted += model._default_manager.filter(history_date__lt=limit).delete()[0]
    return deleted


def historical_models() -> list[type[models.Model]]:
    """Return the tables that hold earlier states."""
    return [model for model in apps.get_models() if issubclass(model, HistoricalRow)]
