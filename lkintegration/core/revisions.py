"""Every state of every record of content, with its time and its author: kept, compared, restored.

django-simple-history keeps the states. Its admin pages have an inline style, which our
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


class Change(NamedTuple):
    """One field before and after; ``language`` is the code of the text's language, else empty."""

    field: str
    language: str
    before: str
    after: str
    column: str = ""


class Version(NamedTuple):
    """One state of a record; ``entry`` is the stored row, ``changes`` lead to it."""

    entry: Any
    changes: list[Change]

    @property
    def author(self) -> str:
        """Return who saved; content files and commands have no account."""
        return str(self.entry.history_user or "Programm")

    @property
    def languages(self) -> list[str]:
        """Return the names of the languages whose texts changed, in the order of the site."""
        codes = {change.language for change in self.changes}
        return [entry.autonym for code, entry in BY_CODE.items() if code in codes]


class Records(HistoricalRecords):
    """Keeps a record's state also when one of its relations is written from the other side."""

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """Keep the relations by their keys; simple-history loads both records of each for that."""
        for field in history_instance._history_m2m_fields:
            through, kept = field.remote_field.through, self.m2m_models[field]
            columns = [column.attname for column in through._meta.fields]
            rows = through._default_manager.filter(**{field.m2m_field_name(): instance.pk})
            kept._default_manager.bulk_create(
                kept(history=history_instance, **row) for row in rows.values(*columns)
            )

    def m2m_changed(
        self, instance: Any, action: str, attr: str, pk_set: Any, reverse: bool, **kwargs: Any
    ) -> None:
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        elif action in {"post_add", "post_remove"}:
            for record in self.cls._default_manager.filter(pk__in=pk_set):
                self.create_historical_record(record, "~")


def keep_history(model: Any, *to_many: str) -> None:
    """Keep every state of ``model`` with its relations ``to_many``.

    To be called after the model's translation options: before them there are no columns for the
    other languages.
    """
    simple_history.register(model, records_class=Records, m2m_fields=to_many)


def versions_of(model: Any, key: Any) -> list[Version]:
    """Return all kept states of one record, the newest first."""
    rows = list(model.history.filter(**{model._meta.pk.name: key}).select_related("history_user"))
    rows = [row for row, later in zip(rows, [None, *rows], strict=False) if not _same(row, later)]
    older: list[Any] = [*rows[1:], None]
    return [
        Version(row, list(changes_between(row, before)) if before else [])
        for row, before in zip(rows, older, strict=True)
    ]


class Since(NamedTuple):
    """The state ``base`` of a record and what was made of it since, the newest first."""

    base: Any
    newer: list[Version]


def versions_since(record: Any, version: int) -> Since | None:
    """Return what happened to ``record`` after its state ``version``; None if that is not kept."""
    rows = list(record.history.filter(pk__gte=version).select_related("history_user"))
    if not rows or rows[-1].pk != version:
        return None
    newer = [Version(row, list(changes_between(row, before))) for row, before in pairwise(rows)]
    return Since(rows[-1], newer)


def _same(row: Any, later: Any) -> bool:
    """Return whether the row ``later`` belongs to the same save: each relation makes its own."""
    return (
        later is not None
        and row.history_type == later.history_type == "~"
        and row.history_user_id == later.history_user_id
        and later.history_date - row.history_date < ONE_SAVE
    )


def changes_between(row: Any, before: Any) -> Iterable[Change]:
    """Yield what is different in the kept state ``row`` from the one ``before`` it."""
    # The column without a language repeats one of those with a language.
    untold = UNTOLD | set(get_translatable_fields_for_model(row.instance_type) or [])
    for change in row.diff_against(before, excluded_fields=untold).changes:
        field = row.instance_type._meta.get_field(change.field)
        original = getattr(field, "translated_field", None)
        language = str(field.language).replace("_", "-") if original else ""
        before, after = _words(field, change.old), _words(field, change.new)
        if before != after:  # nothing and an empty text read alike
            label = str((original or field).verbose_name)
            yield Change(label, language, before, after, change.field)


def _words(field: Any, value: Any) -> str:
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


def name_of(row: Any) -> str:
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
            kept = getattr(row, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
            there = field.related_model._default_manager.filter(pk__in=list(kept))
            getattr(record, field.name).set(there)
    return record


def problem_with(error: ValidationError) -> str:
    """Return why a state cannot come back, in one line."""
    return " ".join(error.messages)


def delete_old_history(now: datetime.datetime) -> int:
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
