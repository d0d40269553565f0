"""Filled, backed up, destroyed, restored: every row and file is there again."""

import dataclasses
import datetime
import io
import json
import re
import shutil
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier
from pyrage import x25519

from lkintegration.upkeep.backup import postgresql
from lkintegration.upkeep.backup.make_backup import make_backup
from lkintegration.upkeep.backup.old_backups import delete_replaced
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.programs import find_program
from lkintegration.upkeep.backup.restore_backup import restore_backup
from lkintegration.upkeep.backup.sqlite import SQLite
from lkintegration.upkeep.backup.stored_files import fetch, store
from tests.upkeep.backup.sites import drop_database

ACCOUNT = """
INSERT INTO auth_user (username, password, first_name, last_name, email, is_staff, is_active,
  is_superuser, date_joined)
VALUES ('chef', '!', 'Käthe', 'Ünal', '', true, true, false, '2026-11-02 12:00:00')
"""
# Letters of all kinds, and a message that waits to be carried to the office.
MESSAGE = """
INSERT INTO contacts_message (reference, received_at, kind, page, topic, text, name, email, phone,
  language, page_language, submission, state, delivery, attempts, next_attempt_at, delivered_to,
  last_error)
VALUES ('K7PM-3XQ9', '2026-11-02 12:00:00', 'message', '', '', 'Grüße ''مرحبا'' 😀\n\t"', 'Frau',
  'leserin@example.org', '', 'uk', 'de', 'x', 'new', 'waiting', 0, '2026-11-02 12:00:00', '', '')
"""
SESSION = """
INSERT INTO accounts_staffsession (session_key, session_data, expire_date, password_state, browser)
VALUES ('abc', '', '2099-11-02 12:00:00', '', '')
"""
DELIVERY = "SELECT delivery FROM contacts_message"
NAMES = "SELECT username FROM auth_user"


KEY = x25519.Identity.generate()


def destroy(site):
    """Lose the machine: the database and all files."""
    shutil.rmtree(site.media)
    if isinstance(site.engine, SQLite):
        for path in site.folder.glob("db.sqlite3*"):
            path.unlink()
    else:
        drop_database(site.url)


def back_up(site, *keys):
    """Make a backup in this process; return its folder."""
    return make_backup(site.engine, site.media, site.backups, keys, timezone.now())[0]


def refused(site, backup, *keys):
    """Restore ``backup`` in this process, which is refused; return the words."""
    with pytest.raises(BackupError) as error:
        restore_backup(site.engine, site.media, backup, keys, "20261102T120000Z")
    return str(error.value)


def change_manifest(backup, **parts):
    path = backup / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | parts))


def test_what_was_destroyed_is_there_again(site):
    identity = site.folder / "key.txt"
    identity.write_text(f"# created: today\n{KEY}\n")
    site.query(ACCOUNT)
    site.query(MESSAGE)
    rows, files = site.tables(), site.files()

    said = site.done("make_backup", BACKUP_RECIPIENTS=str(KEY.to_public()))
    destroy(site)
    site.done("restore_backup", site.newest(), "--identity", identity)

    assert "verschlüsselt für 1 Schlüssel" in said
    assert site.files() == files
    found = site.tables()
    assert found.keys() == rows.keys()
    # The message may have been sent since the backup: nobody sends it a second time by itself.
    assert {name for name in rows if rows[name] != found[name]} == {"contacts_message"}
    assert site.query("SELECT delivery, name FROM contacts_message") == [("uncertain", "Frau")]


def test_a_running_site_goes_back_and_what_it_was_is_kept(site):
    site.query(ACCOUNT)
    rows, files = site.tables(), site.files()
    site.done("make_backup")
    with site.connection() as worker:
        worker.execute("UPDATE auth_user SET username = 'other'")
        (site.media / "bild.png").write_bytes(b"other")

        said = site.done("restore_backup", site.newest())

        if isinstance(site.engine, SQLite):  # whoever has the file open goes on in it
            assert worker.execute(NAMES).fetchall() == [("chef",)]
        else:
            with pytest.raises(psycopg.OperationalError):
                worker.execute(NAMES)
    assert site.tables() == rows
    assert site.files() == files
    (before,) = re.findall("Die bisherige heißt (.+)\\. Löschen", said)
    assert site.named(before).query(NAMES) == [("other",)]
    (media,) = site.folder.glob("media.before-*")
    assert (media / "bild.png").read_bytes() == b"other"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only a server changes names")
