"""``manage.py translation_status``: how far each language has come, as in the admin."""

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lkintegration.core.enums import Standing
from lkintegration.core.kinds import kinds
from lkintegration.translating.progress import Cell, Progress, progress

# What to fail on, and the German words for it.
FAULTS = {
    "missing": ((Standing.MISSING, Standing.INCOMPLETE), "fehlen Texte"),
    "outdated": (
        (Standing.OUTDATED, Standing.OUTDATED_MACHINE),
        "sind Übersetzungen veraltet",
    ),
    "machine": (
        (Standing.MACHINE, Standing.OUTDATED_MACHINE),
        "hat niemand die Übersetzung geprüft",
    ),
}
WIDTH = 22  # of the column that names the kind of content


class Command(BaseCommand):
    help = (
        "Zeigt den Stand der Übersetzungen nach Sprachen und Inhalten, wie die Seite in der "
        "Verwaltung."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument(
            "--fail-on",
            choices=list(FAULTS),
            action="append",
            default=[],
            help="endet mit 1, wenn etwas fehlt (missing), veraltet ist (outdated) oder noch "
            "niemand geprüft hat (machine); auch mehrmals",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = progress(kinds())
        write = _as_json if options["format"] == "json" else _as_table
        self.stdout.write(write(found))
        faults = []
        for name in dict.fromkeys(options["fail_on"]):
            standings, words = FAULTS[name]
            if number := sum(found.total.total.counts[standing] for standing in standings):
                faults.append(f"In {number} Fällen {words}.")
        if faults:
            raise CommandError(" ".join(faults))


def _as_json(found: Progress) -> str:
    return json.dumps(
        {
            row.language.code if row.language else "all": {
                "all": _numbers(row.total),
                **{
                    model._meta.label_lower: _numbers(cell)
                    for model, cell in zip(found.models, row.cells, strict=True)
                },
            }
            for row in [*found.rows, found.total]
        },
        indent=2,
    )


def _numbers(cell: Cell) -> dict[str, object]:
    counts = {
        str(standing): {"records": cell.counts[standing], "percent": cell.share(standing)}
        for standing in Standing
    }
    return {"total": cell.total, "percent": cell.percent, **counts}


def _as_table(found: Progress) -> str:
    head = ["%", "alle", *(standing.word for standing in Standing)]
    lines = []
    for row in [*found.rows, found.total]:
        name = row.language.german if row.language else "Alle Sprachen"
        lines += [_line(name, head, head)]
        lines += [
            _line(kind, _figures(cell), head)
            for kind, cell in zip(found.kinds, row.cells, strict=True)
        ]
        lines += [_line("Alles", _figures(row.total), head), ""]
    return "\n".join(lines).rstrip()


def _figures(cell: Cell) -> list[str]:
    percent = "–" if cell.percent is None else str(cell.percent)
    parts = [f"{cell.counts[standing]} ({cell.share(standing)} %)" for standing in Standing]
    return [percent, str(cell.total), *(part.removesuffix(" (0 %)") for part in parts)]


def _line(name: str, figures: list[str], head: list[str]) -> str:
    widths = [4, 4, *(max(len(word), 11) for word in head[2:])]
    columns = [figure.rjust(width) for figure, width in zip(figures, widths, strict=True)]
    return "  ".join([name.ljust(WIDTH), *columns])
