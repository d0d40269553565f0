"""Another language takes one line of settings, one migration and one catalog.

A scratch copy of the project learns Spanish as docs/developers.md says, then its own sweep runs.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.apps import apps

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
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


def run(folder: Path, *command: str) -> str:
    """Run Python in the copy, on a database in memory, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def latest_migrations() -> list[tuple[str, str]]:
    """Return the last migration of every app of ours that has some."""
    ours = [config for config in apps.get_app_configs() if ROOT in Path(config.path).parents]
    return sorted(
        (config.label, max(file.stem for file in Path(config.path).glob("migrations/[0-9]*.py")))
        for config in ours
        if (Path(config.path) / "migrations").is_dir()
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_a_thirteenth_language_takes_a_line_a_migration_and_a_catalog(copy):
    settings = copy / "lkintegration/core/languages.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(")\nBY_CODE", f"{LINE})\nBY_CODE"), encoding="utf-8")

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
