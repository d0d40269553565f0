"""What is different between two states of a record, field by field, as staff read it."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, cast

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.account_names import account_name
from lkintegration.core.clock_reading import written_clock
from lkintegration.core.comparison import words_of
from lkintegration.core.dates import written_day, written_time
from lkintegration.core.links import Key
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.recording import history_of, is_tracked, relations_of, stored_relation
from lkintegration.core.richtext import RichTextField
from lkintegration.core.told_changes import FieldChange, Names, Texts
from lkintegration.core.typed_fields import EndClockField

UNTOLD = {"changed_at", "translation_states"}  # follow from what else was changed

Targets = dict[tuple[int, str], list[Key]]  # of related records, by row and relation


class Difference(NamedTuple):
    """One column before and after, as it is stored; to-many relations as lists of keys.

    Without a ``column`` it is a row below the record that is new or gone, by its name.
    """

    column: Any
    before: Any
    after: Any
    kind: str = ""
    row: str = ""


def differences(row: HistoricalRow, before: HistoricalRow, targets: Targets) -> list[Difference]:
    """Return what is different in ``row`` from ``before``, in the order of the columns' names.

    ``targets`` is what ``targets_of`` found for both.
    """
    found = [
        Difference(column, getattr(before, column.attname), getattr(row, column.attname))
        for column in told_columns(row.instance_type)
    ]
    for relation in relations_of(row):
        then, now = (targets.get((state.pk, relation.name), []) for state in (before, row))
        found.append(Difference(relation, then, now))
    changed = [difference for difference in found if difference.before != difference.after]
    return sorted(changed, key=lambda difference: difference.column.name)


def told_columns(model: type[models.Model]) -> list[Any]:
    """Return the columns whose changes staff are told."""
    # The column without a language repeats one of those with a language.
    untold = UNTOLD | set(get_translatable_fields_for_model(model) or [])
    return [field for field in model._meta.fields if field.editable and field.name not in untold]


def targets_of(states: Collection[HistoricalRow]) -> Targets:
    """Return what the relations lead to in ``states``, which are of one model.

    One query for each relation.
    """
    found: Targets = defaultdict(list)
    for relation in relations_of(next(iter(states))) if states else []:
        stored = stored_relation(relation)
        rows = stored.rows.filter(history__in=[state.pk for state in states]).order_by(stored.other)
        for row, target in rows.values_list("history", stored.other):
            found[row, relation.name].append(target)
    return found


def put_in_words(found: Iterable[Difference]) -> list[FieldChange]:
    """Return differences as staff read them; those that read alike before and after are none."""
    found = list(found)
    return Wording(found).changes(found)


def _translated(column: models.Field) -> tuple[models.Field, str]:
    """Return the field that ``column`` is a translation of, and its language; else itself."""
    original = getattr(column, "translated_field", None)
    language = getattr(column, "language", "") if original else ""
    return original or column, str(language).replace("_", "-")


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of ``model`` that hold a text of one language."""
    return [field for field in model._meta.fields if hasattr(field, "translated_field")]


class Wording:
    """Puts differences in words; the names of all records come from one query for each model."""

    def __init__(self, found: Iterable[Difference]) -> None:
        """Look up the names of the records that ``found`` is about."""
        wanted: dict[type[models.Model], set[Key]] = defaultdict(set)
        for model, key in _named(found):
            wanted[model].add(key)
        self._names = {model: names_of(model, keys) for model, keys in wanted.items()}

    def changes(self, found: Iterable[Difference]) -> list[FieldChange]:
        """Return differences in words; those that read alike before and after are none."""
        changes = [self._in_words(difference) for difference in found]
        return [change for change in changes if change.is_told]

    def _in_words(self, difference: Difference) -> FieldChange:
        column, before, after, kind, row = difference
        if column is None:
            return FieldChange(kind, "", before, after, "", row)
        original, language = _translated(column)
        change = FieldChange(
            str(original.verbose_name),
            language,
            self.of_value(column, before),
            self.of_value(column, after),
            column.name,
            row,
        )
        if is_text(column):
            is_rich = isinstance(column, RichTextField)
            return change._replace(texts=Texts(str(before or ""), str(after or ""), is_rich))
        if column.is_relation and column.many_to_many:
            return change._replace(names=self._names_of(column, before or [], after or []))
        return change

    def _names_of(self, relation: Any, before: list[Key], after: list[Key]) -> Names:
        names = self._names[relation.related_model]
        lost, gained = set(before) - set(after), set(after) - set(before)
        return Names(sorted(names[key] for key in lost), sorted(names[key] for key in gained))

    def of_value(self, column: Any, value: Any) -> str:
        """Return a value as staff read it: labels, names of records, text without tags."""
        if value in (None, "", []):
            return ""
        if column.is_relation:
            names = self._names[column.related_model]
            return ", ".join(names[key] for key in (value if column.many_to_many else [value]))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return _value_in_words(column, value)


def _value_in_words(column: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime.datetime):
        return written_time(value)
    if isinstance(value, datetime.date):
        return written_day(value)
    if isinstance(value, datetime.time):
        return written_clock(value, is_end=isinstance(column, EndClockField))
    return words_of(str(value)) if isinstance(column, RichTextField) else str(value)


def is_text(column: Any) -> bool:
    """Return whether ``column`` holds words that somebody wrote, of which each may change."""
    return isinstance(column, (models.CharField, models.TextField)) and not column.choices


def _named(found: Iterable[Difference]) -> Iterator[tuple[type[models.Model], Key]]:
    for column, *values, _kind, _row in found:
        if column is None or not column.is_relation:
            continue
        for value in values:
            keys = value if column.many_to_many else [value]
            yield from ((column.related_model, key) for key in keys if key is not None)


def names_of(model: type[models.Model], keys: Iterable[Key]) -> dict[Key, str]:
    """Return the names of records by their keys; of deleted ones that which they had."""
    wanted = set(keys)
    name = account_name if issubclass(model, User) else str
    names = {record.pk: name(record) for record in model._base_manager.filter(pk__in=wanted)}
    gone = wanted - names.keys()
    kind = str(model._meta.verbose_name)
    if gone and is_tracked(model):
        rows = history_of(model).filter(history_type="-", **{f"{model._meta.pk.name}__in": gone})
        for row in rows.order_by("history_id"):
            names[getattr(row, model._meta.pk.attname)] = f"{name_of_state(row)} (gelöscht)"
    return {key: f"{kind} {key} (gelöscht)" for key in gone} | names


def name_of_state(row: HistoricalRow) -> str:
    """Return the name of a record in an earlier state.

    Where the name leaned on something that is gone, it is the first of the record's own texts.
    """
    record = row.instance
    for field in row._state.fields_cache:  # loaded with the row
        record._state.fields_cache[field] = row._state.fields_cache[field]
    try:
        return str(record)
    except ObjectDoesNotExist:
        column = next(iter(text_columns(row.instance_type)), None)
        name = getattr(row, column.attname) if column else ""
        key = getattr(row, cast("Any", row.instance_type._meta.pk).attname)
        return name or f"{row.instance_type._meta.verbose_name} {key}"
