"""Compares every public page with another revision: ``make compare`` (AGAINST=main).

Proves that only white space of the pages has changed: both states of the code fill a database of
their own with their own content and answer the same addresses at the same moment.
"""

import argparse
import difflib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from lkintegration.core.catalogs import compile_catalogs
from lkintegration.core.languages import BY_CODE
from tests.render_pages import Page
from tests.server import ROOT

RENDERER = Path(__file__).with_name("render_pages.py")
DATABASE = "compare.sqlite3"
MARKUP = "markup"
MOST_GROUPS, MOST_LINES, MOST_NAMES = 20, 40, 6  # that are printed


class Visit(NamedTuple):
    """An address, and what a reader enters into the form there; None: only looks at it."""

    path: str
    data: dict[str, str] | None = None

    @property
    def name(self) -> str:
        """Return what tells the visit from all others."""
        return self.path if self.data is None else f"{self.path} POST {urlencode(self.data)}"


def visits(codes: list[str]) -> list[Visit]:
    """Return every public address in the languages ``codes``, with its forms; needs a database."""
    from contacts.models import ContactPerson
    from lkintegration.pages.sitemaps import parts
    from lkintegration.serving.addresses import Use, public_addresses
    from tests.browser.pages import PATHS
    from tests.site.pages import record_paths

    addresses = list(public_addresses())
    persons = ContactPerson.objects.published().order_by("slug").values_list("slug", flat=True)
    answers = ["alter=0", "alter=11&sprache=ar", "alter=27&ort=08336050", "thema=arbeit", "seite=2"]
    paths = dict.fromkeys(
        [
            *(address.rest for address in addresses if address.languages != ("",)),
            *PATHS.values(),
            *(f"{page}?{answer}" for page in ("beratung/", "angebote/") for answer in answers),
            "angebote/gibt-es-nicht/",
        ]
    )
    wrong = {"text": "…", "email": "eva@", "telefon": "12", "name": "http://a.de", "sprache": "xx"}
    sent = {"text": "Die Schrift ist zu klein.", "sprache": "de"}
    seen = {*record_paths()}  # forms of one record of each kind
    filled_in = [
        address
        for address in addresses
        if address.use is Use.FORM and (address.record is None or address.rest in seen)
    ]
    forms = [
        *((address.rest, data) for address in filled_in for data in ({}, wrong)),
        *((a.rest, sent) for a in filled_in if a.name == "angebot-fehler"),
        ("barriere-melden/", sent | {"seite": "/de/kontakt/"}),
        *((f"kontakt/{slug}/e-mail/", {}) for slug in persons),
    ]
    machines = [
        *(address.path("") for address in addresses if address.languages == ("",)),
        *(f"/sitemap-{name}.xml" for name in parts()),
    ]
    return [
        *(Visit(path) for path in ("/", *machines, "/gibt-es-nicht/")),
        *(Visit(f"/{code}/{path}") for code in codes for path in paths),
        *(Visit(f"/{code}/qr/?seite=/{code}/angebote/") for code in codes),
        *(Visit(f"/{code}/{path}", data) for code in codes for path, data in forms),
    ]


def changes(old: Page, new: Page) -> list[str]:
    """Return the differences between two pages, section by section, as a unified diff."""
    lines: list[str] = []
    for section in dict.fromkeys([*old, *new]):
        before, after = old.get(section, []), new.get(section, [])
        if before != after:
            diff = difflib.unified_diff(before, after, section, section, lineterm="", n=1)
            lines += islice(diff, 1, None)  # without the second of two equal headings
    return lines


def report(old: dict[str, Page], new: dict[str, Page]) -> str:
    """Return what differs between pages, by address; the same difference is told once."""
    told: dict[tuple[str, ...], list[str]] = {}
    names = defaultdict(list)
    for name in dict.fromkeys([*old, *new]):
        if found := changes(old.get(name, {}), new.get(name, {})):
            change = tuple(line for line in found if line[0] in "+-")
            told.setdefault(change, found)
            names[change].append(name)
    lines = []
    for change, found in islice(told.items(), MOST_GROUPS):
        lines += [*_bounded(names[change], MOST_NAMES), *_bounded(["", *found, ""], MOST_LINES)]
    if len(told) > MOST_GROUPS:
        lines += [f"… and {len(told) - MOST_GROUPS} more kinds of differences"]
    return "\n".join(lines)


