"""What the documents name is there: files, folders, make targets, commands."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.template import engines
from django.template.library import import_library

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
TOP = (
    "concept",
    "contacts",
    "deploy",
    "docs",
    "lkintegration",
    "locale",
    "offers",
    "static",
    "templates",
    "tests",
)
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
# A path or the end of one: `core/kinds.py`, `templates/components/`, `translation.py`.
# `<name>` and `*` stand for any name. What begins with a slash is an address of the site.
PATH = re.compile(
    r"(?!/)[\w./*<>-]*[\w*>](?:/|\.(?:css|html|json|lock|md|mjs|po|py|svg|toml|txt|ya?ml))"
)
MADE = {"var/"}  # by running


@cache
def paths() -> frozenset[str]:
    """Return every file and folder of the project, folders with a slash at their end."""
    found = {path.name for path in ROOT.iterdir() if path.is_file()}
    for top in TOP:
        found.add(f"{top}/")
        for path in (ROOT / top).rglob("*"):
            found.add(f"{path.relative_to(ROOT)}{'/' * path.is_dir()}")
    return frozenset(found)


def is_there(named: str) -> bool:
    """Return whether a path of the project is, or ends with, what is ``named``."""
    wanted = re.sub(
        r"\\\*|<[^<>]+>", r"[^/]+", re.escape(named).replace(r"\<", "<").replace(r"\>", ">")
    )
    return any(re.fullmatch(rf"(?:.*/)?{wanted}", path) for path in paths())


def code(document: Path) -> Iterator[str]:
    """Yield what a document shows as code."""
    text = document.read_text()
    for block in BLOCK.findall(text):
        yield from block.splitlines()
    yield from SPAN.findall(BLOCK.sub("", text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_is_there(document):
    named = {span for span in code(document) if PATH.fullmatch(span)} - MADE
    assert {path for path in named if not is_there(path)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    links = [link for link in LINK.findall(document.read_text()) if ":" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_there(document):
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    lines = list(code(document))
    made = {name for line in lines for name in re.findall(r"(?:^|[`\s])make ([a-z][a-z-]*)", line)}
    managed = {name for line in lines for name in re.findall(r"manage\.py ([a-z]\w*)", line)}
    assert made - targets == set()
    assert managed - set(get_commands()) == set()


NAME = re.compile(r"\b(?:[a-z]+_\w+|[A-Z][a-z]+[A-Z]\w*|\w+(?=\(\)))")  # of ours, by its form


def test_every_name_in_the_handbook_is_in_the_code():
    files = (
        path for top in TOP for path in (ROOT / top).rglob("*") if path.suffix in {".py", ".html"}
    )
    words = set(re.findall(r"\w+", " ".join(path.read_text() for path in files)))
    spans = {span for span in code(ROOT / "docs" / "developers.md") if not PATH.fullmatch(span)}
    assert {name for span in spans for name in NAME.findall(span)} - words == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_template_tag_is_there(document):
    engine = engines["django"].engine
    libraries = [*engine.template_builtins, *map(import_library, engine.libraries.values())]
    known = {name for library in libraries for name in library.tags}
    named = {tag for line in code(document) for tag in re.findall(r"{% *(\w+)", line)}
    assert {tag for tag in named - known if tag.removeprefix("end") not in known} == set()


def test_make_help_tells_of_every_command():
    """Those without a word to it prepare others."""
    makefile = (ROOT / "Makefile").read_text()
    told = set(re.findall(r"^([a-z][a-z-]*):.*## ", makefile, re.MULTILINE))
    phony = {
        name
        for line in re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
        for name in line.split()
    }
    assert phony - told == {"catalogs", "nu", "prepare"}
    assert told <= phony
