"""The number that the next record of a table gets.

It comes along: the number of a deleted record is never given again, since its history is still
there.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def position(model: type[models.Model], connection: BaseDatabaseWrapper) -> int:
    """Return the number that the newest record of a table got; 0 if it never had one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
        else:
            sequence = _sequence(model, connection)
            # A name that the server has just given us, quoted by it.
            cursor.execute(
                f"SELECT last_value FROM {sequence} WHERE is_called"  # noqa: S608  # nosec B608
            )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def set_position(model: type[models.Model], number: int, connection: BaseDatabaseWrapper) -> None:
    """Let the next record of a table get a number above ``number``."""
    if not number:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            name = model._meta.db_table
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, number])
        else:
            cursor.execute("SELECT setval(%s, %s)", [_sequence(model, connection), number])


def _sequence(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    column = model._meta.auto_field.column if model._meta.auto_field else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
        return str(cursor.fetchone()[0])
