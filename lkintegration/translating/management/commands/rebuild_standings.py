"""``manage.py rebuild_standings``: counts anew where every translation stands."""

from typing import Any

from django.core.management.base import BaseCommand

from lkintegration.core.standings import rebuild_standings


class Command(BaseCommand):
    help = (
        "Zählt den Stand aller Übersetzungen neu. Nötig nur, wenn jemand Texte an Django vorbei in "
        "die Datenbank geschrieben hat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_standings()} Stände gespeichert.")
