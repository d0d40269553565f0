"""PostgreSQL: pg_dump in its custom format, restored into a second database on the same server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from lkintegration.upkeep.backup.engine import Snapshot
from lkintegration.upkeep.backup.manifest import Table, Tables
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.programs import run_program

_MAINTENANCE: Final = ("postgres", "template1")  # databases that a server has by itself
_LOCK: Final = 20_251_130  # any number, for everybody who restores on the same server
_BEFORE: Final = "_before_"
_LONGEST: Final = 63  # bytes of a name; the rest of a longer one is dropped
# A row as text is the same on every server only where these are.
_FORM: Final = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; \
SET extra_float_digits = 1; SET bytea_output = 'hex'"
_NAMES: Final = "SELECT relid::regclass::text FROM pg_stat_user_tables ORDER BY 1"
_DIGEST: Final = """
SELECT count(*),
       encode(sha256(coalesce(string_agg(digest, '' ORDER BY digest), '')), 'hex')
  FROM (SELECT sha256(convert_to(line::text, 'UTF8')) AS digest FROM {} AS line) AS rows
"""
_MIGRATIONS: Final = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"


class PostgreSQL:
    """The database that libpq finds by ``parameters`` (``host``, ``dbname``, ``password`` …)."""

    vendor = "postgresql"

    def __init__(self, parameters: dict[str, str]) -> None:
        self._parameters = parameters
        self.name = parameters["dbname"]

    def version(self) -> int:
        """Return the server's major version."""
        with self.maintenance() as server:
            return server.info.server_version // 10_000

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        """Hold one state of the database, which pg_dump sees as well."""
        with _in_words(), self.connect(self.name) as database, database.transaction():
            database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (snapshot,) = database.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            migrations = [name for (name,) in database.execute(_MIGRATIONS)]
            dump = self._dump(snapshot, database.info.server_version // 10_000)
            yield Snapshot(migrations, digest_tables(database), dump)

    @contextmanager
    def _dump(self, snapshot: str, major: int) -> Iterator[IO[bytes]]:
        options = ["--format=custom", f"--snapshot={snapshot}"]
        with run_program("pg_dump", major, options, self.at(self.name)) as (_into, out):
            yield out

    @contextmanager
    def beside(self) -> Iterator["PostgreSQLBeside"]:
        """Make an empty database on the same server; drop it at the end if it is still there."""
        with _in_words(), self.maintenance() as server:
            (free,) = server.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone() or (0,)
            if not free:
                raise BackupError("Es läuft schon eine Wiederherstellung.")
            beside = PostgreSQLBeside(self, server)
            beside.create()
            try:
                yield beside
            finally:
                beside.drop()

    def replaced(self) -> dict[str, str]:
        """Return the databases that restorations have replaced: name → stamp (``go_live``)."""
        with _in_words(), self.maintenance() as server:
            names = [name for (name,) in server.execute("SELECT datname FROM pg_database")]
        stamps = {name: name.rpartition(_BEFORE)[2] for name in names if _BEFORE in name}
        return {
            name: stamp
            for name, stamp in stamps.items()
            if name == _named(self.name, f"{_BEFORE}{stamp}")
        }

    def drop_replaced(self, name: str) -> None:
        """Drop one of them for good, whoever looks at it."""
        drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
        with _in_words(), self.maintenance() as server:
            server.execute(drop)

    def connect(self, name: str) -> psycopg.Connection:
        """Return a connection of our own to the database ``name``."""
        return psycopg.connect(make_conninfo(**self.at(name)), autocommit=True)

    def at(self, name: str) -> dict[str, str]:
        """Return what libpq needs for the database ``name`` on the same server."""
        return self._parameters | {"dbname": name}

    def maintenance(self) -> psycopg.Connection:
        """Return a connection to the server that needs no database of the site."""
        for name in _MAINTENANCE:
            try:
                return self.connect(name)
            except psycopg.OperationalError as error:
                failure = error
        raise BackupError(f"Der Datenbankserver ist nicht zu erreichen: {failure}")


class PostgreSQLBeside:
    """An empty database beside that of ``engine``; ``server`` is a connection to neither."""

    def __init__(self, engine: PostgreSQL, server: psycopg.Connection) -> None:
        self._engine = engine
        self._server = server
        self.name = _named(engine.name, "_restore")

    def create(self) -> None:
        """Create the database, with the letters and the order of the live one if there is one."""
        self.drop()
        like = self._server.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database "
            "WHERE datname = %s",
            [self._engine.name],
        ).fetchone()
        create = SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(self.name))
        if like:
            create += SQL(" ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(*map(Literal, like))
        try:
            self._server.execute(create)
        except psycopg.errors.InsufficientPrivilege as error:
            raise BackupError(
                "Der Benutzer der Datenbank darf keine zweite anlegen, in der die Sicherung "
                "geprüft wird. Ein Verwalter des Servers erlaubt es ihm mit „ALTER ROLE … "
                "CREATEDB“."
            ) from error

    def drop(self) -> None:
        """Drop the database if it is there."""
        drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(self.name))
        self._server.execute(drop)

    @contextmanager
    def fill(self) -> Iterator[IO[bytes]]:
        """Take in a dump: all of it or nothing."""
        major = self._server.info.server_version // 10_000
        options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        with run_program("pg_restore", major, options, self._engine.at(self.name)) as (into, _out):
            yield into
            into.close()

    def tables(self) -> Tables:
        """Return how many rows each table has, and a digest of them."""
        with self._engine.connect(self.name) as database:
            return digest_tables(database)

    def go_live(self, stamp: str) -> str:
        """Change names with the live database, in one transaction; return what that is called now.

        Whoever is connected to it is disconnected, and connects again by themselves.
        """
        live, before = self._engine.name, _named(self._engine.name, f"{_BEFORE}{stamp}")
        if not self._exists(live):
            self._rename((self.name, live))
            return ""
        self._allow(live, connections=False)
        try:
            self._server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [live]
            )
            self._rename((live, before), (self.name, live))
        except BaseException:
            self._allow(live, connections=True)
            raise
        self._allow(before, connections=True)
        return before

    def _exists(self, name: str) -> bool:
        found = self._server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None

    def _allow(self, name: str, *, connections: bool) -> None:
        allow = SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        self._server.execute(allow.format(Identifier(name), Literal(connections)))

    def _rename(self, *names: tuple[str, str]) -> None:
        with self._server.transaction():
            for old, new in names:
                rename = SQL("ALTER DATABASE {} RENAME TO {}")
                self._server.execute(rename.format(Identifier(old), Identifier(new)))


def digest_tables(database: psycopg.Connection) -> Tables:
    """Return for each table how many rows it has, and a digest of them, counted by the server."""
    database.execute(_FORM)
    found = {}
    for (name,) in database.execute(_NAMES).fetchall():
        query = SQL(_DIGEST).format(SQL(name))
        rows, digest = database.execute(query).fetchone() or (0, "")
        found[name] = Table(rows, digest)
    return found


def _named(name: str, end: str) -> str:
    return name[: _LONGEST - len(end)] + end


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise BackupError(f"Die Datenbank hat abgelehnt: {error}") from error
