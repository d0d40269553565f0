"""``manage.py restore_backup``: a backup beside the running site, compared, and then swapped in."""

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lkintegration.upkeep.backup.make_backup import STAMP
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.restore_backup import restore_backup
from lkintegration.upkeep.backup.site_database import site_database
from lkintegration.upkeep.backup.stored_files import secret_keys


class Command(BaseCommand):
    help = (
        "Stellt eine Sicherung neben der laufenden Website her, vergleicht jede Zeile, bringt die "
        "Datenbank auf den Stand dieser Fassung und tauscht sie dann aus. Die bisherige bleibt "
        "unter einem anderen Namen. Scheitert etwas, ist alles wie vorher."
    )
    requires_system_checks = ()  # the database may be gone: that is what this command is for

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="der Ordner der Sicherung")
        parser.add_argument(
            "--identity", type=Path, help="Datei mit dem geheimen Schlüssel, von age-keygen"
        )
        parser.add_argument(
            "--rehearse",
            action="store_true",
            help="nur prüfen, ob sich die Sicherung wiederherstellen lässt, und nichts ändern",
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Restore it, or end with the reason in words."""
        try:
            restore_backup(
                site_database(),
                Path(settings.MEDIA_ROOT),
                options["backup"],
                secret_keys(options["identity"]),
                timezone.now().astimezone(datetime.UTC).strftime(STAMP),
                rehearse=options["rehearse"],
                say=self.stdout.write,
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
