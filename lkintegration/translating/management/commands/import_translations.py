"""``manage.py import_translations``: translations that come back from outside the house."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lkintegration.core.languages import FOREIGN
from lkintegration.translating.exchange.document import MAX_BYTES, FileError
from lkintegration.translating.exchange.formats import read
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.plan import Plan, Question
from lkintegration.translating.exchange.planning import make_plan


class Command(BaseCommand):
    help = (
        "Liest ein, was von einer Datei mit Übersetzungen passt (XLIFF 2.0, XLIFF 1.2, XLSX, CSV); "
        "was nicht passt, steht mit Zeile und Grund auf der Fehlerausgabe."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="„-“ für die Standardeingabe")
        parser.add_argument("--language", choices=FOREIGN, required=True)
        parser.add_argument(
            "--reviewed-by",
            default="",
            metavar="NAME",
            help="wer geprüft hat, höchstens 60 Zeichen; ohne Namen gilt alles als maschinell "
            "übersetzt",
        )
        for question in Question:
            parser.add_argument(
                f"--accept-{question}",
                action="append_const",
                const=question,
                dest="answers",
                default=[],
                help=f"auch Texte: {question.label}",
            )
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts ändern")

    def handle(self, *args: Any, **options: Any) -> None:
        language, name = options["language"], options["reviewed_by"].strip()
        if len(name) > 60:
            raise CommandError("Der Name der Person darf höchstens 60 Zeichen haben.")
        answers = options["answers"]
        try:
            document = read(_content(options["file"]))
            if options["dry_run"]:
                plan = make_plan(document, language, None, reviewed=bool(name), answers=answers)
                if plan.refusals and not plan.records:
                    raise RefusedError(plan)
                self._show(plan)
            else:
                plan = import_document(document, language, None, reviewed_by=name, answers=answers)
        except RefusedError as error:
            lines = [str(refusal) for refusal in error.plan.refusals]
            raise CommandError("\n".join(["Nichts wurde eingelesen.", *lines])) from error
        except (FileError, OSError) as error:
            raise CommandError(f"Nichts wurde eingelesen. {error}") from error
        done = "Probe, nichts geändert" if options["dry_run"] else "Eingelesen"
        self.stdout.write(
            f"{done}: {plan.changes} Texte in {len(plan.records)} Einträgen, "
            f"{plan.same} wie bisher, {plan.empty} ohne Übersetzung."
        )
        self._tell_rest(plan)

    def _tell_rest(self, plan: Plan) -> None:
        """Write what was left out, and how to have it read in."""
        for question, texts in ((asked.question, asked.texts) for asked in plan.questions):
            self.stderr.write(f"Mit --accept-{question} auch {len(texts)} Texte: {question.label}.")
            self.stderr.write("\n".join(f"  {text.unit.id}" for text in texts))
        if plan.refusals:
            self.stderr.write(f"Nicht eingelesen, {len(plan.refusals)} Texte:")
            self.stderr.write("\n".join(f"  {refusal}" for refusal in plan.refusals))

    def _show(self, plan: Plan) -> None:
        for entry in plan.records:
            self.stdout.write(f"{entry.kind} „{entry.record}“: {entry.before} → {entry.after}")
            for change in entry.changes:
                self.stdout.write(f"  {change.unit.id}\n  - {change.before}\n  + {change.after}")


def _content(name: str) -> bytes:
    return sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else Path(name).read_bytes()
