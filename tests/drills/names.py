"""No name is found any more: the database's is asked for at every new connection."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests import server
from tests.drills import Row

# RFC 6761, section 6.4: no name below it is ever found.
NOWHERE = "postgres://site:secret@database.invalid:5432/site"
PAGES = ["/de/", "/ar/kontakt/", "/de/beratung/?alter=24", "/verwaltung/login/"]
LONGEST = 4.0  # seconds for the first answer


def run() -> Iterator[Row]:
    """Start a site whose database nobody finds."""
    with tempfile.TemporaryDirectory() as folder:
        for address in server.run(Path(folder), workers=2, DATABASE_URL=NOWHERE):
            yield _ask(address)


def _ask(address: str) -> Row:
    answers = [_answer(address + path) for path in PAGES]
    alive, _page, _seconds = _answer(f"{address}/health/live/")
    statuses = [status for status, _page, _seconds in answers]
    words = sum("410-5301" in page for _status, page, _seconds in answers)
    slowest = max(seconds for _status, _page, seconds in answers)
    return Row(
        "Workers start, and nobody knows the database's name",
        "alive; pages answer 503 in words with the office's number, within seconds",
        f"alive {alive}; {statuses.count(503)} of {len(PAGES)} 503, {words} with the number, "
        f"slowest {slowest:.1f} s",
        alive == 200 and statuses.count(503) == words == len(PAGES) and slowest <= LONGEST,
    )


def _answer(address: str) -> tuple[int, str, float]:
    started = time.monotonic()
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), time.monotonic() - started
    except HTTPError as answer:
        return answer.code, answer.read().decode(), time.monotonic() - started
