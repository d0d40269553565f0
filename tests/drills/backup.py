"""A site of 10,000 services moves, is backed up, destroyed and restored, while readers ask."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pyrage import x25519

from lkintegration.upkeep.backup.manifest import read_manifest
from lkintegration.upkeep.backup.postgresql import PostgreSQL
from lkintegration.upkeep.backup.sqlite import SQLite
from tests import postgresql, server
from tests.bench.filling import FILL
from tests.databases import ROOT, copy_file, drop
from tests.drills import Row
from tests.readers import Readers
from tests.upkeep.backup.sites import FILES, SETTINGS, Site, parameters

NAME = "drill_backup"
SERVICES = 10_000
KILLS = 5
# Pages that a worker keeps: these go on whatever happens to the database.
PATHS = ["/de/", "/ar/kontakt/", "/uk/angebote/"]
MORE = """
from django.utils import timezone
from contacts.models import Message
from lkintegration.core.recording import record_first_states
Message.objects.bulk_create(
    Message(kind="fault", text=f"Nachricht {n}: Grüße, مرحبا 😀", submission=f"m{n:063d}",
            reference=f"M{n:08d}", delivery="delivered", delivered_at=timezone.now())
    for n in range(10_000)
)
Message.objects.filter(delivery="waiting").update(
    delivery="delivered", delivered_at=timezone.now()
)
record_first_states(timezone.now())
"""


def run() -> Iterator[Row]:
    """Fill, move, back up, destroy, restore."""
    with tempfile.TemporaryDirectory() as name, _database():
        folder = Path(name)
        small = _fill(folder)
        site = small._replace(
            url=postgresql.url(NAME), engine=PostgreSQL(parameters(postgresql.url(NAME)))
        )
        yield from _move(small, site)
        site.done("migrate")  # makes the entries of the search, which are not moved
        identity = x25519.Identity.generate()
        (folder / "key").write_text(f"{identity}\n")
        running = server.run(folder, workers=2, DATABASE_URL=site.url)
        address = next(running)
        yield _back_up(site, address, str(identity.to_public()))
        yield _kill(site)
        yield _go_back(site, address)
        running.close()
        yield _destroy(site)


@contextmanager
def _database() -> Iterator[None]:
    """Keep an empty database on the server for the ``with`` block, and leave nothing of it."""
    _drop_all()
    postgresql.create_database(NAME)
    try:
        yield
    finally:
        _drop_all()


def _drop_all() -> None:
    with psycopg.connect(postgresql.url(), autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database").fetchall()
        for (name,) in found:
            if name.startswith(NAME):
                drop(connection, name)


def _fill(folder: Path) -> Site:
    (folder / "site_to_back_up.py").write_text(SETTINGS)
    for name, content in FILES.items():
        (folder / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "media" / name).write_bytes(content)
    path = folder / "db.sqlite3"
    copy_file(path)
    site = Site(folder, f"sqlite:///{path}", SQLite(path))
    site.done("shell", "-v0", "-c", FILL.format(size=SERVICES) + MORE)
    return site


def _move(small: Site, site: Site) -> Iterator[Row]:
    rows = small.tables()
    number = sum(table.rows for table in rows.values())
    for title, left, words in (
        ("SQLite → PostgreSQL", small, ("--to", site.url)),
        ("PostgreSQL → SQLite", site, ("--to", f"sqlite:///{small.folder / 'back.sqlite3'}")),
    ):
        started = time.monotonic()
        moved = left.command("transfer_database", *words)
        fine = "Alle Zeilen sind gleich." in moved.stdout
        yield Row(
            f"{title} with {SERVICES:,} services, a revision of each, and 10,000 messages",
            "every row equal",
            f"{number:,} rows, {'all equal' if fine else 'NOT equal'}, "
            f"{time.monotonic() - started:.0f} s",
            fine,
        )


def _back_up(site: Site, address: str, recipient: str) -> Row:
    with Readers(address, PATHS) as readers:
        started = time.monotonic()
        site.done("make_backup", BACKUP_RECIPIENTS=recipient)
        seconds = time.monotonic() - started
    size = sum(file.size for file in read_manifest(site.newest()).files)
    failed = readers.failed()
    return Row(
        "A backup, encrypted, while readers ask",
        "no request fails",
        f"{size / 1e6:.0f} MB in {seconds:.0f} s, {len(failed)} of {len(readers.answers)} failed",
        not failed,
    )


def _kill(site: Site) -> Row:
    """Kill restorations at any moment but the last."""
    before = site.tables()
    wrong = 0
    for _time in range(KILLS):
        command = ["restore_backup", site.newest(), "--identity", site.folder / "key"]
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command, "--rehearse"],
            cwd=ROOT,
            env=site.environment(),
            stdout=subprocess.DEVNULL,
        )
        time.sleep(random.uniform(1, 12))  # noqa: S311
        process.kill()
        process.wait()
        wrong += site.tables() != before
    return Row(
        f"`kill -9` of a restoration, {KILLS} times",
        "the site is as before",
        f"{KILLS - wrong} of {KILLS} times",
        not wrong,
    )


def _go_back(site: Site, address: str) -> Row:
    tables, files = site.tables(), site.files()
    site.query("UPDATE offers_service SET name_de = 'spoilt'")
    site.query("DELETE FROM contacts_message")
    (site.media / "leer").write_bytes(b"spoilt")
    with Readers(address, PATHS) as readers:
        started = time.monotonic()
        site.done("restore_backup", site.newest(), "--identity", site.folder / "key")
        seconds = time.monotonic() - started
        time.sleep(3)
    equal = site.tables() == tables and site.files() == files
    failed = readers.failed()
    return Row(
        "The backup restored beside the running site, and swapped in, while readers ask",
        "every row and file equal, no page in memory fails",
        f"{'all equal' if equal else 'NOT equal'} after {seconds:.0f} s, "
        f"{len(failed)} of {len(readers.answers)} failed",
        equal and not failed,
    )


def _destroy(site: Site) -> Row:
    tables, files = site.tables(), site.files()
    shutil.rmtree(site.media)
    with psycopg.connect(postgresql.url(), autocommit=True) as connection:
        drop(connection, NAME)
    started = time.monotonic()
    site.done("restore_backup", site.newest(), "--identity", site.folder / "key")
    seconds = time.monotonic() - started
    found = site.tables()
    equal = found == tables and site.files() == files
    rows = sum(table.rows for table in found.values())
    return Row(
        "Database and files destroyed, restored from the backup",
        "every row and file equal",
        f"{rows:,} rows, {len(files)} files, {'all equal' if equal else 'NOT equal'}, "
        f"{seconds:.0f} s",
        equal,
    )
