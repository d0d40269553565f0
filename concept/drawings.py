"""Key figures as bars: the geometry of the drawings in their tables."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from concept.models import KeyFigure
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language


class Bar(NamedTuple):
    """One figure and its bar; lengths are percentages, so that it fits any screen."""

    figure: KeyFigure
    x: str
    width: str


class Group(NamedTuple):
    """Figures below one heading, which stands in the first of them; it may be empty."""

    first: KeyFigure
    bars: list[Bar]


class Panel(NamedTuple):
    """The figures of one date; bars are drawn only where there is something to compare."""

    dated: str
    bars: list[Bar]

    @property
    def is_drawn(self) -> bool:
        return len(self.bars) > 1

    @property
    def has_shares(self) -> bool:
        return any(bar.figure.share is not None for bar in self.bars)

    @property
    def columns(self) -> int:
        return 2 + self.has_shares

    @property
    def groups(self) -> list[Group]:
        """Return the figures in groups, each of which begins with a heading."""
        groups: list[Group] = []
        for bar in self.bars:
            if bar.figure.heading or not groups:
                groups.append(Group(bar.figure, []))
            groups[-1].bars.append(bar)
        return groups

    @property
    def noted(self) -> list[KeyFigure]:
        """Return one figure for each note."""
        return self._each("note")

    @property
    def sourced(self) -> list[KeyFigure]:
        """Return one figure for each source."""
        return self._each("source")

    def _each(self, field: str) -> list[KeyFigure]:
        """Return the first figure that says each of the things said in ``field``."""
        found: dict[str, KeyFigure] = {}
        for bar in self.bars:
            found.setdefault(getattr(bar.figure, field), bar.figure)
        return [figure for said, figure in found.items() if said]


def panels(figures: Iterable[KeyFigure]) -> list[Panel]:
    """Return one panel per date, in the order of ``figures``, which must be sorted by date."""
    return [_panel(list(group)) for _as_of, group in groupby(figures, key=lambda f: f.as_of)]


def _panel(figures: list[KeyFigure]) -> Panel:
    largest = max(figure.value for figure in figures) or 1
    rtl = BY_CODE[current_language()].rtl
    bars = []
    for figure in figures:
        # A share of the population is drawn as such; the population itself fills its line.
        share = 100 * figure.value / largest if figure.share is None else figure.share
        bars.append(Bar(figure, f"{100 - share if rtl else 0:.2f}%", f"{share:.2f}%"))
    return Panel(figures[0].dated, bars)
