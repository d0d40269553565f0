"""SQLite and PostgreSQL hold the same content after ``load_content``."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from lkintegration.seed.content_files import read_entries, seeded_models
from tests.databases import copy_file

DUMP = [
    "dumpdata",
    *(model._meta.label for model in seeded_models()),
    *("--natural-foreign", "--natural-primary", "--indent", "1"),
]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_both_databases_hold_identical_content(tmp_path, capsys):
    copy_file(tmp_path / "other.sqlite3")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
    }
    command = ["manage.py", *DUMP, "-o", str(tmp_path / "sqlite.json")]
    subprocess.run([sys.executable, *command], env=environment, check=True)
    call_command(*DUMP, output=str(tmp_path / "postgresql.json"))

    sqlite, postgresql = (
        [_without_keys(row) for row in json.loads((tmp_path / f"{name}.json").read_text())]
        for name in ("sqlite", "postgresql")
    )
    assert len(postgresql) == len(read_entries())
    assert sqlite == postgresql


def _without_keys(row):
    """Leave out what is new in every database, number and time; rows are compared in order."""
    row.pop("pk", None)
    row["fields"].pop("changed_at", None)
    return row
