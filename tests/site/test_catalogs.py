"""The catalogs are complete, unambiguous and in step with the code."""

import ast
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


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> polib.POFile:
    """Return what the code asks the catalogs for, and where."""
    if not shutil.which("xgettext"):
        missing("GNU gettext (Debian: gettext)")
    here = tmp_path_factory.mktemp("checkout")
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
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, here / name)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-obsolete"],
        cwd=here,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(here)},
    )
    return catalog("en", here)


def test_the_catalogs_are_in_step_with_the_code(asked):
    wanted = {(entry.msgctxt, entry.msgid) for entry in asked}
    for locale in LOCALES:
        assert {(entry.msgctxt, entry.msgid) for entry in catalog(locale)} == wanted, locale


ASKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}


def test_every_message_of_the_code_is_found_by_who_collects_them(asked):
    """What collects messages does not look inside an f-string."""
    known = {entry.msgid for entry in asked}
    files = subprocess.run(
        ["git", "ls-files", "*.py", ":!tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    calls = [
        node
        for name in files
        for node in ast.walk(ast.parse((ROOT / name).read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ASKS
    ]
    messages = {
        call.args["pgettext" in call.func.id].value
        for call in calls
        if isinstance(call.args["pgettext" in call.func.id], ast.Constant)
    }
    assert len(messages) > 100
    assert messages - known == set()


# Asked for in several places, and read there: it means the same in each. A word or question that
# does not ("Worum geht es?" of a message and of a search) is asked for with a context.
MEANS_THE_SAME = {
    *("Alter", "Angebote", "Anrufen", "Aufgaben", "Beratung", "Datenschutz", "Integration"),
    *("Integrationskonzept", "Leitziele", "Startseite", "Telefon", "Themen", "Website:"),
    "Kontakt",  # whom to ask about a service
    "Sprachen",  # spoken there
    *("Welche Beratung passt zu mir?", "Wie alt sind Sie?"),
    *("Suche", "Suchen", "Wörter"),
}


def test_a_word_or_question_of_several_places_means_the_same_or_says_what_it_means(asked):
    """A translator sees a message once: with two meanings one of them comes out as nonsense."""
    shared = {
        entry.msgid
        for entry in asked
        if not entry.msgctxt
        and (" " not in entry.msgid or entry.msgid.endswith("?"))
        and len({file for file, _line in entry.occurrences}) > 1
    }

    assert shared <= MEANS_THE_SAME


def test_the_office_s_number_follows_one_and_the_same_sentence(asked):
    before_a_number = {
        entry.msgid
        for entry in asked
        if re.search(r"(?i)ruf", entry.msgid) and entry.msgid.endswith(":")
    }

    assert before_a_number == {"Fragen? Rufen Sie uns an:"}
