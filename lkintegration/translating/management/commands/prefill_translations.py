"""``manage.py prefill_translations``: fills what is missing in one language, by machine."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from lkintegration.core.formats import number
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import BY_CODE, FOREIGN
from lkintegration.translating.machine import budget, configured
from lkintegration.translating.machine.contract import Provider
from lkintegration.translating.machine.missing import Missing, missing_texts
from lkintegration.translating.machine.prefill import fill
from lkintegration.translating.machine.terms import known_terms


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError("muss eine ganze Zahl ab 1 sein")
    return number


class Command(BaseCommand):
    help = (
        "Lässt fehlende Texte in eine Sprache maschinell übersetzen. Vorhandene bleiben, wie sie "
        "sind. Braucht DEEPL_AUTH_KEY."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        labels = [model._meta.label_lower for model in kinds()]
        parser.add_argument("language", choices=FOREIGN, metavar="SPRACHE", help=", ".join(FOREIGN))
        parser.add_argument("--kind", choices=labels, help="nur diese Inhalte")
        parser.add_argument("--limit", type=_positive, help="höchstens so viele Texte")
        parser.add_argument(
            "--dry-run", action="store_true", help="sagt, was es kosten würde, und sendet nichts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language = BY_CODE[options["language"]]
        provider = configured()
        if provider is None:
            raise CommandError("Ohne DEEPL_AUTH_KEY gibt es keine maschinelle Übersetzung.")
        if not provider.offers(language.code):
            raise CommandError(
                f"{provider.name} übersetzt nicht in diese Sprache: {language.german}. "
                "Es wurde nichts gesendet."
            )
        models = [m for m in kinds() if options["kind"] in {None, m._meta.label_lower}]
        work = missing_texts(models, language.code, known_terms())
        texts = work.texts[: options["limit"]]
        cost = number(sum(text.cost for text in texts))
        self.stdout.write(
            f"{language.german}: {number(len(texts))} fehlende Texte, {cost} Zeichen; "
            f"in diesem Monat sind {number(budget.left())} frei."
        )
        if work.left_to_people:
            self.stdout.write(f"{work.left_to_people} von Menschen begonnene Einträge bleiben.")
        if not options["dry_run"]:
            self._fill(provider, texts)

    def _fill(self, provider: Provider, texts: list[Missing]) -> None:
        with tqdm(total=len(texts), desc="Texte", unit="", file=self.stderr, disable=None) as bar:
            outcome = fill(provider, texts, bar.update)
        self.stdout.write(
            f"{number(outcome.filled)} Texte vorausgefüllt, {number(outcome.characters)} Zeichen."
        )
        for refusal in outcome.refused:
            self.stdout.write(f"Nicht übernommen: {refusal}")
        if outcome.stopped:
            raise CommandError(outcome.stopped)
        if texts and (usage := provider.usage()):
            self.stdout.write(
                f"{provider.name} zählt selbst {number(usage.characters)} von "
                f"{number(usage.limit)} Zeichen."
            )
