"""Hints to whoever writes German or Leichte Sprache: what in a text is hard to read.

``hints(text, language)`` returns them; the admin shows them beside the form, the tests hold our own
texts to them. Nothing here keeps anybody from saving.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.wording import easy, german
from lkintegration.core.wording.reading import lines_of
from lkintegration.core.wording.rules import acronyms_in, is_acronym_explained


class Hint(NamedTuple):
    """``rule`` says what is hard, ``quote`` where, ``advice`` what to do."""

    rule: str
    quote: str
    advice: str


_RULES = {SOURCE: german.RULES, EASY: easy.RULES}
UNEXPLAINED = "Nicht erklärt"


def has_rules(language: str) -> bool:
    """Return whether there are rules for texts in a language (code)."""
    return language in _RULES


def hints(text: str, language: str, *, is_rich: bool = False, beside: str = "") -> list[Hint]:
    """Return what is hard in ``text``, line by line; none for a language without rules.

    ``beside`` is what readers see with it: what is explained there is explained.
    """
    if not has_rules(language):
        return []
    lines = lines_of(text, is_rich=is_rich)
    found = [
        Hint(rule.name, quote, rule.advice)
        for line in lines
        for rule in _RULES[language]
        for quote in rule.find(line)
    ]
    own = " ".join(line.text for line in lines)
    found += _unexplained(own, f"{own} {beside}", language)
    return list(dict.fromkeys(found))


def _unexplained(own: str, whole: str, language: str) -> Iterator[Hint]:
    for short in acronyms_in(own):
        if not is_acronym_explained(short, whole):
            yield Hint(UNEXPLAINED, short, "Sagen Sie einmal, was die Abkürzung bedeutet.")
    for word in easy.words_to_explain(own) if language == EASY else ():
        if not easy.is_explained(word, whole):
            yield Hint(UNEXPLAINED, word, "Erklären Sie das Wort in einem Satz.")
