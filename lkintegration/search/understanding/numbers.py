"""Telephone numbers in a question: with and without country, area code, blanks; or half of one."""

import re
from collections.abc import Iterator, Sequence

from lkintegration.search.understanding.alternatives import Word
from lkintegration.search.understanding.knowledge import Knowledge
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.search.understanding.weights import EXACT, HEAD, INFLECTION

_SHORTEST = 6  # digits: 116117; a postcode has five
_LONGEST = 20
_COUNTRY = re.compile("^0{0,2}49(?=[0-9]{6})0?")
_FEW = 8


def number_alternatives(digits: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Return how the index may hold the number ``digits``, at least six, with weights."""
    is_whole = digits.startswith("0") or len(digits) > 10
    national = _COUNTRY.sub("", digits) if is_whole else digits
    national = national.lstrip("0") or digits
    found = dict.fromkeys(
        (digits, national, f"0{national}", f"49{national}", f"0049{national}"), EXACT
    )
    half = [
        other
        for form in (national, f"0{national}", f"49{national}")
        for other in vocabulary.starting(form)
        if other.isdigit()
    ]
    behind = [] if digits.startswith("0") else list(vocabulary.numbers_ending(digits))
    for others, weight in ((half, INFLECTION), (behind, HEAD)):
        for other in others[:_FEW]:
            found.setdefault(other, weight)
    return found


def digit_groups(
    words: Sequence[Word], left_out: set[int], knowledge: Knowledge
) -> Iterator[tuple[int, int]]:
    """Yield where groups of digits that make up a telephone number begin and end.

    A postcode of the district is none of them.
    """
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and end not in left_out and _is_group(words[end], knowledge):
            end += 1
        if _SHORTEST <= sum(len(word.folded) for word in words[start:end]) <= _LONGEST:
            yield start, end
        start = max(end, start + 1)


def _is_group(word: Word, knowledge: Knowledge) -> bool:
    return word.folded.isdigit() and word.folded not in knowledge.places
