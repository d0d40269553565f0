"""Sites to back up: each with a database of its own, and with files."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from lkintegration.upkeep.backup.engine import Engine
from lkintegration.upkeep.backup.manifest import Tables
from lkintegration.upkeep.backup.postgresql import PostgreSQL, digest_tables
from lkintegration.upkeep.backup.sqlite import SQLite
from tests.databases import ROOT, _names, copy_file, create_from_template, drop

SETTINGS = """
from pathlib import Path
from lkintegration.settings.dev import *
MEDIA_ROOT = Path(__file__).parent / "media"
"""
FILES = {"bild.png": b"\x89PNG\r\n", "tief/unten/Grüße.txt": "Grüße".encode(), "leer": b""}


class Site(NamedTuple):
    """A site in ``folder`` with the database at ``url``."""

    folder: Path
    url: str
    engine: Engine

    @property
    def media(self) -> Path:
        """The folder of its files."""
        return self.folder / "media"

    @property
    def backups(self) -> Path:
        """The folder of its backups."""
        return self.folder / "backups"

    def environment(self, **variables: str) -> dict[str, str]:
        """Return the environment of its processes."""
        own = {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "site_to_back_up",
            "PYTHONPATH": str(self.folder),
            "BACKUP_FOLDER": str(self.backups),
        }
        return os.environ | own | variables

    def command(self, *words: object, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ``manage.py``."""
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=ROOT,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *words: object, **variables: str) -> str:
        """Run a command that succeeds; return what it says."""
        process = self.command(*words, **variables)
        assert process.returncode == 0, process.stderr
        return process.stdout

    def named(self, name: str) -> "Site":
        """Return the same site with the database ``name`` beside its own."""
        if isinstance(self.engine, SQLite):
            return self._replace(url=f"sqlite:///{name}", engine=SQLite(Path(name)))
        url = urlsplit(self.url)._replace(path=f"/{name}").geturl()
        return self._replace(url=url, engine=PostgreSQL(parameters(url)))

    def newest(self) -> Path:
        """Return the folder of the newest backup."""
        return max(self.backups.iterdir())

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Run SQL in the live database."""
        with self.connection() as database:
            found = database.execute(statement)
            return found.fetchall() if found.description else []

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Yield a connection to the live database that commits by itself."""
        if isinstance(self.engine, SQLite):
            with closing(connect(self.engine.path, isolation_level=None)) as database:
                yield database
        else:
            with psycopg.connect(self.url, autocommit=True) as database:
                yield database

    def tables(self) -> Tables:
        """Return a digest of all rows of the live database."""
        if isinstance(self.engine, SQLite):
            with self.engine.snapshot(self.folder) as snapshot, snapshot.dump:
                return snapshot.tables
        with psycopg.connect(self.url, autocommit=True) as database:
            return digest_tables(database)

    def files(self) -> dict[str, bytes]:
        """Return all files of the live site, by name."""
        paths = [path for path in self.media.rglob("*") if path.is_file()]
        return {path.relative_to(self.media).as_posix(): path.read_bytes() for path in paths}


def parameters(url: str) -> dict[str, str]:
    """Return what libpq reads in ``url``."""
    return {key: str(value) for key, value in conninfo_to_dict(url).items()}


def make_site(folder: Path) -> Site:
    """Make a site with the office's content and files, on the server of DATABASE_URL if any."""
    folder.mkdir(exist_ok=True)
    (folder / "site_to_back_up.py").write_text(SETTINGS)
    for name, content in FILES.items():
        (folder / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "media" / name).write_bytes(content)
    if (server := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        name = f"to_back_up_{os.getpid()}"
        create_from_template(server, name)
        url = urlsplit(server)._replace(path=f"/{name}").geturl()
        return Site(folder, url, PostgreSQL(parameters(url)))
    database = folder / "db.sqlite3"
    copy_file(database)
    return Site(folder, f"sqlite:///{database}", SQLite(database))


def drop_database(url: str) -> None:
    """Drop the database at ``url``, whoever is connected."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        drop(server, urlsplit(url).path[1:])


def drop_databases() -> None:
    """Drop what sites of this process have left on the server."""
    if not (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        return
    with psycopg.connect(url, autocommit=True) as server:
        for name in _names(server, f"to_back_up_{os.getpid()}%"):
            drop(server, name)
