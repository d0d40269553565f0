"""The words from A to Z, as readers of a language sort them."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from lkintegration.core.collation import letter_of, sort_key
from lkintegration.terms.models import Term


class Letter(NamedTuple):
    """The words that stand under one letter."""

    name: str
    terms: list[Term]


def by_letter(terms: Iterable[Term], language: str) -> list[Letter]:
    """Return the letters under which there are words, in the order of ``language`` (a code)."""
    key, letter = sort_key(language), letter_of(language)
    ordered = sorted(terms, key=lambda term: key(term.word))
    return [Letter(name, list(below)) for name, below in groupby(ordered, lambda t: letter(t.word))]
