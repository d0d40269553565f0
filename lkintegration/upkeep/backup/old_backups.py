"""Backups hold what readers wrote, so they go when their time is over."""

import datetime
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

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


def _backups(folder: Path, end: str = "") -> list[tuple[Path, datetime.datetime]]:
    """Return what is named after a time and ``end``, with that time, the oldest first."""
    found = []
    for path in sorted(folder.glob(f"*Z{end}")):
        with suppress(ValueError):
            made_at = datetime.datetime.strptime(path.name, STAMP + end)
            found.append((path, made_at.replace(tzinfo=datetime.UTC)))
    return found
