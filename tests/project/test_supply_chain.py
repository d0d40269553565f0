"""What is delivered with the site may be delivered with software under the EUPL."""

import json
import re
import subprocess
import sys
from functools import cache

import pytest
from packaging.requirements import Requirement

from tests.project.test_documents import ROOT

pytestmark = pytest.mark.any_database

TABLE = ROOT / "docs" / "lizenzen.md"
LOCKED = re.compile(r"^([\w.-]+==[^\\]+)", re.MULTILINE)
# Permissive, or share-alike for their own files or library only. Article 5 of the EUPL lets each go
# on under its own terms beside our code; under the GPL or AGPL it could not.
ALLOWED = re.compile(
    r"(?:MIT(?:-0)?|BSD(?:-[23]-Clause)?|Apache(?:-2\.0)?|ISC|PSF-2\.0|Unlicense|LGPL-3\.0-only|"
    r"MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\))(?: Software)?(?: License)?",
)
# Packages whose metadata names no licence, and what the file LICENSE in them begins with.
BY_FILE = {"pyrage": ("MIT", "The MIT License (MIT)")}
HEAD = """\
# Lizenzen der Pakete

Was mit der Website ausgeliefert wird (`requirements.txt`), und unter welcher Lizenz. Ein Test
schreibt diese Seite und lässt nur Lizenzen zu, die neben der EUPL-1.2 bestehen. Die Fassungen nennt
`make sbom`, die Prüfsummen stehen in `requirements.txt`.

| Paket | Lizenz |
|---|---|
"""


@cache
def licences() -> dict[str, str]:
    """Return the licence of every package that production installs, by the package's name."""
    lines = LOCKED.findall((ROOT / "requirements.txt").read_text())
    needs = [Requirement(line) for line in lines]
    locked = [need.name for need in needs if need.marker is None or need.marker.evaluate()]
    command = [sys.executable, "-m", "piplicenses", "--format", "json", "--with-system"]
    command += ["--with-license-file", "--no-license-path"]
    answer = subprocess.run(
        [*command, "--packages", *locked], capture_output=True, check=True, text=True
    )
    found = {row["Name"]: licence(row) for row in json.loads(answer.stdout)}
    assert {normal(name) for name in found} == {normal(name) for name in locked}
    return found


def licence(row: dict[str, str]) -> str:
    name, first_words = BY_FILE.get(row["Name"], (row["License"], ""))
    return name if row["LicenseText"].startswith(first_words) else row["License"]


def normal(name):
    """Return a package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_licence_goes_with_ours():
    def is_allowed(licence):
        return all(ALLOWED.fullmatch(part) for part in re.split(r" (?:AND|OR) |; ", licence))

    assert {name: found for name, found in licences().items() if not is_allowed(found)} == {}


def test_the_page_names_every_package():
    rows = (f"| {name} | {licences()[name]} |\n" for name in sorted(licences(), key=str.lower))
    page = HEAD + "".join(rows)
    if not TABLE.exists() or TABLE.read_text(encoding="utf-8") != page:
        TABLE.write_text(page, encoding="utf-8")
        pytest.fail("docs/lizenzen.md was behind requirements.txt and is written anew.")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_is_pinned_with_its_digests(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert [entry for entry in entries if not re.match(r"[\w.\[\]-]+==", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert (
        re.search(r"^\s*--(?:index|extra-index|find-links|trusted)|https?://", text, re.MULTILINE)
        is None
    )
