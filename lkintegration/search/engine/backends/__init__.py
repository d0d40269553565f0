"""The index in the site's own database: modelsearch's, with what ranking of our own makes simpler.

``settings.MODELSEARCH_BACKENDS`` names this package, or ``opensearch`` in it where ``SEARCH_URL``
is set; modelsearch calls ``SearchBackend``.
"""

from typing import Any

from django.db import connection


class SearchIsAway(Exception):  # noqa: N818  (a state of the server, no mistake of the caller)
    """The server of the index does not answer, or not as it should."""


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (the name that modelsearch wants)
    """Return the backend for the database of the site."""
    if connection.vendor == "postgresql":
        from lkintegration.search.engine.backends.postgresql import (  # noqa: PLC0415
            PostgreSQLBackend,
        )

        return PostgreSQLBackend(params)
    from lkintegration.search.engine.backends.sqlite import SQLiteBackend  # noqa: PLC0415

    return SQLiteBackend(params)
