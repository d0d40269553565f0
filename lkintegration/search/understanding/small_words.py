"""Words that say nothing of what somebody looks for: "wo ist die …", "where can I …"."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from lkintegration.core.folding import fold
from lkintegration.core.languages import EASY, SOURCE

_LIST = Path(__file__).with_name("small_words.toml")
_OF_SCRIPT = {"Cyrillic": ("ru", "uk"), "Arabic": ("ar", "fa")}
_ENOUGH = 2  # small words of a language that make a question one of it


@cache
def _lists(strength: str) -> dict[str, frozenset[str]]:
    rows = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return {language: frozenset(fold(row[strength])) for language, row in rows.items()}


@cache
def all_small_words() -> frozenset[str]:
    """Return the small words of all languages, which nobody means by a misspelt word."""
    return frozenset().union(*_lists("small").values())


def small_and_weak(
    words: Sequence[str], language: str, scripts: Iterable[str] = ()
) -> tuple[set[str], set[str]]:
    """Return which of the folded ``words`` of a question are small, and which are weak.

    They are those of German, of the reader's ``language``, of any language that is asked in, and of
    the languages with other ``scripts`` that the question has.
    """
    languages = {SOURCE, SOURCE if language == EASY else language}
    languages |= {code for other in scripts for code in _OF_SCRIPT.get(other, ())}
    small, asked = _lists("small"), set(words)
    languages |= {code for code, rows in small.items() if len(asked & rows) >= _ENOUGH}
    weak = _lists("weak")
    return (
        {word for code in languages for word in asked & small.get(code, set())}
        | {word for word in asked if len(word) == 1 and not word.isdigit()},
        {word for code in languages for word in asked & weak.get(code, set())},
    )
