"""Which words of the index answer a word of the question, and how well."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lkintegration.core.folding import fold_word, script, spellings
from lkintegration.search.understanding.compounds import compounds
from lkintegration.search.understanding.inflections import forms
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.search.understanding.weights import EXACT, INFLECTION, SPELLING

MOST = 24  # alternatives of one word
_DROPPED = 2  # letters of an ending without which a word may be part of a compound: "Kurse"
# What a letter of Cyrillic is in German besides: w or v, ei, h, f or v.
_OTHER_LETTERS = (("w", "v"), ("ai", "ei"), ("oi", "eu"), ("g", "h"), ("f", "v"))
# Cyrillic as English has it (BGN/PCGN), in the letters of ``fold``.
_OF_ENGLISH = tuple(
    (re.compile(english), letters)
    for english, letters in (
        ("shch|sh", "S"),  # capitals: done
        ("zh", "Z"),
        ("kh", "C"),
        ("ch", "tS"),
        ("ts", "Y"),
        ("(?<=[bcdfgklmnprstv])y(?=[au])", ""),
        ("(?<=[aeiou])[jy]$", "i"),
        ("yi", "i"),
        ("y(?=[aeou])", "j"),
        ("y", "i"),
        ("c", "Y"),
        ("z", "s"),
        ("v", "w"),
        ("S", "sch"),
        ("Z", "zh"),
        ("C", "ch"),
        ("Y", "z"),
    )
)


class Word(NamedTuple):
    """A word of the question: as written, folded, in all spellings, with its script."""

    written: str
    folded: str
    spelled: frozenset[str]
    script: str

    @classmethod
    def of(cls, written: str) -> "Word":
        """Return the word that somebody has ``written``."""
        return cls(written, fold_word(written), frozenset(spellings(written)), script(written))


def known_alternatives(word: Word, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the spellings of ``word``, known or not, and what the site has of its forms."""
    found = dict.fromkeys(word.spelled, SPELLING)
    found[word.folded] = EXACT
    for spelled in word.spelled:
        other_forms = list(forms(spelled, vocabulary))
        raise_to(found, ((form, INFLECTION) for form in other_forms))
        if word.script != "Latin":
            continue
        bare = (form for form in other_forms if spelled.startswith(form))
        stem = min((form for form in bare if len(spelled) - len(form) <= _DROPPED), default=spelled)
        raise_to(found, compounds(stem, vocabulary))
    return found


def in_other_letters(word: Word, vocabulary: Vocabulary) -> Word:
    """Return a ``word`` that the site lacks with the spellings that it has in other letters.

    German by ear in Cyrillic ("ева": Eva), and Cyrillic in the letters of English ("vid": вид).
    """
    if any(spelled in vocabulary for spelled in word.spelled):
        return word
    found, other = {of_english(word.folded)}, "Cyrillic"
    if word.script == "Cyrillic":
        found, other = {word.folded}, "Latin"
        for letters, others in _OTHER_LETTERS:
            found |= {form.replace(letters, others) for form in found}
    known = {form for form in found if form in vocabulary and vocabulary.script(form) == other}
    return word._replace(spelled=word.spelled | known)


def of_english(word: str) -> str:
    """Return Cyrillic that somebody has written in the letters of English as ``fold`` writes it."""
    for pattern, letters in _OF_ENGLISH:
        word = pattern.sub(letters, word)
    return word


def raise_to(found: dict[str, float], rows: Iterable[tuple[str, float]]) -> None:
    """Put ``rows`` into ``found``; of two weights the higher stands."""
    for word, weight in rows:
        found[word] = max(weight, found.get(word, 0.0))


def best(found: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the alternatives that count most, of equal ones the shorter first."""
    rows = sorted(found.items(), key=lambda row: (-row[1], len(row[0]), row[0]))
    return tuple((word, round(weight, 3)) for word, weight in rows[:MOST] if word)


def without_repetitions(words: list[Word]) -> list[Word]:
    """Return the words, each once; groups of digits may repeat in a telephone number."""
    known = {word.folded: at for at, word in reversed(list(enumerate(words)))}
    return [
        word for at, word in enumerate(words) if known[word.folded] == at or word.folded.isdigit()
    ]
