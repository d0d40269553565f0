"""``manage.py erase_person``: erases what is kept of one person (Article 17 GDPR)."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lkintegration.upkeep.person_traces import SHORTEST, Traces, erase, find_traces


class Command(BaseCommand):
    help = (
        "Löscht, was über einen Menschen gespeichert ist: Nachrichten, frühere Stände des Inhalts, "
        "Einträge im Protokoll der Verwaltung und begonnene Formulare, in denen alle Wörter "
        "vorkommen. Was noch gebraucht wird, nennt der Befehl. "
        "Ohne --yes zeigt er nur, was er löschen würde."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", help="Vor- und Nachname oder E-Mail-Adresse")
        parser.add_argument("--yes", action="store_true", help="löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        try:
            traces = find_traces(name)
        except ValueError:
            raise CommandError(
                f"Ein Wort braucht mindestens {SHORTEST} Buchstaben, sonst wäre fast alles "
                "gemeint. Nehmen Sie die E-Mail-Adresse oder eine längere Schreibweise."
            ) from None
        if options["yes"]:
            erase(traces)
        self._tell(traces, "Gelöscht" if options["yes"] else "Zu löschen (mit --yes)")

    def _tell(self, traces: Traces, what: str) -> None:
        self.stdout.write(
            f"{what}: {len(traces.messages)} Nachrichten, {traces.number_of_states} frühere "
            f"Stände, {len(traces.log_entries)} Einträge im Protokoll der Verwaltung, "
            f"{len(traces.typed_forms)} begonnene Formulare."
        )
        for table, keys in traces.states.items():
            self.stdout.write(f"  {table.instance_type._meta.verbose_name}: {len(keys)}")
        if traces.in_use:
            self.stdout.write(
                "Noch in Gebrauch. Ändern oder löschen Sie das in der Verwaltung, dann wiederholen "
                "Sie den Befehl:"
            )
        for line in traces.in_use:
            self.stdout.write(f"  {line}")
        self.stdout.write(
            "In Sicherungen steht es, bis sie gelöscht sind, und im Postfach des Amtes, bis Sie es "
            "dort löschen."
        )
