"""``manage.py load_content``: the office's content, from the files of the apps."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from lkintegration.core.database_lock import DatabaseBusyError, alone_on_database
from lkintegration.seed.content_files import ContentError, SeedEntry
from lkintegration.seed.load_content import load_content
from lkintegration.seed.outcomes import DELETED, LEFT_ALONE


class Command(BaseCommand):
    help = (
        "Lädt die Inhalte aus den TOML-Dateien der Apps. "
        "Was in der Verwaltung geändert oder gelöscht wurde, bleibt, wie es ist."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        def progress(entries: list[SeedEntry]) -> tqdm:
            return tqdm(entries, desc="Inhalte", unit="", file=self.stderr, disable=None)

        try:
            with alone_on_database():
                outcome = load_content(progress)
        except (ContentError, DatabaseBusyError) as error:
            raise CommandError(str(error)) from error
        summary = ", ".join(f"{count} {name}" for name, count in sorted(outcome.items()))
        self.stdout.write(f"Inhalte geladen: {summary}.")
        if outcome[LEFT_ALONE] or outcome[DELETED]:
            self.stdout.write("Änderungen aus der Verwaltung sind erhalten geblieben.")
