"""Names say what a thing is (docs/developers.md, "Words"); some words said seven things at once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("lkintegration", "contacts", "offers", "concept", "tests")
# Instead: memo, draft, revision, shielded, generation … The second ones have other uses as parts.
GONE = {"kept", "prepared", "apart", "recent"}
GONE_AS_WHOLE = {"trusted", "door", "doors", "knock", "eyes", "one_look"}


def names_in(path: Path) -> Iterator[str]:
    """Yield the names of variables, functions, classes and arguments; those of tests are prose."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.ClassDef(name=name):
                yield name
            case ast.FunctionDef(name=name) if not name.startswith("test_"):
                yield name


def is_gone(name: str) -> bool:
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")
    return name in GONE_AS_WHOLE or bool(GONE & set(parts))


def test_no_name_is_one_of_the_words_that_said_everything():
    paths = [path for room in ROOMS for path in Path(ROOT, room).rglob("*.py")]
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in names_in(path)
        if is_gone(name)
    }

    assert len(paths) > 300
    assert found == set()
