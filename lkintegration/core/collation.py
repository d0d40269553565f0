"""Alphabetical order as each language knows it (Unicode Collation Algorithm with CLDR's rules)."""

from collections.abc import Callable
from functools import lru_cache

import icu

from lkintegration.core.languages import EASY, SOURCE


@lru_cache
def sort_key(language: str) -> Callable[[str], bytes]:
    """Return a key function for ``sorted()`` in ``language`` (a code of the site)."""
    locale = icu.Locale(SOURCE if language == EASY else language)
    collator = icu.Collator.createInstance(locale)
    return collator.getSortKey