def _bounded(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more"]


def checkout(revision: str, folder: Path) -> Path:
    """Write the files of ``revision`` to ``folder``, which is returned."""
    archive = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


class Side:
    """One of the two states of the code, with a database of its own in ``folder``."""

    def __init__(self, root: Path, folder: Path, moment: str) -> None:
        self.root, self.folder, self.moment = root, folder, moment
        self.variables = {
            "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
            "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        }

    def begin(self, command: str, *files: Path) -> subprocess.Popen[bytes]:
        """Start the renderer."""
        return subprocess.Popen(
            [sys.executable, str(RENDERER), command, self.moment, *map(str, files)],
            cwd=self.root,
            env=os.environ | self.variables,
            stderr=(self.folder / "errors.txt").open("wb"),
        )

    def failure(self) -> str:
        """Return the end of what the renderer said when it failed."""
        return f"{self.root}: {(self.folder / 'errors.txt').read_text()[-4000:]}"

    def pages(self) -> dict[str, Page]:
        """Return what it rendered."""
        found: dict[str, Page] = json.loads((self.folder / "pages.json").read_text())
        return found


def run(sides: list[Side], command: str, *files: Path) -> None:
    """Let both sides work at the same time; end with what they said if one fails."""
    begun = [
        (side, side.begin(command, *files, *([side.folder / "pages.json"] if files else [])))
        for side in sides
    ]
    if failed := [side.failure() for side, process in begun if process.wait()]:
        sys.exit("\n".join(failed))


def plan(side: Side, codes: list[str]) -> list[Visit]:
    """Return the visits, read from the code here and the database of ``side``."""
    import django

    os.environ.update(side.variables)
    django.setup()
    return visits(codes)


def pages(revision: str, codes: list[str], moment: str, folder: Path) -> list[dict[str, Page]]:
    """Return the pages of ``revision`` and those of the files here."""
    folders = [folder / name for name in ("old", "new", "code")]
    for each in folders:
        each.mkdir()
    old = Side(checkout(revision, folders[2]), folders[0], moment)
    new = Side(ROOT, folders[1], moment)
    for side in (old, new):
        compile_catalogs(side.root / "locale")
    run([old, new], "prepare")
    addresses = folder / "visits.json"
    addresses.write_text(json.dumps([{"name": v.name, **v._asdict()} for v in plan(new, codes)]))
    run([old, new], "render", addresses)
    return [old.pages(), new.pages()]


def without(section: str, pages: dict[str, Page]) -> dict[str, Page]:
    """Return ``pages`` without one section."""
    return {
        name: {key: lines for key, lines in page.items() if key != section}
        for name, page in pages.items()
    }


def main() -> int:
    """Compare, print, and return how the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", default="HEAD", help="the other revision (HEAD)")
    parser.add_argument("--languages", default="", help="codes, separated by commas (all)")
    parser.add_argument("--at", default=f"{datetime.now():%Y-%m-%dT%H:%M:00}", help="moment (now)")
    parser.add_argument("--markup", action="store_true", help="every element and attribute as well")
    options = parser.parse_args()
    codes = options.languages.split(",") if options.languages else list(BY_CODE)
    with tempfile.TemporaryDirectory() as folder:
        sides = pages(options.against, codes, options.at, Path(folder))
    old, new = sides if options.markup else [without(MARKUP, side) for side in sides]
    found = report(old, new)
    verdict = f"something differs from {options.against}." if found else "nothing differs."
    counted = f"{len(new)} addresses in {len(codes)} languages"
    sys.stdout.write(f"{found}\n\n" * bool(found) + f"{counted}: {verdict}\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
