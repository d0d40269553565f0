"""Types that mean something: ``Any`` stands only where a library gives none."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
MOST = {"lkintegration/core": 20}  # in 1,000 lines


@pytest.mark.parametrize(("room", "most"), MOST.items())
def test_a_room_says_of_what_type_things_are(room, most):
    code = [
        path.read_text(encoding="utf-8")
        for path in sorted(Path(ROOT, room).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    lines = sum(text.count("\n") for text in code)
    found = sum(len(re.findall(r"\bAny\b", text)) for text in code)

    assert lines > 1000
    assert found * 1000 <= most * lines, f"{room}: {found} in {lines} lines"
