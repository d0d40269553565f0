"""System checks: what the search needs, of the database too (``check --database default``)."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError
from django.db import connections


@register()
def opensearch_is_installed(**kwargs: Any) -> list[CheckMessage]:
    """Report an OpenSearch server that is set without the package that asks it (E002)."""
    if not settings.SEARCH_URL or find_spec("opensearchpy"):
        return []
    return [
        Error(
            "SEARCH_URL nennt einen OpenSearch-Server, aber das Paket opensearch-py fehlt.",
            hint="Installieren Sie es, wie docs/operations.md es sagt, oder lassen Sie SEARCH_URL "
            "leer: Dann sucht die Datenbank.",
            id="search.E002",
        )
    ]


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
