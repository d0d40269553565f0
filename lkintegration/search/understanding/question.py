"""What a reader asked, as the engine and the page of results need it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """One word that the reader wrote.

    ``alternatives``: folded words of the index, each with its weight (0, 1], the best first. An
    entry answers this word if it holds one of them. Of a phrase or a compound each part is a
    ``Wanted`` of its own, with the word for the whole among the alternatives of each.
    ``is_needed``: an entry without it is no answer. A place among other words is not needed: what
    serves the whole district does not name it.
    """

    written: str
    alternatives: tuple[tuple[str, float], ...]
    is_needed: bool = True


@dataclass(frozen=True)
class Question:
    """A question understood. Nothing in it holds control characters or halves of characters.

    ``written``: what the reader wrote, cut to what is read. ``municipality``: the AGS key of a
    place or postcode that is named. ``corrected``: all words of the question as the site writes
    them, where at least one is another than the reader's; else empty.
    """

    written: str
    words: tuple[Wanted, ...] = ()
    age: int | None = None
    municipality: str | None = None
    corrected: tuple[str, ...] = ()
