"""The database of the site as Django knows it, and as backups need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from psycopg import pq

from lkintegration.upkeep.backup.engine import Engine
from lkintegration.upkeep.backup.postgresql import PostgreSQL
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.sqlite import SQLite


def site_database() -> Engine:
    """Return the database that Django is connected to; ``BackupError`` if it is in memory."""
    if connection.vendor == "postgresql":
        known = {default.keyword.decode() for default in pq.Conninfo.get_defaults()}
        found = connection.get_connection_params()
        return PostgreSQL({key: str(found[key]) for key in known & found.keys()})
    name = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        raise BackupError("Eine Datenbank im Arbeitsspeicher lässt sich nicht sichern.")
    return SQLite(Path(name))


@contextmanager
def django_at(name: str) -> Iterator[None]:
    """Let Django work on another database on the same server, or in another file.

    Not by a second alias: migrations of data name none, and would change the live database. For
    commands only, since it holds for the whole process.
    """
    former = connection.settings_dict["NAME"]
    _leave()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        _leave()
        connection.settings_dict["NAME"] = former


def _leave() -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
