"""A flood of addresses that nobody needs pushes no page out of memory, and fills none.

Two workers as ``make run`` has them. Real pages are asked for before and afterwards: how many come
from memory is counted by the workers themselves.
"""

import random
import re
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.load import memory
from tests.bench.servers import paths_in_sitemap
from tests.drills import Row
from tests.readers import Readers
from tests.server import children, free_port, gunicorn_at, serve

NUMBER, READERS = 100_000, 8
REAL_PAGES, ROUNDS = 300, 4  # the real pages are asked for so often before it counts
OVER = 0.03  # of the real pages say what is open now, and are built anew once that is over
MOST_MEMORY = 160  # MB of a worker (PSS): its pages and answers may take 64 of them
SENT = re.compile(r"^lkintegration_cached_pages_sent_total (\S+)", re.MULTILINE)


class Flood(Sequence[str]):
    """Addresses that differ, made while they are asked for: each once."""

    def __init__(self) -> None:
        self._chance = random.Random(1)  # noqa: S311  (nothing secret)
        self._number = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(_JUNK)

    def __getitem__(self, kind: int) -> str:  # type: ignore[override]
        with self._lock:
            self._number += 1
            return _JUNK[kind].format(self._number, self._chance.randrange(10**6))


_JUNK = [
    "/de/?utm={}-{}",
    "/de/angebote/?seite={}&x={}",
    "/de/angebote/?thema=sprache&thema=t{}-{}",
    "/de/beratung/?alter={}&ort={}",
    "/uk/beratung/?ort=08336081&alter=x{}y{}",
    "/de/suche/?q=wort{}x{}",
    "/de/gibt-es-nicht-{}-{}/",
    "/ar/kontakt/?{}={}",
]


def run() -> Iterator[Row]:
    """Fill the memory with real pages, flood it, and ask for the real pages again."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        for address in serve(Path(folder), workers=2, METRICS_PORT=str(port)):
            pages = random.Random(1).sample(_pages(address), REAL_PAGES)  # noqa: S311
            for _round in range(ROUNDS):
                _ask(address, pages)
            before = _share_from_memory(address, pages, port)
            workers = children(gunicorn_at(address))
            at_first = max(map(memory, workers))
            with Readers(address, Flood(), readers=READERS, pause=0) as flood:
                while len(flood.answers) < NUMBER:
                    time.sleep(1)
            afterwards = _share_from_memory(address, pages, port)
            at_last = max(map(memory, workers))
        failed = len(flood.failed())
        yield Row(
            f"{NUMBER:,} addresses, each another one: unknown parameters, invented pages, "
            "searches, answers",
            f"as many of {REAL_PAGES} real pages come from memory as before, 0 failed, a worker "
            f"takes ≤ {MOST_MEMORY} MB",
            f"{before:.0%} before, {afterwards:.0%} afterwards; {failed} failed; "
            f"{at_first:.0f} MB before, {at_last:.0f} MB afterwards",
            afterwards >= before - OVER and not failed and at_last <= MOST_MEMORY,
        )


def _pages(address: str) -> list[str]:
    def fetch(path: str) -> bytes:
        with urllib.request.urlopen(address + path) as answer:  # noqa: S310  (our own)
            return answer.read()

    return paths_in_sitemap(fetch("/sitemap.xml"), fetch)


def _share_from_memory(address: str, pages: list[str], port: int) -> float:
    first = _sent_from_memory(port)
    _ask(address, pages)
    return (_sent_from_memory(port) - first) / len(pages)


def _sent_from_memory(port: int) -> float:
    time.sleep(3)  # each worker writes down what it counts once in a second
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return sum(map(float, SENT.findall(answer.read().decode())))


def _ask(address: str, pages: list[str]) -> None:
    for page in pages:
        with urllib.request.urlopen(address + page) as answer:  # noqa: S310
            answer.read()
