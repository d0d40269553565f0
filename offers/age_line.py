"""The two advice services on one line of ages: the geometry of the drawing beside their names."""

from collections.abc import Iterable
from typing import NamedTuple

from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from offers.models import Service

SCALE = 60  # years on the line; an open end runs out of the picture
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
    """All spans, and the ages (number, place) at which one begins or ends."""

    spans: list[Span]
    limits: list[tuple[int, str]]
    height: int


def age_line(services: Iterable[Service]) -> AgeLine:
    """Draw each programme once, by the ages of its first service, in the reader's direction."""
    first: dict[str, Service] = {}
    for service in services:
        first.setdefault(service.programme, service)
    spans, limits = [], set()
    for row, (programme, service) in enumerate(first.items()):
        low = service.min_age or 0
        high = SCALE if service.max_age is None else min(service.max_age, SCALE)
        limits |= {age for age in (service.min_age, service.max_age) if age and age < SCALE}
        start, end = sorted((_position(low), _position(high)))
        spans.append(
            Span(
                programme.upper(),
                _percent(start),
                _percent(end - start),
                _percent((start + end) / 2),
                row * ROW,
            )
        )
    return AgeLine(
        spans, [(age, _percent(_position(age))) for age in sorted(limits)], len(first) * ROW
    )


def _position(age: int) -> float:
    share = 100 * age / SCALE
    return 100 - share if BY_CODE[current_language()].rtl else share


def _percent(share: float) -> str:
    return f"{share:.2f}%"
