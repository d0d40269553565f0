"""System checks: what the search needs of the database (``check --database default``)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError
from django.db import connections


@register(Tags.database)
def sqlite_has_full_text_search(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an SQLite that was built without FTS5 (E001)."""
    return [
        Error(
            "SQLite kann auf diesem Rechner keine Volltextsuche (FTS5).",
            hint="Nehmen Sie ein Python, dessen SQLite mit FTS5 gebaut ist, oder PostgreSQL.",
            id="search.E001",
        )
        for alias in databases or ()
        if not _has_full_text_search(alias)
    ]


def _has_full_text_search(alias: str) -> bool:
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return True  # no database yet
