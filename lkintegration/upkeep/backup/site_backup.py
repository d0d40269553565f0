"""The backup that the settings ask for, by hand or every night."""

import datetime
from pathlib import Path

from django.conf import settings

from lkintegration.upkeep.backup.make_backup import make_backup
from lkintegration.upkeep.backup.manifest import Manifest
from lkintegration.upkeep.backup.old_backups import delete_old_backups, delete_replaced
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.site_database import site_database
from lkintegration.upkeep.backup.stored_files import public_keys


def back_up_site(folder: Path, now: datetime.datetime) -> tuple[Path, Manifest]:
    """Back up the site into a new folder in ``folder``; return it and what it says of itself."""
    keys = public_keys(settings.BACKUP_RECIPIENTS)
    return make_backup(site_database(), Path(settings.MEDIA_ROOT), folder, keys, now)


def back_up_nightly(now: datetime.datetime) -> str:
    """Back up the site, if BACKUP_FOLDER says where; return in German what was done."""
    if not settings.BACKUP_FOLDER:
        return "nicht eingerichtet: BACKUP_FOLDER ist leer"
    made, manifest = back_up_site(Path(settings.BACKUP_FOLDER), now)
    return f"{made.name}, {manifest.rows} Zeilen"


def delete_old_nightly(now: datetime.datetime) -> int:
    """Delete backups, and what they have replaced, whose time is over; return how many."""
    days, folder = settings.BACKUP_RETENTION_DAYS, Path(settings.BACKUP_FOLDER)
    try:
        database = site_database()
    except BackupError:  # in memory, where nothing can have been restored
        deleted = 0
    else:
        deleted = delete_replaced(database, Path(settings.MEDIA_ROOT), days, now)
    if settings.BACKUP_FOLDER and folder.exists():
        deleted += delete_old_backups(folder, days, now)
    return deleted
