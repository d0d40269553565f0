"""Rows below a record of which no two may say the same, such as chapters with one place each."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from django.db.models import IntegerField, Model, UniqueConstraint
from django.forms import Field

from lkintegration.editing.merging import Sent, digest, sent_if_untouched
from lkintegration.editing.merging_form import MergingForm

Values = tuple[Any, ...]


def find_doubles(
    forms: Iterable[MergingForm],
    stored: Iterable[Model],
    drafted: Iterable[Mapping[str, Sent]],
    empty: MergingForm,
) -> list[MergingForm]:
    """Return those of the new ``forms`` that say what is there already, or what another says.

    ``empty`` is the form of a new row; ``drafted`` is what was sent of new rows in a draft.
    """
    told = [*(_sent_of(row, empty) for row in stored), *drafted]
    seen, doubles = [_digests(sent, empty) for sent in told], []
    for form in forms:
        if form.has_changed():
            sent = {name: form.understood(name) for name, _field in form.own_fields()}
            own = _digests(sent, empty)
            if own in seen:
                doubles.append(form)
            seen.append(own)
    return doubles


def _columns(row: MergingForm) -> list[tuple[str, Field]]:
    columns = {column.name for column in row.instance._meta.fields}
    return [(name, field) for name, field in row.own_fields() if name in columns]


def _sent_of(row: Model, empty: MergingForm) -> dict[str, Sent]:
    """Return what a browser would send of a stored row."""
    return {
        name: sent_if_untouched(field, name, row.serializable_value(name))
        for name, field in _columns(empty)
    }


def _digests(sent: Mapping[str, Sent], empty: MergingForm) -> dict[str, str]:
    """Return the digests of a row's columns; what ``sent`` lacks is as in a new row."""
    return {
        name: digest(field, sent.get(name) or empty.stored(name)) for name, field in _columns(empty)
    }


def add_errors_for_doubles(forms: Sequence[MergingForm], others: Iterable[Model]) -> None:
    """Add an error to each of ``forms`` that says what another, or one of ``others``, says already.

    Django compares what a form has checked; what nobody changed is not checked again.
    """
    others = list(others)
    for constraint in _constraints(forms):
        names = set(constraint.fields)
        taken = {_values(row, constraint) for row in others}
        for form in sorted(forms, key=lambda form: bool(names & set(form.changed_data))):
            values = _values(form.instance, constraint)
            if values in taken and None not in values:
                told = names & set(form.changed_data)
                form.add_error(
                    told.pop() if told else None, str(constraint.violation_error_message)
                )
            taken.add(values)


def make_room(moved: Sequence[MergingForm], deleted: Sequence[MergingForm]) -> None:
    """Take stored rows out of the way of each other: one by one, two could not change places.

    ``moved`` are the forms that are saved next, ``deleted`` those whose rows are deleted then.
    """
    for constraint in _constraints(moved):
        names = set(constraint.fields)
        moving = [form for form in moved if names & set(form.changed_data)]
        wanted = {_values(form.instance, constraint) for form in moving}
        rows = [form.instance for form in (*moving, *deleted)] if moving else []
        _move_aside(rows, constraint, wanted)


def _move_aside(rows: list[Model], constraint: UniqueConstraint, wanted: set[Values]) -> None:
    numbers = [name for name in constraint.fields if _is_number(rows, name)]
    if not numbers:
        return
    stored = type(rows[0])._base_manager.all()
    taken = set(stored.values_list(numbers[0], flat=True)) | {
        v for values in wanted for v in values
    }
    free = (number for number in count() if number not in taken)
    for row in stored.filter(pk__in=[row.pk for row in rows]):
        if _values(row, constraint) in wanted:
            stored.filter(pk=row.pk).update(**{numbers[0]: next(free)})


def _is_number(rows: list[Model], name: str) -> bool:
    return bool(rows) and isinstance(rows[0]._meta.get_field(name), IntegerField)


def _constraints(forms: Sequence[MergingForm]) -> list[UniqueConstraint]:
    return forms[0].instance._meta.total_unique_constraints if forms else []


def _values(row: Model, constraint: UniqueConstraint) -> Values:
    return tuple(row.serializable_value(name) for name in constraint.fields)
