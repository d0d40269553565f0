"""How passwords are hashed: with Argon2, one at a time in each worker.

A hash is made to be expensive. Without a bound, a handful of logins at once would take every
thread and core from readers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.contrib.auth import hashers

from lkintegration.accounts.refusals import NotCheckedError

PLACES: Final = 4  # threads of a worker that may hash or wait for it; all others are readers'
PATIENCE: Final = 5.0  # seconds that one of them waits for its turn
_places = threading.BoundedSemaphore(PLACES)
_turn = threading.BoundedSemaphore(1)


class HashingBusyError(NotCheckedError):
    """Too many passwords are being checked just now."""

    status = 503
    seconds = round(PATIENCE)

    def __str__(self) -> str:
        return "Gerade melden sich viele zugleich an. Bitte versuchen Sie es gleich noch einmal."


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for the turn to hash. Raises ``HashingBusyError`` where too many wait already."""
    if not _places.acquire(blocking=False):
        raise HashingBusyError
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise HashingBusyError
        try:
            yield
        finally:
            _turn.release()
    finally:
        _places.release()


class Argon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2id with the figures of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes."""

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1

    def encode(self, *args: Any, **kwargs: Any) -> str:
        with one_at_a_time():
            return super().encode(*args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        with one_at_a_time():
            return super().verify(*args, **kwargs)


class FormerHasher(hashers.PBKDF2PasswordHasher):
    """Checks the hashes of earlier versions of the site; a login replaces them."""

    def encode(self, *args: Any, **kwargs: Any) -> str:  # called by ``verify``, too
        with one_at_a_time():
            return super().encode(*args, **kwargs)
