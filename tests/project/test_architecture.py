"""What import-linter cannot see: rooms that are named in strings, signals, and hooks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.picture import ROOT, Room, home, rooms, settings

pytestmark = pytest.mark.any_database

ROOMS = rooms(settings())
HANDBOOK = ROOT / "docs" / "developers.md"
TO_SERVERS = {"psycopg", "self", "_engine", "connection"}  # a line to a server is no signal
CONNECTION = re.compile(r"\b(\w+)\.connect\(|@receiver\(\[?(\w+)")
# A row of the table of signals: `file`, `signal`, why.
ROW = re.compile(r"^\| `([\w/]+\.py)` \| `(\w+)` \| .+ \|$", re.MULTILINE)


def modules() -> Iterator[Path]:
    """Yield every file of code, migrations aside: they tell of the past."""
    for package in settings()["root_packages"]:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def room_of(path: Path) -> Room | None:
    """Return the room that a file belongs to; settings and the like are in none."""
    return home(".".join(path.relative_to(ROOT).with_suffix("").parts), ROOMS)


def names_of(room: Room) -> set[str]:
    """Return how a string may name ``room``: by its path, or by the label of its app."""
    labels = {config.label for config in apps.get_app_configs() if config.name == room.name}
    return {room.name, *labels}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and value of each string that is no docstring and no label of a table.

    Some tables are older than the room they are in and keep the label of the app that made them.
    """
    tree = ast.parse(path.read_text())
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    labels = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "app_label"
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in [*docstrings, *labels]:
            yield node.lineno, str(node.value)


def names_above(here: Room) -> re.Pattern[str]:
    """Return an expression for strings that name a room above ``here`` or something in it."""
    above = sorted(name for room in ROOMS if room.row < here.row for name in names_of(room))
    return re.compile(rf"(?:admin:)?(?:{'|'.join(map(re.escape, above))})(?:[._-].*)?", re.DOTALL)


def test_no_room_names_one_above_it_in_a_string():
    """Values of choices aside: a reader may write to us about "concept"."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in modules()
        if path.name != "enums.py" and (here := room_of(path)) and here.row > 0
        for line, text in strings(path)
        if names_above(here).fullmatch(text)
    ]
    assert found == []


def test_every_signal_stands_in_the_table_with_its_reason():
    connected = {
        (str(path.relative_to(ROOT)), name or of_decorator)
        for path in modules()
        for name, of_decorator in CONNECTION.findall(path.read_text())
        if name not in TO_SERVERS
    }
    assert connected == set(ROW.findall(HANDBOOK.read_text()))


def test_nothing_is_assigned_to_a_class_or_module_at_start_up():
    """What a lower room needs of an upper one, the upper one declares."""
    assigned = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in modules()
        if path.name == "apps.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Global)
        if not all(isinstance(t, ast.Name) for t in getattr(node, "targets", [None]))
    ]
    assert assigned == []


def test_no_worker_holds_at_its_start_openpyxl():
    """It takes 7 MB of the 75 that a worker may have then."""
    at_import = re.compile(r"^(?:from|import) openpyxl\b", re.MULTILINE)
    assert [path.name for path in modules() if at_import.search(path.read_text("utf-8"))] == []
