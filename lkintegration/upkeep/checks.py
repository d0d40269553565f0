"""A system check: PostgreSQL's log holds nothing of readers (``check --database default``)."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error, connections

# What the server must be set to, so that it logs neither a failed statement with its values nor the
# rows that a constraint refused (PostgreSQL, "Error Reporting and Logging").
QUIET: Final = {
    "log_min_error_statement": {"panic", "fatal"},
    "log_error_verbosity": {"terse"},
}


@register(Tags.database)
def server_logs_no_texts(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report each setting by which the server writes what readers wrote into its log (W001)."""
    return [
        Warning(
            f"PostgreSQL schreibt in sein Protokoll, was Menschen geschrieben haben: {name} ist "
            f"„{value}“.",
            hint="docs/operations.md, Logs",
            id="upkeep.W001",
        )
        for alias in databases or ()
        for name, value in _settings(alias).items()
        if value not in QUIET[name]
    ]


def _settings(alias: str) -> dict[str, str]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*QUIET]])
            return dict(cursor.fetchall())
    except Error:
        return {}