def test_a_restoration_killed_amid_the_change_of_names_is_done_by_running_it_again(site):
    site.done("make_backup")
    rows = site.tables()
    name = Identifier(site.engine.name)
    with site.engine.maintenance() as server:
        server.execute(SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(name))
    with pytest.raises(psycopg.OperationalError, match="not currently accepting"):
        site.query(NAMES)

    site.done("restore_backup", site.newest())

    assert site.tables() == rows
    (before,) = site.engine.replaced()
    assert site.named(before).query(NAMES) == []


def test_what_was_replaced_goes_when_backups_of_its_time_go(site):
    site.done("make_backup")
    site.done("restore_backup", site.newest())
    (database,) = site.engine.replaced()
    (media,) = site.folder.glob("media.before-*")
    others = {"media.before-us", "db.sqlite3.before-20200101T000000Z.txt"}
    for name in others:
        (site.folder / name).touch()
    now = timezone.now()

    def delete(days):
        return delete_replaced(site.engine, site.media, 30, now + datetime.timedelta(days=days))

    assert delete(29) == 0
    assert site.named(database).query(NAMES) == []
    assert delete(31) == 2
    assert not media.exists()
    assert not {database} & site.engine.replaced().keys()
    assert all((site.folder / name).exists() for name in others)
    site.query(NAMES)


def test_a_rehearsal_changes_nothing(site):
    site.done("make_backup")
    site.query(ACCOUNT)
    rows = site.tables()

    said = site.done("restore_backup", site.newest(), "--rehearse")

    assert "Probe bestanden" in said
    assert site.tables() == rows
    assert not list(site.folder.glob("*before*")) + list(site.folder.glob("*restore*"))


def test_a_backup_is_one_state_whatever_is_written_meanwhile(site):
    rows = site.tables()
    with site.engine.snapshot(site.folder) as snapshot:
        site.query(ACCOUNT)
        site.query("UPDATE pages_page SET title_de = ''")
        with snapshot.dump as dump:
            store(dump, site.folder, "dump", [])

    with site.engine.beside() as beside:
        with beside.fill() as target:
            fetch(site.folder, "dump", target, [])

        assert snapshot.tables == rows
        assert beside.tables() == rows


def test_what_a_killed_restoration_left_is_in_nobodys_way(site):
    backup = back_up(site)
    with site.engine.beside() as beside:
        left = beside.name
    if isinstance(site.engine, SQLite):
        (site.folder / "db.sqlite3.restore").write_bytes(b"half a database")
    else:
        site.query(f'CREATE DATABASE "{left}"')

    site.done("restore_backup", backup, "--rehearse")


def test_two_at_once_are_refused_in_words(site):
    backup = back_up(site)

    with site.engine.beside():
        assert refused(site, backup) == "Es läuft schon eine Wiederherstellung."


def test_what_is_damaged_is_refused_and_the_site_stays_as_it_is(site):
    backup = back_up(site)
    site.query(ACCOUNT)
    rows, files = site.tables(), site.files()
    dump = backup / "database"
    whole = dump.read_bytes()

    for damaged in (b"", whole[:-1], whole[:5000] + b"?" + whole[5001:]):
        dump.write_bytes(damaged)
        assert "ist beschädigt: Die Prüfsumme stimmt nicht" in refused(site, backup)
    dump.write_bytes(whole)
    (backup / "media" / "bild.png").unlink()
    assert "lässt sich nicht lesen" in refused(site, backup)
    (backup / "manifest.json").write_text("{")
    assert "manifest.json ist beschädigt" in refused(site, backup)
    (backup / "manifest.json").unlink()
    assert "manifest.json fehlt" in refused(site, backup)

    assert site.tables() == rows
    assert site.files() == files
    assert not list(site.folder.glob("*.restore*"))


@pytest.mark.any_database
def test_nobody_is_logged_in_again_who_has_logged_out_since(site):
    site.query(SESSION)
    backup = back_up(site)

    site.done("restore_backup", backup)

    assert site.query("SELECT session_key FROM accounts_staffsession") == []


