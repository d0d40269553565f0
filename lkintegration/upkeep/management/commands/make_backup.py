"""``manage.py make_backup``: database and files into a folder of their own, while the site runs."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lkintegration.upkeep.backup.old_backups import delete_old_backups
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.site_backup import back_up_site


class Command(BaseCommand):
    help = (
        "Sichert Datenbank und Dateien in einen neuen Ordner, verschlüsselt, wenn "
        "BACKUP_RECIPIENTS gesetzt ist, und löscht Sicherungen, die älter sind als "
        "BACKUP_RETENTION_DAYS. Die Website läuft dabei weiter."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--folder", default=settings.BACKUP_FOLDER, help="wohin; sonst nach BACKUP_FOLDER"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Make one backup, and only then delete old ones."""
        if not options["folder"]:
            raise CommandError("Nennen Sie den Ordner: --folder ORDNER, oder BACKUP_FOLDER.")
        folder = Path(options["folder"])
        now = timezone.now()
        try:
            made, manifest = back_up_site(folder, now)
        except BackupError as error:
            raise CommandError(str(error)) from error
        deleted = delete_old_backups(folder, settings.BACKUP_RETENTION_DAYS, now)
        keys = len(manifest.recipients)
        how = f"verschlüsselt für {keys} Schlüssel" if keys else "NICHT verschlüsselt"
        self.stdout.write(
            f"{made}: {manifest.rows} Zeilen in {len(manifest.tables)} Tabellen, "
            f"{len(manifest.files) - 1} Dateien, {how}. Gelöschte alte Sicherungen: {deleted}."
        )
