"""``manage.py rebuild_search``: all entries of the search anew, while readers go on searching."""

from typing import Any

from django.core.management.base import BaseCommand

from lkintegration.core.kinds import kinds
from lkintegration.search.engine.rebuilding import rebuild
from lkintegration.search.models import StaleEntry


class Command(BaseCommand):
    help = (
        "Baut das Verzeichnis der Suche neu auf. Nötig ist das nie: Es folgt den Inhalten von "
        "selbst. Der Befehl hilft, wenn jemand an der Website vorbei in die Datenbank geschrieben "
        "hat. Währenddessen kann weiter gesucht und geschrieben werden."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many records there are."""
        notes = list(StaleEntry.objects.values_list("pk", flat=True))
        done = rebuild(list(kinds()))
        StaleEntry.objects.filter(pk__in=notes).delete()
        self.stdout.write(f"{done} Einträge sind in der Suche.")
