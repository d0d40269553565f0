"""Rows as values of Python that mean the same in every database.

Not through our own models: their columns clean and complete what they load and save, and what is
transferred must arrive as it was.
"""

import datetime
import decimal
import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

CHUNK: Final = 500  # rows


def plain_field(field: models.Field) -> models.Field:
    """Return the field of Django that stores what ``field`` does, and does nothing else."""
    while field.is_relation:
        field = cast(models.ForeignKey, field).target_field
    kind = field.get_internal_type()
    if kind == "DecimalField":
        number = cast(models.DecimalField, field)
        return models.DecimalField(
            max_digits=number.max_digits, decimal_places=number.decimal_places
        )
    if kind == "JSONField":
        return models.TextField()  # what is written: "null" is not the same as nothing
    return cast(models.Field, getattr(models, kind)())


class PlainTable:
    """The table of a model: its columns by name, as both databases have them."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        fields = model._meta.concrete_fields
        self.columns = {str(field.column): plain_field(field) for field in fields}
        self._json = {field.column for field in fields if field.get_internal_type() == "JSONField"}
        self.key = [field.primary_key for field in fields].index(True)

    def read(self, connection: BaseDatabaseWrapper) -> Iterator[tuple[Any, ...]]:
        """Yield all rows."""
        readers = [self._reader(name, connection) for name in self.columns]
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        table = connection.ops.quote_name(self.name)
        with connection.cursor() as cursor:
            # Names of our own models, quoted.
            cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608  # nosec B608
            while rows := cursor.fetchmany(CHUNK):
                for row in rows:
                    yield tuple(read(value) for read, value in zip(readers, row, strict=True))

    def _reader(self, name: str, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
        field = self.columns[name]
        column = Col(self.name, field, field)
        steps = connection.ops.get_db_converters(column) + field.get_db_converters(connection)

        def read(value: Any) -> Any:
            for step in steps:
                value = step(value, column, connection)
            if name in self._json and value is not None:
                return json.dumps(json.loads(value), sort_keys=True)
            return bytes(value) if isinstance(value, memoryview) else value

        return read

    def write(self, rows: Iterator[tuple[Any, ...]], connection: BaseDatabaseWrapper) -> int:
        """Insert ``rows``; return how many they were."""
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        table = connection.ops.quote_name(self.name)
        places = ", ".join(["%s"] * len(self.columns))
        # Names of our own models, quoted.
        insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  # nosec B608
        fields = list(self.columns.values())
        written = 0
        with connection.cursor() as cursor:
            while chunk := list(islice(rows, CHUNK)):
                cursor.executemany(
                    insert,
                    [
                        [
                            field.get_db_prep_save(value, connection)
                            for field, value in zip(fields, row, strict=True)
                        ]
                        for row in chunk
                    ],
                )
                written += len(chunk)
        return written

    def digests(self, connection: BaseDatabaseWrapper) -> dict[Any, bytes]:
        """Return a digest of each row by its key."""
        return {row[self.key]: _digest(row) for row in self.read(connection)}


def _digest(row: tuple[Any, ...]) -> bytes:
    text = "\0".join(map(_written, row))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _written(value: Any) -> str:
    """Return ``value`` in one form, whatever class a database has for it."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    return repr(value)
