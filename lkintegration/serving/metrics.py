"""What one worker counts of its answers, for Prometheus.

Labels come from the code alone: no address, no parameter, nothing of a reader. Each worker writes
into a file of its own (``gunicorn_config``); whichever is asked adds all of them up.
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from django.conf import settings
from prometheus_client import Counter, Gauge, Histogram

from lkintegration.core.languages import BY_CODE

ANSWERS: Final = Counter(
    "lkintegration_answers", "Answers that Django gave, cached pages left out.", ["area", "status"]
)
SECONDS: Final = Histogram(
    "lkintegration_answer_seconds",
    "How long Django took for an answer.",
    ["area"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
CACHED_SENT: Final = Counter("lkintegration_cached_pages_sent", "Answers with a page from memory.")
REMEMBERED: Final = Gauge(
    "lkintegration_remembered", "Things in memory.", ["kind"], multiprocess_mode="sum"
)
CACHED: Final = Gauge("lkintegration_cached_pages", "Pages in memory.", multiprocess_mode="sum")
CACHED_BYTES: Final = Gauge(
    "lkintegration_cached_page_bytes", "Bytes of pages in memory.", multiprocess_mode="sum"
)
_PAUSE: Final = 1.0  # seconds between two looks at what is in memory

# How many things of each kind are remembered.
Sizes = dict[str, int]
# How many pages were sent from memory since the start, how many are there, and how many bytes.
Counts = tuple[int, int, int]


def count_answer(path: str, status: int, seconds: float) -> None:
    """Count an answer of Django to a request for ``path``."""
    area = _area(path)
    ANSWERS.labels(area, status).inc()
    SECONDS.labels(area).observe(seconds)


def _area(path: str) -> str:
    if path.startswith(settings.ADMIN_PATH):
        return "admin"
    return "page" if path.partition("/")[2].partition("/")[0] in BY_CODE else "other"


class _Memory:
    """What this worker has in memory, and how much of it is written down."""

    lock = Lock()
    count_pages: Callable[[], Counts] | None = None
    count_things: Callable[[], Sizes] = dict
    sent, next_look = 0, 0.0
    kinds: frozenset[str] = frozenset()


def watch_memory(count_pages: Callable[[], Counts], count_things: Callable[[], Sizes]) -> None:
    """Let these be asked for what the page cache and the memo count by themselves.

    Writing each page into the shared file would cost readers something; so the cache adds one to a
    number under a lock that it holds anyway, and the worker writes that down once in a second.
    """
    _Memory.count_pages, _Memory.sent = count_pages, 0
    _Memory.count_things = count_things


def note_memory() -> None:
    """Write down what is new."""
    if _Memory.count_pages is None:
        return
    with _Memory.lock:
        sent, pages, size = _Memory.count_pages()
        CACHED_SENT.inc(sent - _Memory.sent)
        CACHED.set(pages)
        CACHED_BYTES.set(size)
        sizes = _Memory.count_things()
        _Memory.kinds |= sizes.keys()
        for kind in _Memory.kinds:
            REMEMBERED.labels(kind).set(sizes.get(kind, 0))
        _Memory.sent, _Memory.next_look = sent, time.monotonic() + _PAUSE


def note_memory_sometimes() -> None:
    """Write down what is new, unless that has just been done."""
    if time.monotonic() >= _Memory.next_look:
        note_memory()
