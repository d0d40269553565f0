"""The catalogs are complete, unambiguous and in step with the code."""

import re
import shutil
import subprocess
import sys
from gettext import c2py
from pathlib import Path

import polib
import pytest
from babel import Locale

from lkintegration.core.languages import LANGUAGES, SOURCE
from tests.conftest import missing

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def catalog(locale: str, root: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(root / "locale" / locale / "LC_MESSAGES" / "django.po"))


LOCALES = [
    language.code.replace("de-simple", "de_Simple")
    for language in LANGUAGES
    if language.code != SOURCE
]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_is_complete(locale):
    entries = catalog(locale)
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_keeps_every_placeholder(locale):
    for entry in catalog(locale):
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(entry.msgid))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_has_all_plural_forms_of_its_language(locale):
    entries = catalog(locale)
    forms = int(re.search(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[1])
    for entry in entries:
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == forms


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_chooses_plural_forms_as_cldr_does(locale):
    """One category of CLDR, one form: "1 Ergebnis" must not read like "21 Ergebnisse"."""
    choose = c2py(re.search(r"plural=(.*?);", catalog(locale).metadata["Plural-Forms"])[1])
    category = Locale.parse(locale.split("_")[0]).plural_form
    forms: dict[str, set[int]] = {}
    for number in range(1001):
        forms.setdefault(category(number), set()).add(choose(number))
    assert {len(chosen) for chosen in forms.values()} == {1}, forms
    assert len({form for chosen in forms.values() for form in chosen}) == len(forms)


def test_the_catalogs_are_in_step_with_the_code(tmp_path):
    if not shutil.which("xgettext"):
        missing("GNU gettext (Debian: gettext)")
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in files:
        if name.startswith("tests/") or not name.endswith((".py", ".html", ".po")):
            continue
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "-l",
            "en",
            "--no-location",
            "--no-obsolete",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(tmp_path)},
    )
    wanted = {entry.msgid for entry in catalog("en", tmp_path)}
    for locale in LOCALES:
        assert {entry.msgid for entry in catalog(locale)} == wanted, locale
