"""The to-many relations of one record, read together."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import ManyToManyField, Model


class RelationRow(NamedTuple):
    """One row of a relation: its own key and that of the record it leads to."""

    pk: int
    target: int


def read_relations(record: Model, fields: Sequence[ManyToManyField]) -> list[list[RelationRow]]:
    """Return the rows of each of ``fields`` of a saved ``record``: one query for all of them.

    Written out, because Django takes longer to put this query together than the database to answer.
    """
    found: list[list[RelationRow]] = [[] for _field in fields]
    if not fields:
        return found
    selects = " UNION ALL ".join(_select(field, place) for place, field in enumerate(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"{selects} ORDER BY 1, 2", [record.pk] * len(fields))
        for place, pk, target in cursor.fetchall():
            found[place].append(RelationRow(pk, target))
    return found


def _select(field: Any, place: int) -> str:
    through = field.remote_field.through._meta
    table, key, own, target = map(
        connection.ops.quote_name,
        (through.db_table, through.pk.column, field.m2m_column_name(), field.m2m_reverse_name()),
    )
    return f"SELECT {place}, {key}, {target} FROM {table} WHERE {own} = %s"  # noqa: S608  # nosec B608
