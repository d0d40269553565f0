"""SQLite: copied page by page by its online backup, which disturbs neither readers nor writers.

The file of a running site is never replaced: those who have it open would go on in the old one,
and the log beside it would spoil the new one (https://sqlite.org/howtocorrupt.html, 1.4, 4.2).
The same online backup writes the new state into it, in one transaction.
"""

import fcntl
import glob
import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection, DatabaseError, connect, sqlite_version_info
from typing import IO

from lkintegration.upkeep.backup.engine import BEFORE, Snapshot
from lkintegration.upkeep.backup.manifest import PRIVATE, Table, Tables
from lkintegration.upkeep.backup.problems import BackupError

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
_ASIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a database


class SQLite:
    """The database in the file ``path``."""

    vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def version(self) -> int:
        """Return the major version of the library; its file format is that of all of SQLite 3."""
        return sqlite_version_info[0]

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        """Hold a copy of the database for the ``with`` block."""
        if not self.path.exists():
            raise BackupError(f"Die Datenbank {self.path} gibt es nicht.")
        copy = scratch / "copy.sqlite3"
        try:
            _copy(self.path, copy)
            with _opened(copy) as database:
                _check(database)
                migrations = [name for (name,) in database.execute(_MIGRATIONS)]
                tables = _tables(database)
            yield Snapshot(migrations, tables, _read(copy))
        except DatabaseError as error:
            raise BackupError(
                f"Die Datenbank {self.path} lässt sich nicht lesen: {error}"
            ) from error
        finally:
            _remove(copy)

    @contextmanager
    def beside(self) -> Iterator["SQLiteBeside"]:
        """Make an empty file beside the database, and remove it at the end."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(self.path.parent, os.O_RDONLY)
        beside = SQLiteBeside(self.path)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(beside.path)
            yield beside
        except BlockingIOError as error:
            raise BackupError("Es läuft schon eine Wiederherstellung.") from error
        except DatabaseError as error:
            raise BackupError(f"Die Sicherung ist keine heile Datenbank: {error}") from error
        finally:
            _remove(beside.path)
            beside.path.with_name(f"{beside.path.name}.lock").unlink(
                missing_ok=True
            )  # of migrating
            os.close(folder)

    def replaced(self) -> dict[str, str]:
        """Return the files that restorations have replaced: path → stamp (``go_live``)."""
        start = f"{self.path.name}{BEFORE}"
        return {
            str(path): path.name.removeprefix(start)
            for path in self.path.parent.glob(f"{glob.escape(start)}*")
        }

    def drop_replaced(self, name: str) -> None:
        """Remove one of them for good."""
        _remove(Path(name))


class SQLiteBeside:
    """The file beside the one at ``live``."""

    def __init__(self, live: Path) -> None:
        self._live = live
        self.path = live.with_name(f"{live.name}.restore")

    @property
    def name(self) -> str:
        """Return what Django calls it."""
        return str(self.path)

    @contextmanager
    def fill(self) -> Iterator[IO[bytes]]:
        """Take in what is written to the file that this yields."""
        with open(os.open(self.path, os.O_WRONLY | os.O_CREAT, PRIVATE), "wb") as file:
            yield file
        with _opened(self.path) as database:
            _check(database)

    def tables(self) -> Tables:
        """Return how many rows each table has, and a digest of them."""
        with _opened(self.path) as database:
            return _tables(database)

    def go_live(self, stamp: str) -> str:
        """Write all of it into the live database in one transaction; return the copy of before."""
        if not self._live.exists():
            _remove(self._live)  # what is left of a log
            with _opened(self.path) as database:
                database.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            self.path.rename(self._live)
            return ""
        before = self._live.with_name(f"{self._live.name}{BEFORE}{stamp}")
        try:
            _copy(self._live, before)
            with _opened(self.path) as new, closing(connect(self._live)) as live:
                new.backup(live)
        except DatabaseError as error:
            _remove(before)
            raise BackupError(
                f"Die bisherige Datenbank {self._live} ist beschädigt ({error}). Beenden Sie die "
                "Website, verschieben Sie die Datei mit allen, die ihren Namen und „-wal“ oder "
                "„-shm“ tragen, und wiederholen Sie den Befehl."
            ) from error
        return str(before)


@contextmanager
def _read(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        yield file


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    with closing(connect(path, isolation_level=None)) as database:
        yield database


def _copy(source: Path, target: Path) -> None:
    with closing(connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        with _opened(target) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _check(database: Connection) -> None:
    (answer,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise DatabaseError(answer)


def _tables(database: Connection) -> Tables:
    names = [name for (name,) in database.execute(_TABLES)]
    return {name: _table(database, name) for name in names}


def _table(database: Connection, name: str) -> Table:
    quoted = '"' + name.replace('"', '""') + '"'
    # The name of a table of this very database, quoted.
    rows = database.execute(f"SELECT * FROM {quoted}")  # noqa: S608  # nosec B608
    digests = sorted(
        hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest() for row in rows
    )
    return Table(len(digests), hashlib.sha256(b"".join(digests)).hexdigest())


def _remove(path: Path) -> None:
    for end in _ASIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()
