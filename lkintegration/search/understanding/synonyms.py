"""What people call something, looked up in a question: phrases of several words, longest first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lkintegration.core.languages import SOURCE
from lkintegration.search.understanding.inflections import same_word
from lkintegration.search.understanding.knowledge import FIRST_LETTERS, Knowledge, Phrase
from lkintegration.search.understanding.small_words import small_and_weak


class Synonym(NamedTuple):
    """A phrase of the question, from the word at ``start``, and the folded German terms for it."""

    start: int
    length: int
    terms: tuple[str, ...]
    is_exact: bool


def find_synonyms(
    words: Sequence[set[str]], language: str, knowledge: Knowledge
) -> Iterator[Synonym]:
    """Yield the phrases of the question that mean German terms; no two share a word.

    ``words``: the spellings of each word. Longer phrases come first, then those written as known,
    then the reader's language, German, the others. Other forms of the words count as well.
    """
    found = [
        (-len(phrase.words), not exact, _rank(phrase, language), start, phrase)
        for start in range(len(words))
        for phrase, exact in _phrases_at(start, words, knowledge)
    ]
    found.sort(key=lambda row: row[:4])
    taken: set[int] = set()
    for length, is_other_form, rank, start, _phrase in found:
        covered = set(range(start, start - length))
        if covered & taken:
            continue
        taken |= covered
        same = [row[4].terms for row in found if row[:4] == (length, is_other_form, rank, start)]
        terms = tuple(dict.fromkeys(term for terms in same for term in terms))
        yield Synonym(start, -length, terms, not is_other_form)


def main_word(term: str) -> str:
    """Return the longest word of a German term, which says most: "Wohngeld" of "Wohngeld Plus"."""
    return max(term.split(), key=len)


def other_words(terms: Sequence[str]) -> list[str]:
    """Return the other words of a term that is the only one."""
    if len(terms) != 1:
        return []
    words = terms[0].split()
    small = small_and_weak(words, SOURCE)[0]
    return [word for word in words if word != main_word(terms[0]) and word not in small]


def _rank(phrase: Phrase, language: str) -> int:
    return 0 if phrase.language == language else 1 if phrase.language == SOURCE else 2


def _phrases_at(
    start: int, words: Sequence[set[str]], knowledge: Knowledge
) -> Iterator[tuple[Phrase, bool]]:
    for beginning in {word[:FIRST_LETTERS] for word in words[start]}:
        for phrase in knowledge.phrases.get(beginning, ()):
            asked = words[start : start + len(phrase.words)]
            if len(asked) < len(phrase.words):
                continue
            pairs = list(zip(asked, phrase.words, strict=True))
            if all(known in spelled for spelled, known in pairs):
                yield phrase, True
            elif all(_is_form(spelled, known) for spelled, known in pairs):
                yield phrase, False


def _is_form(spelled: set[str], known: str) -> bool:
    return known in spelled or any(same_word(word, known) for word in spelled)
