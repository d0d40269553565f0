"""Names what nothing uses, with vulture: ``python -m tests.find_dead_code``, part of ``make lint``.

Vulture reads Python alone. Here templates count as users too, and so do names that Django takes as
strings (``"contacts.views.page"``, ``list_display``) or keywords (``filter(hours__weekday=1)``).
What only tests use is dead. Conventions of Django stand in pyproject.toml (``tool.vulture``).
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from vulture import Vulture
from vulture.config import make_config
from vulture.core import Item

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
TAG = re.compile(r"\{[{%].*?[%}]\}")
NAME = re.compile(r"[A-Za-z_]\w*")
DOTTED = re.compile(r"[-.]?[A-Za-z_][\w.]*")  # "-order" sorts backwards, f"{__name__}.page"
# Django and libraries read settings by name, and choices are data.
DATA = ("*/settings/*.py", "*/enums.py")


def named_in_template(source: str) -> set[str]:
    """Return the names in the tags and variables of a template."""
    return {name for tag in TAG.findall(source) for name in NAME.findall(tag)}


def named_in_code(source: str) -> set[str]:
    """Return the names that code gives as strings and keywords."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg:
            found.update(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and DOTTED.fullmatch(str(node.value)):
            found.update(re.split(r"\.|__", str(node.value).lstrip("-.")))
    return found


def asked_by_tests(source: str) -> set[str]:
    """Return the fixtures that tests get, their classes, and what code in a string imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and "TestCase" in map(ast.unparse, node.bases):
            found.add(node.name)
        elif isinstance(node, ast.Constant) and "import " in str(node.value):
            found.update(NAME.findall(str(node.value)))
        elif isinstance(node, ast.FunctionDef):
            found.update(argument.arg for argument in node.args.args)
            if any("autouse=True" in ast.unparse(call) for call in node.decorator_list):
                found.add(node.name)
    return found


def unused(paths: Iterable[Path], names: set[str]) -> Iterator[Item]:
    """Yield what nothing in ``paths`` uses and what none of ``names`` is."""
    config = make_config([str(path) for path in paths])
    vulture = Vulture(
        ignore_names=config["ignore_names"], ignore_decorators=config["ignore_decorators"]
    )
    vulture.scavenge(config["paths"], exclude=config["exclude"])
    vulture.used_names.update(names)
    for item in vulture.get_unused_code():
        is_data = any(fnmatch(str(item.filename), pattern) for pattern in DATA)
        if not (is_data and item.name.isupper()):
            yield item


def sources(paths: Iterable[Path], pattern: str) -> list[str]:
    """Return the content of the files in ``paths`` whose names match ``pattern``."""
    return [file.read_text() for path in paths for file in sorted(path.rglob(pattern))]


def find(rooms: list[Path]) -> list[Item]:
    """Return what is dead in ``rooms``, and then what is in the tests."""
    names: set[str] = set()
    for source in sources([ROOT / "templates"], "*.*"):
        names |= named_in_template(source)
    for source in sources(rooms, "*.py"):
        names |= named_in_code(source)
    dead = list(unused(rooms, names))
    for source in sources([TESTS], "*.py"):
        names |= named_in_code(source) | asked_by_tests(source)
    return dead + [
        item for item in unused([*rooms, TESTS], names) if TESTS in Path(item.filename).parents
    ]


def main() -> int:
    """Print what is dead; return how the process ends."""
    rooms = [ROOT / path for path in make_config([])["paths"]]
    dead = find(rooms)
    for item in dead:
        sys.stdout.write(f"{item.get_report()}\n")
    return bool(dead)


if __name__ == "__main__":
    sys.exit(main())
