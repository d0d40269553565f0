"""Whether the database answers: in each worker one thread looks for all others.

It asks for the token of the content, over a connection of its own, whenever a request needs a newer
look. So no reader waits longer than ``PATIENCE`` for a database that is gone or hangs, a pool
without a free connection is not taken for a lost database, and connections that a restart of the
server has left dead in the pool are gone before anybody gets one. While the database is away the
thread goes on asking; pages in memory are sent meanwhile, and all else is told at once.
"""

import logging
import time
from contextlib import suppress
from threading import Condition, Thread, Timer
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from lkintegration.core.generation import (
    Generation,
    current_generation,
    generation_seen_since,
    generation_seen_within,
)

logger = logging.getLogger(__name__)

TRUST = 0.5  # seconds for which a look holds
PATIENCE = 3.0  # seconds for an answer of the database (POSTGRESQL_OPTIONS says the same)
PAUSE = 0.5  # seconds between two attempts while the database is away, or others wait for it


class Watch:
    """The looks of one process. Its thread begins with the first of them: no fork loses it."""

    def __init__(self) -> None:
        self.is_away = False
        self._turn = Condition()
        self._wanted = float("-inf")  # monotonic time: a look since then would do
        self._thread: Thread | None = None

    def look(self) -> Generation | None:
        """Return the generation that holds now; None where the database cannot say.

        A look of the last half second will do. At once where the database is known to be away.
        """
        if seen := generation_seen_within(TRUST):
            return seen
        since = time.monotonic() - TRUST
        with self._turn:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._go_on, name="database watch", daemon=True)
                self._thread.start()
            self._wanted = max(self._wanted, since)
            self._turn.notify_all()
            self._turn.wait_for(lambda: self.is_away or generation_seen_since(since), PATIENCE)
        return generation_seen_since(since)

    def _go_on(self) -> None:
        pool = getattr(connection, "pool", None)  # of PostgreSQL; SQLite has none
        own = connection.copy()
        own.settings_dict["OPTIONS"].pop("pool", None)
        connections[DEFAULT_DB_ALIAS] = own  # of this thread
        while True:
            if self.is_away:
                time.sleep(PAUSE)
            elif not self._is_due() and not (pool and pool.connection_class.are_waiting()):
                continue
            self._ask(own, pool)

    def _is_due(self) -> bool:
        """Wait until somebody wants a newer look, or for a moment; return whether they do."""
        with self._turn:
            return self._turn.wait_for(lambda: not generation_seen_since(self._wanted), PAUSE)

    def _ask(self, own: Any, pool: Any) -> None:
        if not pool:
            own.close_if_unusable_or_obsolete()  # another file may be in the place of SQLite's
        known = own.connection
        alarm = Timer(PATIENCE, self._free_waiting, [own, pool])
        alarm.daemon = True
        alarm.start()
        failure = _try(own)
        if failure and known is not None:
            failure = _try(own)  # that connection may have died with a server that is back by now
        alarm.cancel()
        if pool and not failure and (self.is_away or own.connection is not known):
            pool.drain()
        self._tell(failure)

    def _free_waiting(self, own: Any, pool: Any) -> None:
        """Let all that wait for an answer of the database know that none comes."""
        self._tell(f"no answer for {PATIENCE:.0f} seconds")
        if pool:
            pool.connection_class.cut_all()
            if own.connection is not None:
                pool.connection_class.cut(own.connection)

    def _tell(self, failure: Error | str | None) -> None:
        with self._turn:
            if failure and not self.is_away:
                logger.error("The database is away, pages in memory go on: %s", failure)
            elif self.is_away and not failure:
                logger.warning("The database is back.")
            self.is_away = bool(failure)
            self._turn.notify_all()


def _try(own: Any) -> Error | None:
    """Look at the generation over this thread's connection; return what went wrong."""
    try:
        current_generation()
    except Error as error:
        with suppress(Error):
            own.close()
        return error
    return None


class _Here:
    """What looks at the database for this process; None where each request does so for itself."""

    watch: Watch | None = None


def watch_database() -> None:
    """Let one thread look at the database for all that serve readers."""
    _Here.watch = Watch()


def look() -> Generation | None:
    """Return the generation that holds now; None where the database cannot say."""
    if _Here.watch:
        return _Here.watch.look()
    try:
        return current_generation()
    except Error:
        return None


def is_away() -> bool:
    """Return whether the database is known not to answer; look, if nobody has just now."""
    if _Here.watch:
        _Here.watch.look()
    return _Here.watch is not None and _Here.watch.is_away
