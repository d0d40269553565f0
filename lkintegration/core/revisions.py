"""Revisions: every state of every record of content, with its time and its author.

django-simple-history stores them, one row each. Its admin pages have an inline style, which our
Content-Security-Policy refuses, so the pages are our own (``editing.revision_admin``).
"""

import datetime
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import simple_history
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.html import strip_tags
from modeltranslation.manager import get_translatable_fields_for_model
from simple_history.models import HistoricalRecords

from lkintegration.core.dates import written_day, written_time
from lkintegration.core.languages import BY_CODE

ONE_SAVE = datetime.timedelta(seconds=2)
UNTOLD = {"changed_at", "translation_states"}  # follow from what else was changed


class FieldChange(NamedTuple):
    """One field before and after; ``language`` is the code of the text's language, else empty."""

    field: str
    language: str
    before: str
    after: str
    column: str = ""


class Revision(NamedTuple):
    """One state of a record; ``row`` is how it is stored, ``changes`` lead to it."""

    row: Any
    changes: list[FieldChange]

    @property
    def author(self) -> str:
        """Return who saved; content files and commands have no account."""
        return str(self.row.history_user or "Programm")

    @property
    def languages(self) -> list[str]:
        """Return the names of the languages whose texts changed, in the order of the site."""
        codes = {change.language for change in self.changes}
        return [language.autonym for code, language in BY_CODE.items() if code in codes]


class RelatedHistory(HistoricalRecords):
    """Stores a revision also when one of a record's relations is written from its other side."""

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """Store the relations by their keys; simple-history loads both records of each for that."""
        for field in history_instance._history_m2m_fields:
            through, stored = field.remote_field.through, self.m2m_models[field]
            columns = [column.attname for column in through._meta.fields]
            rows = through._default_manager.filter(**{field.m2m_field_name(): instance.pk})
            stored._default_manager.bulk_create(
                stored(history=history_instance, **row) for row in rows.values(*columns)
            )

    def m2m_changed(
        self, instance: Any, action: str, attr: str, pk_set: Any, reverse: bool, **kwargs: Any
    ) -> None:
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        elif action in {"post_add", "post_remove"}:
            for record in self.cls._default_manager.filter(pk__in=pk_set):
                self.create_historical_record(record, "~")


def track_revisions(model: Any, *to_many: str) -> None:
    """Store every state of ``model`` from now on, with its relations ``to_many``.

    To be called after the model's translation options: before them there are no columns for the
    other languages.
    """
    simple_history.register(model, records_class=RelatedHistory, m2m_fields=to_many)


def revisions_of(model: Any, key: Any) -> list[Revision]:
    """Return the revisions of one record, the newest first."""
    rows = list(model.history.filter(**{model._meta.pk.name: key}).select_related("history_user"))
    rows = [
        row
        for row, later in zip(rows, [None, *rows], strict=False)
        if not _is_of_same_save(row, later)
    ]
    older: list[Any] = [*rows[1:], None]
    return [
        Revision(row, list(changes_between(row, before)) if before else [])
        for row, before in zip(rows, older, strict=True)
    ]


class RevisionsSince(NamedTuple):
    """The state ``base`` of a record and the revisions since, the newest first."""

    base: Any
    newer: list[Revision]


def revisions_since(record: Any, number: int) -> RevisionsSince | None:
    """Return what happened to ``record`` after its row ``number``; None if that is gone."""
    rows = list(record.history.filter(pk__gte=number).select_related("history_user"))
    if not rows or rows[-1].pk != number:
        return None
    newer = [Revision(row, list(changes_between(row, before))) for row, before in pairwise(rows)]
    return RevisionsSince(rows[-1], newer)


def _is_of_same_save(row: Any, later: Any) -> bool:
    """Return whether the row ``later`` belongs to the same save: each relation makes its own."""
    return (
        later is not None
        and row.history_type == later.history_type == "~"
        and row.history_user_id == later.history_user_id
        and later.history_date - row.history_date < ONE_SAVE
    )


def changes_between(row: Any, before: Any) -> Iterable[FieldChange]:
    """Yield what is different in the state ``row`` from the one ``before`` it."""
    # The column without a language repeats one of those with a language.
    untold = UNTOLD | set(get_translatable_fields_for_model(row.instance_type) or [])
    for change in row.diff_against(before, excluded_fields=untold).changes:
        field = row.instance_type._meta.get_field(change.field)
        original = getattr(field, "translated_field", None)
        language = str(field.language).replace("_", "-") if original else ""
        before, after = _in_words(field, change.old), _in_words(field, change.new)
        if before != after:  # nothing and an empty text read alike
            label = str((original or field).verbose_name)
            yield FieldChange(label, language, before, after, change.field)


def _in_words(field: Any, value: Any) -> str:
    """Return a value as staff read it: labels, names of records, text without tags."""
    if value in (None, "", []):
        return ""
    if field.many_to_many:
        keys = [next(v for k, v in row.items() if k != field.m2m_field_name()) for row in value]
        return ", ".join(_names(field.related_model, keys))
    if field.many_to_one:
        return ", ".join(_names(field.related_model, [value]))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime.datetime):
        return written_time(value)
    if isinstance(value, datetime.date):
        return written_day(value)
    return strip_tags(str(value))


def _names(model: Any, keys: list[Any]) -> list[str]:
    known = {record.pk: str(record) for record in model._default_manager.filter(pk__in=keys)}
    return [known.get(key, f"{model._meta.verbose_name} {key} (gelöscht)") for key in keys]


def name_of_deleted(row: Any) -> str:
    """Return the name a deleted record had; its number where that leaned on something gone."""
    try:
        return str(row.instance)
    except ObjectDoesNotExist:
        return f"{row.instance_type._meta.verbose_name} {row.pk}"


def deleted_rows(model: Any) -> list[Any]:
    """Return the last state of every record of ``model`` that was deleted, the latest first."""
    key = model._meta.pk.name
    there = model._default_manager.values(key)
    rows = model.history.filter(history_type="-").exclude(**{f"{key}__in": there})
    latest: dict[Any, Any] = {}
    for row in rows.select_related("history_user").order_by("-history_date", "-history_id"):
        latest.setdefault(getattr(row, key), row)
    return list(latest.values())


def restore(row: Any) -> Any:
    """Bring a record back to the state ``row``, or back at all; return it.

    Raises ``ValidationError`` where that state is no longer possible, e.g. because something it
    refers to is gone or its address is taken; nothing is changed then.
    """
    record = row.instance
    record._state.adding = not type(record)._default_manager.filter(pk=record.pk).exists()
    with transaction.atomic():
        record.full_clean()
        record.save()
        for field in row._history_m2m_fields:
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
    return [
        model
        for model in apps.get_models()
        if any(field.name == "history_date" for field in model._meta.get_fields())
    ]
