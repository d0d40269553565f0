"""The to-many relations of one record, read together."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import ManyToManyField, Model, Value


class RelationRow(NamedTuple):
    """One row of a relation: its own key and that of the record it leads to."""

    pk: int
    target: int


def read_relations(record: Model, fields: Sequence[ManyToManyField]) -> list[list[RelationRow]]:
    """Return the rows of each of ``fields`` of a saved ``record``: one query for all of them."""
    found: list[list[RelationRow]] = [[] for _field in fields]
    if not fields:
        return found
    first, *others = [_rows(record, field, place) for place, field in enumerate(fields)]
    for place, pk, target in first.union(*others, all=True).order_by("place", "pk"):
        found[place].append(RelationRow(pk, target))
    return found


def _rows(record: Model, field: Any, place: int) -> Any:
    rows = field.remote_field.through._default_manager
    own = rows.filter(**{field.m2m_field_name(): record.pk}).annotate(place=Value(place))
    return own.order_by().values_list("place", "pk", field.m2m_reverse_field_name())
