"""What the two commands that run as services have in common: rounds, until somebody ends them."""

import logging
import signal
from collections.abc import Callable
from threading import Event
from types import FrameType
from typing import Final

from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)

PAUSE: Final = 10  # seconds between two rounds


def ending_by_signal(end: Callable[[], None] = lambda: None) -> Event:
    """Return an event that TERM or an interruption sets; ``end`` is called then as well."""
    ending = Event()

    def answer(_signal: int, _frame: FrameType | None) -> None:
        ending.set()
        end()

    signal.signal(signal.SIGTERM, answer)
    signal.signal(signal.SIGINT, answer)
    return ending


def serve(do_round: Callable[[], object], ending: Event) -> None:
    """Call ``do_round`` until ``ending`` is set. A database that does not answer ends nothing."""
    while not ending.is_set():
        try:
            do_round()
        except DatabaseError:
            logger.exception("The database did not answer; trying again.")
        close_old_connections()
        ending.wait(PAUSE)
