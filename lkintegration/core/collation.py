"""Alphabetical order as each language knows it (Unicode Collation Algorithm with CLDR's rules)."""

from collections.abc import Callable
from functools import lru_cache

import icu

from lkintegration.core.languages import EASY, SOURCE


@lru_cache
def sort_key(language: str) -> Callable[[str], bytes]:
    """Return a key function for ``sorted()`` in ``language`` (a code of the site)."""
    collator = icu.Collator.createInstance(_locale(language))
    return collator.getSortKey


@lru_cache
def letter_of(language: str) -> Callable[[str], str]:
    """Return a function that names the letter under which a German word stands in ``language``.

    Letters are those that readers of the language know ("Ö" is one of its own in Turkish, and
    stands under "O" in German), those of German where they have another script. What begins with
    a digit or a sign stands under "0–9".
    """
    index = icu.AlphabeticIndex(_locale(language))
    index.addLabels(icu.Locale(SOURCE))
    buckets = index.buildImmutableIndex()

    def letter(word: str) -> str:
        label, _kind = buckets.getBucket(buckets.getBucketIndex(word))
        return str(label) if str(label).isalpha() else "0–9"

    return letter


def _locale(language: str) -> icu.Locale:
    return icu.Locale(SOURCE if language == EASY else language)
