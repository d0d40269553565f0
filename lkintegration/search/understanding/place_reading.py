"""Places and postcodes that a question names."""

from collections.abc import Iterator, Sequence

from lkintegration.search.understanding.alternatives import Word
from lkintegration.search.understanding.knowledge import Knowledge

_MOST_WORDS = 4  # "Hausen im Wiesental"
_DISTRICT = {"landkreis", "kreis", "landratsamt", "lkr"}  # "Lörrach" behind them is no town


def read_place(
    words: Sequence[Word], small: set[str], knowledge: Knowledge
) -> tuple[str | None, set[int]]:
    """Return the AGS key of the first place that is named, the longest name first, and where.

    A ``small`` word is a place only where hardly anything else is asked: "weil", "Weil Rathaus".
    """
    for start, length in _spans(len(words)):
        named = words[start : start + length]
        if start and words[start - 1].folded in _DISTRICT:
            continue
        if length == 1 and named[0].folded in small and len(words) > 2:
            continue
        phrase = " ".join(word.folded for word in named)
        for name in named[0].spelled if length == 1 else {phrase}:
            if ags := knowledge.places.get(name):
                return ags, set(range(start, start + length))
    return None, set()


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for length in range(_MOST_WORDS, 0, -1):
        for start in range(count - length + 1):
            yield start, length
