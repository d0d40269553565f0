"""A backup is a folder of its own, named after its time (UTC); half of one never has that name."""

import datetime
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import django
from pyrage import x25519

from lkintegration.upkeep.backup.engine import Engine
from lkintegration.upkeep.backup.manifest import DATABASE, MEDIA, Manifest, StoredFile
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.stored_files import store

STAMP: Final = "%Y%m%dT%H%M%SZ"
UNFINISHED: Final = ".unfinished"


def make_backup(
    engine: Engine,
    media: Path,
    folder: Path,
    keys: Sequence[x25519.Recipient],
    now: datetime.datetime,
) -> tuple[Path, Manifest]:
    """Back up the database and the files in ``media`` while the site runs.

    Return the new folder in ``folder``, and what it says of itself. Raises ``BackupError``;
    nothing is left behind then.
    """
    now = now.astimezone(datetime.UTC)
    stamp = now.strftime(STAMP)
    with _unfinished(folder, stamp) as place:
        with engine.snapshot(place) as snapshot, snapshot.dump as dump:
            files = [store(dump, place, DATABASE, keys)]
        files += _store_media(media, place, keys)
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            vendor=engine.vendor,
            server=engine.version(),
            django=django.get_version(),
            migrations=snapshot.migrations,
            tables=snapshot.tables,
            files=files,
            recipients=[str(key) for key in keys],
        )
        manifest.write(place)
    return folder / stamp, manifest


@contextmanager
def _unfinished(folder: Path, stamp: str) -> Iterator[Path]:
    """Yield an empty folder that gets its name when the ``with`` block has succeeded."""
    place = folder / f"{stamp}{UNFINISHED}"
    try:
        if (folder / stamp).exists():
            raise BackupError(f"{folder / stamp} gibt es schon.")
        place.mkdir(mode=0o700, parents=True)
        yield place
        place.rename(folder / stamp)
        _sync(folder)
    except OSError as error:
        raise BackupError(f"In {folder} lässt sich keine Sicherung schreiben: {error}") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make the new name survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _store_media(
    media: Path, place: Path, keys: Sequence[x25519.Recipient]
) -> Iterator[StoredFile]:
    for path in sorted(media.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                yield store(file, place, MEDIA + path.relative_to(media).as_posix(), keys)
