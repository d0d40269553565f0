"""Telephone numbers in a question: with and without country, area code, blanks; or half of one."""

import re

from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.search.understanding.weights import EXACT, HEAD, INFLECTION

SHORTEST = 6  # digits: 116117; a postcode has five
LONGEST_NUMBER = 20
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
