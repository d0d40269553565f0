"""The database that all tests start from: migrated, and with the office's content.

Making it takes seconds, copying it milliseconds. So it is made once for each state of the files
that determine it, in ``var/test`` or as a template on the PostgreSQL server of DATABASE_URL.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "test"
# Folders that have no say in what the database holds; a new one has, until it stands here.
WITHOUT_SAY = {"docs", "static", "templates", "tests", "var"}
MADE = {".pyc", ".mo"}  # from files that count themselves
KEEP = 24 * 60 * 60  # seconds for which another state of the files may come back
TEMPLATE = "lkintegration_template_"
OLD = ("contacts", "0007_save_id")  # people had a name in one piece then
LOCK = 20_251_126  # any number, for everybody who makes a template on the same server
START = "TESTS_START_FROM"  # names the database that a scratch copy of the project begins with
IN_MEMORY = "file:tests?mode=memory&cache=shared"
FILL = """
import django
django.setup()
from tests.quick_migrations import hurry
hurry()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_content")
"""

# "manage.py migrate" carries all models along from the first migration on: here each migration,
# applied or taken back, sees the models as they were, made for it once.
MOVE = """
import sys
import django
django.setup()
from tests.quick_migrations import hurry
hurry()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
newest = executor.loader.graph.leaf_nodes()
plan = executor.migration_plan([tuple(sys.argv[1:])] if sys.argv[1:] else newest)
state = executor._create_project_state()
before = {}
for migration, _backwards in executor.migration_plan(newest, clean_start=True):
    before[migration] = state.clone()
    state = migration.mutate_state(state, preserve=False)
for migration, backwards in plan:
    move = executor.unapply_migration if backwards else executor.apply_migration
    before[migration].apps  # its steps start from these
    move(before[migration], migration)
"""


def digest(sources: Iterable[Path]) -> str:
    """Return a short digest of all files in ``sources`` (files and folders), with their names."""
    found = hashlib.sha256(sys.version.encode())
    for source in sorted(sources):
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for file in files:
            if file.is_file() and file.suffix not in MADE:
                found.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:20]


def state() -> str:
    """Return the digest of all that determines the content, and the day: records remember it."""
    folders = [
        folder
        for folder in ROOT.iterdir()
        if folder.is_dir() and folder.name not in WITHOUT_SAY and not folder.name.startswith(".")
    ]
    return f"{datetime.date.today()}-{digest([*folders, ROOT / 'requirements.txt'])}"


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time into the ``with`` block, of all that test in this folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(name: Callable[[], str], build: Callable[[Path], None]) -> Path:
    """Return the file or folder ``name()`` in ``var/test``; ``build`` makes it where it is missing.

    ``name`` holds a digest of what ``build`` reads. Raises ``RuntimeError`` if that changes
    meanwhile. What others left there goes after a day.
    """
    with alone():
        target = FOLDER / name()
        if not target.exists():
            _remove_old()
            with TemporaryDirectory(dir=FOLDER) as folder:
                unfinished = Path(folder) / target.name
                build(unfinished)
                if name() != target.name:
                    raise RuntimeError("Files have changed meanwhile. Start again.")
                unfinished.rename(target)
    return target


def _remove_old() -> None:
    for path in FOLDER.iterdir():
        if path.stat().st_mtime < time.time() - KEEP:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def fill(url: str) -> None:
    """Migrate the database at ``url`` and load the content, in a process of its own."""
    run(url, FILL)


def run(url: str, code: str, *arguments: str) -> None:
    """Run Python in a process of its own, on the database at ``url``."""
    variables = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"}
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(
        command, cwd=ROOT, env=os.environ | variables, check=True, stdout=subprocess.DEVNULL
    )


def finished_file() -> Path:
    """Return an SQLite database with the content, to copy."""
    return made_once(lambda: f"{state()}.sqlite3", _fill_file)


def _fill_file(path: Path) -> None:
    # A copy of the project that knows one thing more has only that left to migrate.
    if start := os.environ.get(START):
        shutil.copyfile(start, path)
    fill(f"sqlite:///{path}")
    with closing(connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def copy_file(target: Path) -> None:
    """Make an SQLite database with the content at ``target``."""
    with closing(connect(finished_file())) as source, closing(connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # as migrating leaves it


def copy_old_file(target: Path) -> None:
    """Make an SQLite database at ``target`` with the content as it was at ``OLD``."""
    build = partial(_go_back, finished_file())
    shutil.copyfile(made_once(lambda: f"{state()}-{OLD[1]}.sqlite3", build), target)


def _go_back(finished: Path, path: Path) -> None:
    shutil.copyfile(finished, path)
    with closing(connect(path)) as database, database:
        database.execute(
            "UPDATE offers_service SET organisation_id = (SELECT min(id) FROM "
            "contacts_organisation) WHERE organisation_id IS NULL"  # each had a carrier then
        )
        database.execute("DELETE FROM editorial_loadedrecord WHERE model = 'terms.Term'")
        # There were no terms then, nor what is noted of their translations.
        for table in ("editorial_translationsource", "core_translationstanding"):
            database.execute(
                f"DELETE FROM {table} WHERE content_type_id IN "  # noqa: S608
                "(SELECT id FROM django_content_type WHERE app_label = 'terms')"
            )
    move(path, *OLD)
    with closing(connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def move(path: Path, *target: str) -> None:
    """Bring the SQLite database at ``path`` to the migration (app, name), or to the newest."""
    run(f"sqlite:///{path}", MOVE, *target)


def manage(path: Path, *command: str) -> str:
    """Run a command of ``manage.py`` on the SQLite database at ``path``; return what it says."""
    variables = {
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=os.environ | variables,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def start_database() -> Callable[[], None]:
    """Point Django at a database of its own with the content; return what takes it away again."""
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = IN_MEMORY
        connection.ensure_connection()
        with closing(connect(finished_file())) as source:
            source.backup(connection.connection)
        return connection.close
    own = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    create_from_template(os.environ["DATABASE_URL"], own)
    connection.settings_dict["NAME"] = own
    return lambda: _take_away(own)


@contextmanager
def own_database() -> Iterator[None]:
    """Let the ``with`` block work on a database of its own with the content."""
    take_away = start_database()
    try:
        yield
    finally:
        take_away()


def _take_away(name: str) -> None:
    connection.close()
    connection.close_pool()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


def create_from_template(url: str, name: str) -> None:
    """Create the database ``name`` with the content, on the PostgreSQL server of ``url``."""
    template = TEMPLATE + state()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _names(server, template):
            _create_template(server, url, template)
        drop(server, name)
        server.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
        )


def _create_template(server: psycopg.Connection, url: str, name: str) -> None:
    unfinished = f"{TEMPLATE}unfinished"
    for old in _names(server, f"{TEMPLATE}%"):
        drop(server, old)
    server.execute(SQL("CREATE DATABASE {}").format(Identifier(unfinished)))
    fill(urlsplit(url)._replace(path=f"/{unfinished}").geturl())
    if TEMPLATE + state() != name:
        raise RuntimeError("Files have changed meanwhile. Start again.")
    server.execute(
        SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(unfinished), Identifier(name))
    )


def _names(server: psycopg.Connection, pattern: str) -> list[str]:
    found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
    return [name for (name,) in found]


def drop(server: psycopg.Connection, name: str) -> None:
    """Drop a database if it is there, with what killed processes left connected."""
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
