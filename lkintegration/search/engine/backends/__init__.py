"""The index in the site's own database: modelsearch's, with what ranking of our own makes simpler.

``settings.MODELSEARCH_BACKENDS`` names this package; modelsearch calls ``SearchBackend``.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (the name that modelsearch wants)
    """Return the backend for the database of the site."""
    if connection.vendor == "postgresql":
        from lkintegration.search.engine.backends.postgresql import (  # noqa: PLC0415
            PostgreSQLBackend,
        )

        return PostgreSQLBackend(params)
    from lkintegration.search.engine.backends.sqlite import SQLiteBackend  # noqa: PLC0415

    return SQLiteBackend(params)
