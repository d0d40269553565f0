"""What a backup needs of a database, whichever it is."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from lkintegration.upkeep.backup.manifest import Tables

BEFORE: Final = ".before-"  # stands between the name of a file that was replaced and when it was


@dataclass(frozen=True)
class Snapshot:
    """One state of a database: its migrations ("app.name"), its rows, and a copy to read."""

    migrations: list[str]
    tables: Tables
    dump: AbstractContextManager[IO[bytes]]


class Beside(Protocol):
    """A second database beside that of the running site."""

    @property
    def name(self) -> str:
        """What Django calls it (``NAME`` of its settings)."""

    def fill(self) -> AbstractContextManager[IO[bytes]]:
        """Take in a dump that is written into what this yields."""

    def tables(self) -> Tables:
        """Return how many rows each table has, and a digest of them."""

    def go_live(self, stamp: str) -> str:
        """Take the place of the site's database; return what that is called from now on.

        Empty if there was none. Nobody may be connected to the one beside.
        """


class Engine(Protocol):
    """The database of the site, and the way to copy it. Failures are ``BackupError``."""

    vendor: str

    def version(self) -> int:
        """Return the major version of the database."""

    def snapshot(self, scratch: Path) -> AbstractContextManager[Snapshot]:
        """Hold one state of it for a ``with`` block; ``scratch`` is a folder for files."""

    def beside(self) -> AbstractContextManager[Beside]:
        """Make an empty database beside it, for one at a time; what is left of it goes at the end.

        What a killed process left there goes first.
        """

    def replaced(self) -> dict[str, str]:
        """Return the databases that restorations have replaced: name → stamp (``go_live``)."""

    def drop_replaced(self, name: str) -> None:
        """Drop one of them for good, whoever looks at it."""
