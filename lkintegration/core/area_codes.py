"""Which place a German telephone number belongs to.

The list is that of the package phonenumbers, whose own look-up holds the places of the whole world
in memory: 100 MB. A test says when the two differ.
"""

from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("area_codes.txt")  # "7621 Lörrach", a line each


def place_of(national: str) -> str:
    """Return the place of a number without country code and leading 0; empty if there is none."""
    known = places()
    found = (known.get(national[:length]) for length in range(5, 1, -1))
    return next(filter(None, found), "")


@cache
def places() -> dict[str, str]:
    """Return the places of all German area codes."""
    rows = _LIST.read_text(encoding="utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows)
