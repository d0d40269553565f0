"""Another language takes one line of settings, one migration and one catalog.

A scratch copy of the project learns Spanish as docs/developers.md says, then its own sweep runs.
"""

from pathlib import Path

import polib
import pytest
from django.apps import apps

from tests.site.scratch import ROOT, change, copy_project, run

pytestmark = pytest.mark.any_database

LINE = '    Language("es", "Español", "Spanisch"),\n'
MIGRATION = """from django.db import migrations

from lkintegration.core.new_language import AddLanguage


class Migration(migrations.Migration):
    dependencies = {dependencies!r}
    operations = [AddLanguage("es")]
"""
SWEEP = [
    "tests/site/test_catalogs.py::test_a_catalog_is_complete[es]",
    "tests/site/test_catalogs.py::test_a_catalog_chooses_plural_forms_as_cldr_does[es]",
    "tests/site/test_furniture.py::test_whatever_goes_wrong_is_told_in_the_language_of_the_page[es]",
    "tests/site/test_sweep.py::test_every_record_page_is_whole_in_every_language[es]",
    "tests/site/test_sweep.py::test_every_fixed_page_is_whole_in_every_language[-es]",
    "tests/site/test_sweep.py::test_every_fixed_page_is_whole_in_every_language[beratung/-es]",
    "tests/site/test_sweep.py::test_the_switcher_keeps_the_reader_on_the_page[es]",
]


def latest_migrations() -> list[tuple[str, str]]:
    """Return the last migration of every app of ours that has some."""
    ours = [config for config in apps.get_app_configs() if ROOT in Path(config.path).parents]
    return sorted(
        (config.label, max(file.stem for file in Path(config.path).glob("migrations/[0-9]*.py")))
        for config in ours
        if (Path(config.path) / "migrations").is_dir()
    )


def test_a_thirteenth_language_takes_a_line_a_migration_and_a_catalog(tmp_path):
    copy = copy_project(tmp_path)
    settings = copy / "lkintegration/core/languages.py"
    change(settings, ")\nBY_CODE", f"{LINE})\nBY_CODE")

    migration = copy / "lkintegration/editing/migrations/9000_spanish.py"
    migration.write_text(MIGRATION.format(dependencies=latest_migrations()), encoding="utf-8")

    catalog = polib.pofile(str(ROOT / "locale/it/LC_MESSAGES/django.po"))
    catalog.metadata["Language"] = "es"
    target = copy / "locale/es/LC_MESSAGES/django.po"
    target.parent.mkdir(parents=True)
    catalog.save(str(target))

    assert "No changes detected" in run(copy, "manage.py", "makemigrations", "--check", "--dry-run")
    assert f"{len(SWEEP)} passed" in run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SWEEP
    )
