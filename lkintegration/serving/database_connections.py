"""Connections to PostgreSQL that can be broken from outside, for when the server hangs."""

import os
import socket
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakSet

import psycopg
from psycopg.pq import TransactionStatus

_open: WeakSet["SiteConnection"] = WeakSet()
_open_guard = Lock()


def _all() -> list["SiteConnection"]:
    with _open_guard:
        return list(_open)


class SiteConnection(psycopg.Connection[Any]):
    """A connection of the pool (``OPTIONS["pool"]["connection_class"]``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with _open_guard:
            _open.add(self)

    @staticmethod
    def are_waiting() -> bool:
        """Return whether anybody waits for an answer over one of them."""
        return any(c.info.transaction_status == TransactionStatus.ACTIVE for c in _all())

    @staticmethod
    def cut_all() -> None:
        """Break the lines of all of them; who waits for an answer gets ``OperationalError``.

        A server whose processes hang keeps its lines up, so no timeout of the network ends the
        wait, and ``statement_timeout`` is the server's own.
        """
        for connection in _all():
            SiteConnection.cut(connection)

    @staticmethod
    def cut(connection: "psycopg.Connection[Any]") -> None:
        """Break the line of one connection, which another thread may be using."""
        with (
            suppress(OSError, psycopg.Error),  # it is closed already
            # A second name for the same line: closing it leaves the connection's own alone.
            socket.socket(fileno=os.dup(connection.fileno())) as line,
        ):
            line.shutdown(socket.SHUT_RDWR)
