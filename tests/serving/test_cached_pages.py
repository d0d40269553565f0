"""What a worker keeps takes no more memory than it says."""

import tracemalloc

import pytest

from lkintegration.serving.cached_pages import CachedPage, Key, Shelf

pytestmark = pytest.mark.any_database

ROOM = 2_000_000


def page(number, *, body, query):
    """Return a page whose texts are its own, as if each request had brought them."""
    headers = [(f"X-Header-{turn}", f"{number}-{turn}" * 5) for turn in range(20)]
    key = Key("https", f"host-{number}", f"/de/{number}/", f"a={number}" + "x" * query)
    return key, CachedPage(headers, bytes([number % 256]) * body, f'"{number}"', float(number))


@pytest.mark.parametrize(("body", "query"), [(0, 0), (20, 4_000), (4_000, 0), (40_000, 10)])
def test_pages_take_no_more_memory_than_is_counted(body, query):
    shelf = Shelf(ROOM)
    tracemalloc.start()
    for number in range(ROOM // 2_000):
        shelf.keep(*page(number, body=body, query=query))
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert shelf.size <= ROOM
    assert taken <= ROOM
    assert len(shelf.entries) > 10
