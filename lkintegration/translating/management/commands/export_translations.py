"""``manage.py export_translations``: texts for translators outside the house."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN
from lkintegration.translating.exchange.document import FileError
from lkintegration.translating.exchange.formats import FORMATS
from lkintegration.translating.exchange.units import STANDINGS, TO_DO, collect


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
        units = list(collect(models, options["language"], options["state"]))
        if not units:
            raise CommandError("Hier gibt es nichts zu übersetzen.")
        try:
            content = FORMATS[options["format"]].write(units, options["language"])
            if options["output"]:
                Path(options["output"]).write_bytes(content)
            else:
                sys.stdout.buffer.write(content)
        except (FileError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{len(units)} Texte ausgegeben.")
