"""Work on the database that one process at a time may do: migrations, loading the content files."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

KEY = 1_818_101_112  # any number, the same for every process of the site


class DatabaseBusyError(Exception):
    """Another process is doing such work. Its text is for operators."""

    def __init__(self) -> None:
        super().__init__(
            "Auf dieser Datenbank laufen gerade Migrationen, oder Inhalte werden geladen. "
            "Warten Sie, bis das fertig ist, und starten Sie den Befehl dann noch einmal."
        )


@contextmanager
def alone_on_database() -> Iterator[None]:
    """Do what is inside the ``with`` block while no other process does the same.

    Raises ``DatabaseBusyError`` at once if one does. The lock ends with its process, however that
    ends: it belongs to the connection, or to an open file beside the database.
    """
    held = _on_server() if connection.vendor == "postgresql" else _beside_file()
    with held:
        yield


@contextmanager
def _on_server() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise DatabaseBusyError
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def _beside_file() -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    if "memory" in name.rpartition("/")[2]:  # ":memory:", "file:…?mode=memory": nobody else's
        yield
        return
    # Not the database itself: SQLite loses its own locks when the process closes it anywhere.
    with Path(f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseBusyError from error
        yield
