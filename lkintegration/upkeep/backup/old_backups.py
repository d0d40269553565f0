"""Backups, and what they have replaced, hold what readers wrote: both go in time."""

import datetime
import glob
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from lkintegration.upkeep.backup.engine import BEFORE, Engine
from lkintegration.upkeep.backup.make_backup import STAMP, UNFINISHED

_LONGEST: Final = datetime.timedelta(days=1)  # that making a backup may take


def delete_old_backups(folder: Path, days: int, now: datetime.datetime) -> int:
    """Delete backups in ``folder`` made more than ``days`` before ``now``; return how many.

    The newest stays, whatever its age, and so does everything that is not a backup. What a killed
    process has left unfinished goes as well.
    """
    limit = now - datetime.timedelta(days=days)
    old = [path for path, made_at in _backups(folder)[:-1] if made_at < limit]
    for path in old:
        # Half of one that is being deleted is no backup any more.
        path.rename(path.with_name(path.name + UNFINISHED))
    for path, began_at in _backups(folder, UNFINISHED):
        if began_at < now - _LONGEST:
            shutil.rmtree(path)
    return len(old)


def delete_replaced(engine: Engine, media: Path, days: int, now: datetime.datetime) -> int:
    """Delete what restorations have replaced more than ``days`` before ``now``; return how much.

    Databases beside that of ``engine``, and folders of uploaded files beside ``media``. Raises
    ``BackupError``.
    """
    limit = now - datetime.timedelta(days=days)
    databases = [name for name, stamp in engine.replaced().items() if _is_before(stamp, limit)]
    for name in databases:
        engine.drop_replaced(name)
    start = f"{media.name}{BEFORE}"
    folders = [
        path
        for path in media.parent.glob(f"{glob.escape(start)}*")
        if _is_before(path.name.removeprefix(start), limit)
    ]
    for path in folders:
        shutil.rmtree(path)
    return len(databases) + len(folders)


def _is_before(stamp: str, limit: datetime.datetime) -> bool:
    """Return whether ``stamp`` is a time, and one before ``limit``."""
    with suppress(ValueError):
        return datetime.datetime.strptime(stamp, STAMP).replace(tzinfo=datetime.UTC) < limit
    return False


def _backups(folder: Path, end: str = "") -> list[tuple[Path, datetime.datetime]]:
    """Return what is named after a time and ``end``, with that time, the oldest first."""
    found = []
    for path in sorted(folder.glob(f"*Z{end}")):
        with suppress(ValueError):
            made_at = datetime.datetime.strptime(path.name, STAMP + end)
            found.append((path, made_at.replace(tzinfo=datetime.UTC)))
    return found
