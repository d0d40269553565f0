"""``manage.py export_translations``: texts for translators outside the house."""

import sys
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN
from lkintegration.translating.exchange.document import FileError
from lkintegration.translating.exchange.formats import FORMATS
from lkintegration.translating.exchange.units import STANDINGS, TO_DO, collect, count_records


class Command(BaseCommand):
    help = "Schreibt eine Datei mit Texten, die in eine Sprache übersetzt werden sollen."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [model._meta.label_lower for model in kinds()]
        parser.add_argument("language", choices=FOREIGN)
        parser.add_argument("--format", choices=FORMATS, default="xliff2")
        parser.add_argument(
            "--state", nargs="+", choices=[str(s) for s in STANDINGS], default=TO_DO
        )
        parser.add_argument("--kind", nargs="+", choices=names, default=names)
        parser.add_argument("--output", metavar="FILE", help="ohne: auf die Standardausgabe")

    def handle(self, *args: Any, **options: Any) -> None:
        models = [model for model in kinds() if model._meta.label_lower in options["kind"]]
        wanted = models, options["language"], options["state"]
        records = count_records(*wanted)
        if not records:
            raise CommandError("Hier gibt es nichts zu übersetzen.")
        # On a terminal only: what goes elsewhere holds the sentence at the end.
        bar = tqdm(total=records, desc="Einträge", unit="", file=self.stderr, disable=None)
        number = count()
        units = (unit for unit, _n in zip(collect(*wanted, bar.update), number, strict=False))
        try:
            with bar, _opened(options["output"]) as file:
                file.writelines(FORMATS[options["format"]].write_parts(units, options["language"]))
        except (FileError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{next(number)} Texte ausgegeben.")


def _opened(path: str | None) -> AbstractContextManager[BinaryIO]:
    return Path(path).open("wb") if path else nullcontext(sys.stdout.buffer)
