"""Key figures as bars: the geometry of the drawing on the concept page."""

from collections.abc import Iterable
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from concept.models import KeyFigure

# Pixels downwards; lengths along the line are percentages, so that text keeps its size on a phone.
LINE = 19
BAR = 12
GAP = 17
LONGEST_BAR = 76.0  # percent; the number stands in the rest of the line
CHARACTERS = 34  # of a label, in a line that fits a phone 320 pixels wide


class Bar(NamedTuple):
    """One figure: the lines of its label with their places, and its bar."""

    figure: KeyFigure
    label: list[tuple[str, int]]
    top: int
    width: str
    rtl_x: str

    @property
    def number_y(self) -> int:
        return self.top + BAR - 1


class Panel(NamedTuple):
    """The figures of one date; bars are drawn only where there is something to compare."""

    dated: str
    bars: list[Bar]
    height: int

    @property
    def is_drawn(self) -> bool:
        return len(self.bars) > 1

    @property
    def has_shares(self) -> bool:
        return any(bar.figure.share is not None for bar in self.bars)


def panels(figures: Iterable[KeyFigure]) -> list[Panel]:
    """Return one panel per date, in the order of ``figures``, which must be sorted by date."""
    return [_panel(list(group)) for _as_of, group in groupby(figures, key=lambda f: f.as_of)]


def _panel(figures: list[KeyFigure]) -> Panel:
    largest = max(float(figure.value) for figure in figures) or 1.0
    bars, top = [], 0
    for figure in figures:
        lines = wrap(str(figure.label), CHARACTERS)
        label = [(line, top + (row + 1) * LINE - 5) for row, line in enumerate(lines)]
        top += len(lines) * LINE
        percent = LONGEST_BAR * float(figure.value) / largest
        bars.append(Bar(figure, label, top, f"{percent:.2f}%", f"{100 - percent:.2f}%"))
        top += BAR + GAP
    return Panel(figures[0].dated, bars, top)
