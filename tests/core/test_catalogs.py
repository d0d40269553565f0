"""Message catalogs are compiled without GNU gettext, and only when there is something to do."""

import gettext
import os

import pytest

from lkintegration.core.catalogs import compile_catalogs

pytestmark = pytest.mark.any_database

CATALOG = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"

msgid "Kontakt"
msgstr "Контакт"

#, fuzzy
msgid "Angebote"
msgstr "ungeprüft"
"""


def a_catalog(folder):
    source = folder / "uk" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOG, encoding="utf-8")
    return source


def translations(compiled):
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_catalog_is_compiled(tmp_path):
    source = a_catalog(tmp_path)

    (compiled,) = compile_catalogs(tmp_path)

    assert compiled == source.with_suffix(".mo")
    assert translations(compiled).gettext("Kontakt") == "Контакт"


def test_a_doubtful_translation_is_left_out(tmp_path):
    a_catalog(tmp_path)

    (compiled,) = compile_catalogs(tmp_path)

    assert translations(compiled).gettext("Angebote") == "Angebote"


def test_a_catalog_that_is_up_to_date_is_left_alone(tmp_path):
    a_catalog(tmp_path)
    compile_catalogs(tmp_path)

    assert compile_catalogs(tmp_path) == []


def test_a_catalog_that_changed_is_compiled_again(tmp_path):
    source = a_catalog(tmp_path)
    (compiled,) = compile_catalogs(tmp_path)
    source.write_text(CATALOG.replace("Контакт", "Контакти"), encoding="utf-8")
    os.utime(source, (compiled.stat().st_mtime + 1,) * 2)

    assert compile_catalogs(tmp_path) == [compiled]
    assert translations(compiled).gettext("Kontakt") == "Контакти"
