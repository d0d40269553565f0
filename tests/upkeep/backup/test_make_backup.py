"""Backups are whole or not there, readable by nobody else, and go when their time is over."""

import datetime
import resource
import stat
from pathlib import Path

import pytest
from pyrage import x25519

from lkintegration.upkeep.backup.old_backups import delete_old_backups
from tests.upkeep.backup.sites import FILES

pytestmark = pytest.mark.any_database

NOW = datetime.datetime(2026, 11, 30, 3, 0, tzinfo=datetime.UTC)


def test_nobody_else_reads_a_backup(site):
    site.done("make_backup")

    folder = site.newest()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == len(FILES) + 2
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "recipients", ["", str(x25519.Identity.generate().to_public())], ids=["open", "encrypted"]
)
def test_a_full_disk_leaves_no_half_of_a_backup(site, recipients):
    # A file that grows no longer: what a disk does that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
    try:
        failed = site.command("make_backup", BACKUP_RECIPIENTS=recipients)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert "CommandError: " in failed.stderr
    assert list(site.backups.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        ([], {"BACKUP_FOLDER": ""}, "--folder ORDNER, oder BACKUP_FOLDER"),
        (["--folder", "/proc/nowhere"], {}, "lässt sich keine Sicherung schreiben"),
        ([], {"BACKUP_RECIPIENTS": "age1" + "q" * 58}, "ist kein öffentlicher Schlüssel von age"),
        ([], {"BACKUP_RECIPIENTS": str(x25519.Identity.generate())}, "must be public keys of age"),
        ([], {"BACKUP_RETENTION_DAYS": "0"}, "BACKUP_RETENTION_DAYS must be a whole number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(site, words, variables, said):
    failed = site.command("make_backup", *words, **variables)

    assert failed.returncode == 1
    assert said in failed.stderr
    assert "AGE-SECRET" not in failed.stderr


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).mkdir()
        (folder / name / "database").touch()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_old_backups_go_and_nothing_else(tmp_path):
    make(tmp_path, "20261001T030000Z", "20261101T030000Z", "20261129T030000Z", "by hand")
    make(tmp_path, "20261129T010000Z.unfinished", "20261130T025900Z.unfinished")

    assert delete_old_backups(tmp_path, 30, NOW) == 1

    assert left(tmp_path) == [
        "20261101T030000Z",
        "20261129T030000Z",
        "20261130T025900Z.unfinished",  # perhaps still being made
        "by hand",
    ]


def test_the_newest_backup_stays_whatever_its_age(tmp_path):
    make(tmp_path, "20200101T030000Z", "20210101T030000Z")

    assert delete_old_backups(tmp_path, 1, NOW) == 1

    assert left(tmp_path) == ["20210101T030000Z"]


def test_the_job_of_the_night_makes_one_where_the_settings_say_so(site):
    site.done("run_jobs", "--now", "backup", "old-backups")
    assert (site.newest() / "manifest.json").exists()

    site.done("run_jobs", "--now", "backup", BACKUP_FOLDER="")
    assert site.query("SELECT result FROM upkeep_jobrun WHERE name = 'backup'") == [
        ("nicht eingerichtet: BACKUP_FOLDER ist leer",)
    ]
    assert len(list(site.backups.iterdir())) == 1
