"""An age that is typed with a word for it: "19 Jahre", "ich bin 30", "мне 19 лет", "عمري ٣٠"."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lkintegration.core.folding import fold

_OLDEST = 120
_LIST = Path(__file__).with_name("ages.toml")
_I_AM = {("i", "am"), ("i", "m"), ("jam",)}
_TOGETHER = re.compile(r"([0-9]{1,3})([a-z]+)")


@cache  # folded when somebody first searches
def _words() -> dict[str, frozenset[str]]:
    rows = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return {kind: frozenset(fold(text)) for kind, text in rows.items()}


def read_age(words: Sequence[str]) -> tuple[int | None, set[int]]:
    """Return the age that folded ``words`` name, and the places of the words that name it."""
    for at, word in enumerate(words):
        number, unit = word, ""
        if together := _TOGETHER.fullmatch(word):
            number, unit = together.groups()
        if not (number.isdigit() and len(number) <= 3 and int(number) <= _OLDEST):
            continue
        if unit and (unit not in _words()["years"] or len(unit) < 2):
            continue
        named = _named_at(words, at, bool(unit))
        if named:
            return int(number), named | {at}
    return None, set()


def _named_at(words: Sequence[str], at: int, has_unit: bool) -> set[int]:
    """Return the places of the words that make the number at ``at`` an age; empty for none."""
    before = words[at - 1] if at else ""
    behind = words[at + 1] if at + 1 < len(words) else ""
    last = words[at + 2] if at + 2 < len(words) else ""
    if behind == "de" and last in _words()["years"]:  # Romanian: "30 de ani"
        return {at, at + 1, at + 2}
    if behind in _words()["years"] or has_unit:
        if (before in _words()["durations"] or last in _words()["ago"]) and not (
            {behind, last} & {"old", "alt"}
        ):
            return set()
        found = {at} if has_unit else {at, at + 1}
        found |= {at + 2} if last in {"alt", "old"} else set()
        return found | ({at - 1} if before in _words()["before"] | _words()["particles"] else set())
    is_said = tuple(words[max(0, at - 2) : at]) in _I_AM or (before,) in _I_AM
    if (before in _words()["before"] or is_said) and behind not in _words()["other_units"]:
        return {at - 1, at}
    return set()
