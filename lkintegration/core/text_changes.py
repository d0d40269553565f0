"""What has changed between two texts: which paragraphs, and in them word by word.

Paragraphs that stay are found first, then the words of those that changed are compared. The work is
bounded: beyond that, more counts as changed than was, never less.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lkintegration.core.common_runs import Budget, gaps
from lkintegration.core.paragraphs import Paragraph, paragraphs_of

MOST_PAIRS: Final = 2_500  # of paragraphs among which the likeliest are looked for
ALIKE: Final = 0.4  # how much two paragraphs have in common where one was made of the other

SAME, GONE, NEW = "same", "gone", "new"


class Passage(NamedTuple):
    """A part of a paragraph: words that are the ``SAME``, ``GONE`` or ``NEW``."""

    kind: str
    words: tuple[str, ...]


class ChangedParagraph(NamedTuple):
    """A paragraph word by word, and how many behind it are left out, because they stay.

    ``kind`` is what it is now, ``kind_before`` what it was, where that is something else. Without
    passages it says only that paragraphs stay before all changes.
    """

    kind: str
    passages: tuple[Passage, ...]
    kind_before: str = ""
    left_out: int = 0


def changed_paragraphs(then: str, now: str, *, is_rich: bool = True) -> list[ChangedParagraph]:
    """Return what differs between two texts.

    Empty where the words, the kinds of the paragraphs and the addresses of links are the same.
    """
    budget = Budget()
    before, after = (paragraphs_of(text, is_rich=is_rich) for text in (then, now))
    found: list[ChangedParagraph] = []
    for gap in gaps(before, after, budget):
        pairs = _pairs(before[gap.then], after[gap.now])
        found += [_compared(gone, new, budget) for gone, new in pairs]
        if gap.same:
            last = found.pop() if found else ChangedParagraph("", ())
            found.append(last._replace(left_out=gap.same))
    return found if any(paragraph.passages for paragraph in found) else []


def changed_words(then: Sequence[str], now: Sequence[str], budget: Budget) -> list[Passage]:
    """Return two paragraphs word by word."""
    found: list[Passage] = []
    for gap in gaps(then, now, budget):
        end = gap.then.stop + gap.same
        for kind, words in (
            (GONE, then[gap.then]),
            (NEW, now[gap.now]),
            (SAME, then[gap.then.stop : end]),
        ):
            if words:
                found.append(Passage(kind, tuple(words)))
    return found


Pair = tuple[Paragraph | None, Paragraph | None]


def _compared(gone: Paragraph | None, new: Paragraph | None, budget: Budget) -> ChangedParagraph:
    words = changed_words(gone.words if gone else (), new.words if new else (), budget)
    kinds = [paragraph.kind for paragraph in (gone, new) if paragraph]
    before = kinds[0] if kinds[0] != kinds[-1] else ""
    return ChangedParagraph(kinds[-1], tuple(words), before)


def _pairs(gone: list[Paragraph], new: list[Paragraph]) -> Iterator[Pair]:
    """Yield what became of paragraphs: those that are alike together, the others alone."""
    if len(gone) == len(new) == 1:
        yield gone[0], new[0]
        return
    a = b = 0
    for one, other in (*_alike(gone, new), (len(gone), len(new))):
        yield from ((paragraph, None) for paragraph in gone[a:one])
        yield from ((None, paragraph) for paragraph in new[b:other])
        if one < len(gone):
            yield gone[one], new[other]
        a, b = one + 1, other + 1


def _alike(gone: list[Paragraph], new: list[Paragraph]) -> list[tuple[int, int]]:
    """Return which paragraphs belong together, in order, so that most words are common."""
    before, after = ([Counter(paragraph.words) for paragraph in part] for part in (gone, new))
    if len(before) * len(after) > MOST_PAIRS:
        pairs = enumerate(zip(before, after, strict=False))
        return [(place, place) for place, (one, other) in pairs if _likeness(one, other)]
    likeness = [[_likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _row in range(len(before) + 1)]
    for a in reversed(range(len(before))):
        for b in reversed(range(len(after))):
            together = likeness[a][b] and likeness[a][b] + best[a + 1][b + 1]
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(before) and b < len(after):
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            found.append((a, b))
            a, b = a + 1, b + 1
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return which part of two paragraphs is common; 0 where one was not made of the other."""
    part = 2 * (one & other).total() / (one.total() + other.total())
    return part if part >= ALIKE else 0.0
