"""What a backup says of itself: a file ``manifest.json`` that can be read without any key.

It names versions, migrations, rows and files with their checksums, and holds no content.
"""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, get_origin

from lkintegration.upkeep.backup.problems import BackupError

FORMAT: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "database"
MEDIA: Final = "media/"
PRIVATE: Final = 0o600  # as every file of a backup


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and a digest of all of them, in whatever order."""

    rows: int
    digest: str


Tables = dict[str, Table]


@dataclass(frozen=True)
class StoredFile:
    """A file of the backup as it lies there (encrypted, if the backup is); ``sha256`` in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A backup: when it was made (ISO 8601, UTC), of what, and all that is in it.

    ``server`` is the major version of the database, ``migrations`` are those that it had
    ("app.name"), ``recipients`` the public keys that it is encrypted for.
    """

    made_at: str
    vendor: str
    server: int
    django: str
    migrations: list[str]
    tables: Tables
    files: list[StoredFile]
    recipients: list[str]

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return sum(table.rows for table in self.tables.values())

    def write(self, folder: Path) -> None:
        """Write the manifest into ``folder``."""
        text = json.dumps({"format": FORMAT} | dataclasses.asdict(self), indent=1)
        path = folder / NAME
        path.touch(mode=PRIVATE)
        path.write_text(text, encoding="utf-8")


def _check_kinds(part: Any) -> None:
    """Raise ``TypeError`` where a value is none of the kind that ``part`` declares."""
    for field in dataclasses.fields(part):
        kind: Any = field.type
        value = getattr(part, field.name)
        is_right = isinstance(value, get_origin(kind) or kind)
        if kind == list[str]:
            is_right = is_right and all(isinstance(text, str) for text in value)
        if not is_right:
            raise TypeError(field.name)


def read_manifest(folder: Path) -> Manifest:
    """Return what the backup in ``folder`` says of itself.

    Raises ``BackupError`` if there is none, or one that this version does not understand.
    """
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if (known := found.pop("format")) != FORMAT:
            raise BackupError(
                f"Die Sicherung {folder} hat das Format {known}; diese Fassung der Website liest "
                f"nur das Format {FORMAT}. Nehmen Sie eine neuere Fassung."
            )
        found["tables"] = {name: Table(**table) for name, table in found["tables"].items()}
        found["files"] = [StoredFile(**file) for file in found["files"]]
        manifest = Manifest(**found)
        parts: list[Any] = [manifest, *manifest.tables.values(), *manifest.files]
        for part in parts:
            _check_kinds(part)
    except FileNotFoundError as error:
        raise BackupError(
            f"In {folder} liegt keine Sicherung: {NAME} fehlt. Nennen Sie den Ordner einer "
            "einzelnen Sicherung."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder / NAME} ist beschädigt: {error!r}") from error
    for file in manifest.files:
        path = PurePosixPath(file.name)
        if path.is_absolute() or ".." in path.parts:
            raise BackupError(f"{folder / NAME} nennt eine Datei außerhalb: {file.name}")
    return manifest
