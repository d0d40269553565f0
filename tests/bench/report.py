"""The figures as tables, and docs/performance.md, in which each part has its own place."""

import datetime
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.server import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"


class Section(NamedTuple):
    """A heading, what the reader must know, and a table."""

    title: str
    text: str
    table: str


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, ["---"] * len(head), *rows])


def spread(figures: Sequence[float]) -> str:
    """Return the median, and between which two they all are."""
    return f"{_short(median(figures))} ({_short(min(figures))}–{_short(max(figures))})"


def compared(figures: Sequence[float], others: Sequence[float]) -> str:
    """Return how many times ``others`` the ``figures`` are, both measured in the same rounds."""
    ratios = [figure / other for figure, other in zip(figures, others, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _short(figure: float) -> str:
    return (
        f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"
    )


def tell_machine() -> str:
    """Return where and when this is measured, and how busy the machine is with other work."""
    models = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{figure:.2f}" for figure in os.getloadavg())
    return (
        f"{datetime.date.today():%-d %B %Y}: {os.cpu_count()} × {models[0] if models else 'CPU'}, "
        f"{memory:.0f} GB, Linux {platform.release()}, Python {platform.python_version()}; load "
        f"average at the beginning {load}."
    )


def write(part: str, measured_on: str, sections: Sequence[Section]) -> None:
    """Put the sections into the place of ``part`` in the document, and leave the rest as it is."""
    document = DOCUMENT.read_text(encoding="utf-8")  # only now: others may have written meanwhile
    text = "\n".join(f"## {one.title}\n\n{one.text}\n\n{one.table}" for one in sections)
    found = f"{measured_on}\n\n{text}"
    DOCUMENT.write_text(_place(part).sub(lambda _old: found, document), encoding="utf-8")


def parts_in(document: str) -> list[str]:
    """Return the names of the parts that have a place in the document."""
    return re.findall(r"^<!-- make bench: (\w+) begin -->$", document, re.MULTILINE)


def _place(part: str) -> re.Pattern[str]:
    begin, end = (re.escape(f"<!-- make bench: {part} {edge} -->") for edge in ("begin", "end"))
    return re.compile(f"(?<={begin}\n).*?(?={end})", re.DOTALL)