def test_rows_that_come_back_otherwise_are_refused(site):
    backup = back_up(site)
    tables = json.loads((backup / "manifest.json").read_text())["tables"]
    (name,) = (name for name in tables if name.endswith("offers_service"))
    change_manifest(backup, tables=tables | {name: {"rows": 1, "digest": "0"}})

    assert f"Verschieden sind: {name}." in refused(site, backup)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"migrations": ["offers.0001_initial", "offers.9999_new"]}, "nicht: offers.9999_new."),
        ({"server": 99}, "von einer neueren Datenbank (Version 99)"),
        ({"vendor": "oracle"}, "Die Sicherung ist von oracle"),
        ({"format": 2}, "hat das Format 2"),
        ({"files": [{"name": "../../db", "size": 1, "sha256": ""}]}, "eine Datei außerhalb"),
        ({"files": []}, "keine Datei mit der Datenbank"),
        ({"files": [{"name": 7, "size": 1, "sha256": ""}]}, "beschädigt"),
        ({"server": "3"}, "beschädigt"),
        ({"migrations": 5}, "beschädigt"),
        ({"migrations": [5]}, "beschädigt"),
    ],
)
def test_what_this_version_cannot_read_is_refused(site, parts, words):
    backup = back_up(site)
    change_manifest(backup, **parts)

    assert words in refused(site, backup)


def test_without_the_right_key_nobody_reads_a_backup(site):
    site.query(MESSAGE)
    backup = back_up(site, KEY.to_public())

    assert "--identity DATEI" in refused(site, backup)
    assert "ist für einen anderen gemacht" in refused(site, backup, x25519.Identity.generate())
    content = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    for secret in (b"leserin@example.org", b"PGDMP", b"SQLite format"):
        assert secret not in content


@pytest.mark.parametrize("keys", [[], [KEY]])
def test_what_is_no_dump_is_refused_in_words(site, keys):
    backup = back_up(site, *(key.to_public() for key in keys))
    name = "database.age" if keys else "database"
    (backup / name).unlink()
    stored = store(
        io.BytesIO(b"no dump" * 100_000), backup, "database", [k.to_public() for k in keys]
    )
    change_manifest(backup, files=[dataclasses.asdict(stored)])

    words = refused(site, backup, *keys)

    assert "keine heile Datenbank" in words or "pg_restore ist gescheitert: pg_restore: " in words


@pytest.mark.any_database
def test_an_older_database_is_brought_up_to_date(site):
    rows = site.tables()
    site.done("migrate", "upkeep", "zero")
    site.done("make_backup")

    site.done("restore_backup", site.newest())

    assert site.tables().keys() == rows.keys()
    site.done("migrate", "--check")


@pytest.mark.any_database
def test_a_damaged_database_of_the_site_is_not_written_to(site):
    backup = back_up(site)
    site.engine.path.write_bytes(b"no database" * 1000)

    failed = site.command("restore_backup", backup)

    assert failed.returncode == 1
    assert "ist beschädigt" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert site.engine.path.read_bytes() == b"no database" * 1000


@pytest.mark.postgresql
def test_the_password_is_no_argument_of_any_program(site):
    password = site.engine._parameters["password"]

    with site.engine.snapshot(site.folder) as snapshot, snapshot.dump as dump:
        dump.read(1)  # it runs
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        dump.read()

    assert [line for line in commands if b"pg_dump" in line and b"--snapshot" in line]
    assert not [line for line in commands if b"pg_dump" in line and password.encode() in line]


@pytest.mark.postgresql
def test_programs_of_another_version_are_refused_in_words(site):
    with pytest.raises(BackupError, match="apt install postgresql-client-99"):
        find_program("pg_dump", 99)


@pytest.mark.postgresql
def test_who_may_not_make_a_database_is_told_what_to_ask_for(site):
    backup = back_up(site)
    site.query("CREATE ROLE helpless LOGIN PASSWORD 'x'")
    try:
        engine = postgresql.PostgreSQL(
            site.engine._parameters | {"user": "helpless", "password": "x"}
        )
        with pytest.raises(BackupError, match="CREATEDB"):
            restore_backup(engine, site.media, backup, [], "20261102T120000Z")
    finally:
        site.query("DROP ROLE helpless")
