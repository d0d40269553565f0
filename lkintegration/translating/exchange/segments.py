"""The segments of one text in XLIFF 2, each with its place in the translation."""

from operator import itemgetter
from typing import NamedTuple

from lkintegration.translating.exchange.codes import Piece, has_words
from lkintegration.translating.exchange.document import CodeError, FileState


class Segment(NamedTuple):
    """A segment, or what stands between two of them; ``target`` is None where there is none."""

    source: list[Piece]
    target: list[Piece] | None
    place: str  # in the translation, where the file gives one
    state: FileState | None  # None for what nobody has to translate

    @property
    def is_open(self) -> bool:
        return has_words(self.source) and not has_words(self.target or [])

    @property
    def translation(self) -> list[Piece]:
        return self.source if self.target is None else self.target


def in_order(parts: list[Segment]) -> list[Segment]:
    """Return the parts in the order of the translation: each stands where ``order`` says.

    A part without it keeps its own place, and no place is taken twice. Some programs count only
    the segments, so that what stands between them stays where it is.
    """
    if not any(part.place for part in parts):
        return parts
    segments = [part for part in parts if part.state is not None]
    if ordered := _placed(parts):
        return ordered
    if ordered := _placed(segments):
        following = iter(ordered)
        return [part if part.state is None else next(following) for part in parts]
    raise CodeError(
        "Die Reihenfolge der Sätze ist nicht eindeutig (order). Geben Sie jedem Satz seine eigene "
        "Stelle."
    )


def _placed(parts: list[Segment]) -> list[Segment]:
    """Return the parts as ``order`` counts them; nothing where two have one place."""
    try:
        places = [int(part.place or number) for number, part in enumerate(parts, start=1)]
    except ValueError:
        return []
    if sorted(places) != list(range(1, len(parts) + 1)):
        return []
    return [part for _place, part in sorted(zip(places, parts, strict=True), key=itemgetter(0))]
