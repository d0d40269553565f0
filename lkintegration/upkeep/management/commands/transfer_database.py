"""``manage.py transfer_database``: from SQLite to PostgreSQL or back, each row compared."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lkintegration.settings.databases import SQLITE, database
from lkintegration.settings.kinds import read_database
from lkintegration.upkeep.transfer.transfer_database import (
    TransferError,
    transfer_database,
    use_databases,
)


class Command(BaseCommand):
    help = (
        "Überträgt alle Zeilen aus einer Datenbank in eine andere, zwischen SQLite und PostgreSQL, "
        "und vergleicht jede. Die andere Seite ist die Datenbank aus DATABASE_URL. Schalten Sie "
        "die Website vorher mit MAINTENANCE ab, sonst fehlt, was währenddessen geschrieben wird. "
        "Scheitert etwas, ist am Ziel alles wie vorher."
    )
    requires_system_checks = ()  # the database of the settings may be empty yet

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        side = parser.add_mutually_exclusive_group(required=True)
        side.add_argument("--from", dest="source", metavar="URL", help="die Datenbank, die bleibt")
        side.add_argument("--to", dest="target", metavar="URL", help="die Datenbank, die es wird")
        parser.add_argument(
            "--replace", action="store_true", help="ersetzt, was in der Ziel-Datenbank ist"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Transfer it, or end with the reason in words."""
        own = dict(settings.DATABASES["default"])
        other = _settings(options["source"] or options["target"])
        source, target = (other, own) if options["source"] else (own, other)
        if source["ENGINE"] == SQLITE:
            if not Path(source["NAME"]).exists():
                raise CommandError(f"Die Datenbank {source['NAME']} gibt es nicht.")
            # Only read: nobody who writes has to wait.
            source["OPTIONS"] = source["OPTIONS"] | {"transaction_mode": "DEFERRED"}
        use_databases(source, target)
        try:
            transfer_database(replace=options["replace"], say=self.stdout.write)
        except TransferError as error:
            raise CommandError(str(error)) from error


def _settings(url: str) -> dict[str, Any]:
    try:
        return database(read_database(url))
    except ValueError as error:
        raise CommandError(f"Die Adresse der Datenbank {error}.") from error
