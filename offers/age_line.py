"""The two programmes of advice on one line of ages: the geometry of the drawing by their names."""

from typing import NamedTuple

from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from offers.boundary import Boundary
from offers.enums import Programme

YEARS = 16  # on the line, half of them before the boundary; the bars run out of the picture
ROW = 30  # pixels downwards for each programme
BAR = 24


class Span(NamedTuple):
    """The ages of one programme. Lengths along the line are percentages."""

    name: str
    x: str
    width: str
    middle: str
    y: int

    @property
    def text_y(self) -> int:
        return self.y + BAR - 7


class AgeLine(NamedTuple):
    """Both spans, where the first ends and the second begins, and the ages (words, place) there."""

    spans: list[Span]
    limits: list[str]
    ages: list[tuple[str, str]]
    height: int = 2 * ROW


def age_line(boundary: Boundary) -> AgeLine | None:
    """Draw the programmes in the reader's direction; nothing without a boundary.

    An age is a year wide, so that the bars overlap over the ages that both serve.
    """
    if boundary.until is None or boundary.since is None:
        return None
    end, start = boundary.until + 1, boundary.since
    first_year = (start + end - YEARS) / 2
    bars = ((Programme.JMD, first_year, end), (Programme.MBE, start, first_year + YEARS))
    spans = [
        _span(programme, low - first_year, high - first_year, row)
        for row, (programme, low, high) in enumerate(bars)
    ]
    limits = [_percent(_position(age - first_year)) for age in sorted({start, end})]
    ages = [
        (words, _percent(_position((low + high) / 2 - first_year)))
        for words, low, high in _named(boundary)
    ]
    return AgeLine(spans, limits, ages)


def _span(programme: Programme, low: float, high: float, row: int) -> Span:
    left, right = sorted((_position(low), _position(high)))
    return Span(
        programme.upper(),
        _percent(left),
        _percent(right - left),
        _percent((left + right) / 2),
        row * ROW,
    )


def _named(boundary: Boundary) -> list[tuple[str, int, int]]:
    """Return the ages to write below the bars: those of the choice, or those beside the border."""
    choice = boundary.choice
    if choice:
        words = str(choice[0]) if len(choice) == 1 else f"{choice[0]}–{choice[-1]}"
        return [(words, choice[0], choice[-1] + 1)]
    return [(str(age), age, age + 1) for age in boundary if age is not None]


def _position(year: float) -> float:
    share = min(max(100 * year / YEARS, 0), 100)
    return 100 - share if BY_CODE[current_language()].rtl else share


def _percent(share: float) -> str:
    return f"{share:.2f}%"
