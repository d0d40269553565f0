"""What to do while the database cannot be reached: answer at once, and look again soon."""

import time

from django.db import Error, close_old_connections, connection

from lkintegration.core.generation import Generation, current_generation

PAUSE = 2.0  # seconds without another attempt after the database could not be reached


class _Outage:
    """Until when (monotonic time) this process does not try; None while the database answers."""

    until: float | None = None


def ask_generation() -> Generation:
    """Return the generation of the content; note whether there is a connection to ask over.

    Raises ``django.db.Error`` where there is none.
    """
    try:
        found = current_generation()
    except Error:
        if connection.connection is None:
            _Outage.until = time.monotonic() + PAUSE
        raise
    _Outage.until = None
    return found


def is_away() -> bool:
    """Return whether the database cannot be reached.

    Waiting for a lost database takes seconds each time, and threads that wait serve nobody. So one
    request at a time tries, at most every ``PAUSE`` seconds, and all others are told at once.
    """
    if _Outage.until is None:
        return False
    now = time.monotonic()
    if now < _Outage.until:
        return True
    _Outage.until = now + PAUSE
    try:
        ask_generation()
    except Error:
        return True
    finally:
        close_old_connections()
    return False
