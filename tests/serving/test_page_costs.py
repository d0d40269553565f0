"""What a page of each type asks and computes, in counts: no busy machine changes them.

Calls are those of Python functions. The limits leave about a tenth of room; a failure prints what
was counted, line by line, to be pasted here. Who makes a page cheaper lowers its line.
"""

import gc
import sys
import time
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lkintegration.core.generation import renew_generation
from tests.bench.budget import PAGES
from tests.serving.conftest import Site

# Other versions of Python make other calls of the same code: 3.12 none for a comprehension.
COUNTED_IN = (3, 11)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("connection_of_the_test"),
]
counts_calls = pytest.mark.skipif(
    sys.version_info[:2] != COUNTED_IN, reason="The calls were counted in another Python."
)


class Cost(NamedTuple):
    """Queries of a page that a worker shows for the first time; calls of one that it builds anew.

    Then the worker knows the content already: what it knows is asked for and built by the first.
    """

    queries: int
    calls: int


MOST = {
    "home": Cost(6, 2_900),
    "impressum": Cost(2, 2_900),
    "datenschutz": Cost(3, 2_900),
    "barrierefreiheit": Cost(3, 2_900),
    "beratung": Cost(6, 5_300),
    "angebote": Cost(5, 4_700),
    "kontakt": Cost(6, 7_300),
    "nachricht": Cost(2, 5_500),
    "barriere-melden": Cost(3, 6_400),
    "konzept": Cost(6, 3_000),
    "leitziele": Cost(4, 3_000),
    "aufgaben": Cost(5, 3_000),
    "woerter": Cost(4, 2_900),
    "suche": Cost(2, 3_600),
    "angebot": Cost(6, 6_100),
    "angebot-fehler": Cost(3, 5_100),
    "kontakt-person": Cost(3, 4_100),
    "kontakt-fehler": Cost(3, 5_100),
    "wort": Cost(3, 3_700),
    "beratung, answer": Cost(6, 6_100),
}
# Of a page from the page cache, also where only "nothing new" is sent, and whatever the page.
MOST_CALLS_FROM_CACHE = 22


class Clock:
    """Where the clock stands."""

    stand = 0.0


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch, clock):
    """Stop the clock: half a second after a look at the database a worker looks again."""
    clock.stand = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: clock.stand)
    gc.disable()
    yield
    gc.enable()


def calls_of(ask) -> int:
    """Return how many calls of Python functions ``ask`` makes."""
    number = 0

    def note(_frame, event, _argument):
        nonlocal number
        number += event == "call"

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return number


def cost_of(path: str, seasoned, clock: Clock) -> Cost:
    """Return what the page costs."""
    renew_generation()
    clock.stand += 1  # so that it is looked at
    seasoned("de")
    with CaptureQueriesContext(connection) as queries:
        Site().ask(path)
    number = len(queries)  # the next request clears the log
    Site().ask(path)  # what is computed once and then known, whatever the content
    site = Site()
    return Cost(number, calls_of(lambda: site.ask(path)))


def test_a_page_of_each_type_asks_and_computes_no_more_than_it_did(seasoned, clock):
    found = {name: cost_of(f"/de/{path}", seasoned, clock) for name, path in PAGES.items()}

    assert set(found) == set(MOST), lines(found)
    assert [name for name in MOST if found[name].queries > MOST[name].queries] == [], lines(found)
    if sys.version_info[:2] == COUNTED_IN:
        assert [name for name in MOST if found[name].calls > MOST[name].calls] == [], lines(found)


def lines(found: dict[str, Cost]) -> str:
    """Return the table above as it would be with what was counted, and a tenth of room."""
    return "\n" + "".join(
        f"    {name!r}: Cost({cost.queries}, {round(cost.calls * 1.1, -2):_.0f}),\n".replace(
            "'", '"'
        )
        for name, cost in found.items()
    )


@counts_calls
@pytest.mark.parametrize("path", ["/de/", "/ar/angebote/"])
def test_a_page_from_the_cache_is_sent_in_few_calls_and_builds_nothing(site, path):
    headers = {"HTTP_ACCEPT_ENCODING": "br"}
    tag = site.ask(path, **headers)[1]["ETag"]
    asks = [headers, headers | {"HTTP_IF_NONE_MATCH": tag}]
    statuses = [site.ask(path, **sent)[0] for sent in asks]

    calls = [calls_of(lambda sent=sent: site.ask(path, **sent)) for sent in asks]

    assert statuses == ["200 OK", "304 Not Modified"]
    assert site.built == 1
    assert max(calls) <= MOST_CALLS_FROM_CACHE
