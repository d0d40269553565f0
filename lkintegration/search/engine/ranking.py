"""The order of what was found: our own, so that every database and engine has the same.

A word counts by where it stands (title, names and numbers, text), by how sure it is that the reader
meant it, and by how rare it is. What answers all of a question comes before what answers a part.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from lkintegration.search.models import Entry
from lkintegration.search.understanding.question import Question, Wanted

TITLE: Final = 1.0
KEY: Final = 0.6
BODY: Final = 0.3
GERMAN: Final = 0.9  # for who reads another language; names and numbers have none
WHOLE_TITLE: Final = 0.5  # a title that is nothing but what was asked for
# Of a longer question one word may be missing: what is left may not be but a few common ones.
MANY_WORDS: Final = 3
INCOMPLETE: Final = 0.5


class Ranked(NamedTuple):
    """The entries of one record, how well they answer (0: not at all), and which words did."""

    kind: str
    object_id: int
    entries: dict[str, Entry]
    score: float
    matched: frozenset[str]


def rank(
    question: Question,
    entries: Iterable[Entry],
    language: str,
    frequencies: Mapping[str, int],
    order: Sequence[str],
) -> list[Ranked]:
    """Return the records that answer ``question``, the best first.

    ``entries`` are theirs in ``language`` and German, ``frequencies`` says in how many entries a
    word stands. Of equals those of a kind that stands earlier in ``order`` come first, then those
    with a shorter title, then the older.
    """
    rarity = [_rarity(wanted, frequencies) for wanted in question.words]
    records: dict[tuple[str, int], dict[str, Entry]] = {}
    for entry in entries:
        records.setdefault((entry.kind, entry.object_id), {})[entry.language] = entry
    found = [
        Ranked(kind, key, theirs, *_score(question.words, rarity, theirs, language))
        for (kind, key), theirs in records.items()
    ]
    places = {kind: place for place, kind in enumerate(order)}

    def place(ranked: Ranked) -> tuple[float, int, int, int]:
        title = min(len(entry.title) for entry in ranked.entries.values())
        return -ranked.score, places.get(ranked.kind, len(places)), title, ranked.object_id

    return sorted((ranked for ranked in found if ranked.score > 0), key=place)


def _rarity(wanted: Wanted, frequencies: Mapping[str, int]) -> float:
    entries = sum(frequencies.get(word, 0) for word, _weight in wanted.alternatives)
    return 1 / math.log2(2 + entries)


def _score(
    words: Sequence[Wanted], rarity: Sequence[float], entries: Mapping[str, Entry], language: str
) -> tuple[float, frozenset[str]]:
    """Return how well the entries of one record answer, and the words by which."""
    fields = [field for entry in entries.values() for field in _fields(entry, language)]
    titles = [words for words, value in fields if value >= TITLE * GERMAN]
    score, matched, named, missing = 0.0, set(), 0, 0
    for wanted, rare in zip(words, rarity, strict=True):
        best = 0.0
        for word, weight in wanted.alternatives:
            values = [value for found, value in fields if word in found]
            if values:
                matched.add(word)
                best = max(best, weight * max(values))
        score += best * rare
        missing += wanted.is_needed and not best
        named += best >= TITLE * GERMAN * GERMAN
    needed = sum(wanted.is_needed for wanted in words)
    if not matched or missing > (1 if needed >= MANY_WORDS else 0):
        return 0.0, frozenset()
    score /= sum(rarity)
    if titles and named:
        score += WHOLE_TITLE * max(_share(title, matched) for title in titles)
    return round(score * (INCOMPLETE if missing else 1), 6), frozenset(matched)


def _share(title: frozenset[str], matched: set[str]) -> float:
    return len(title & matched) / len(title) if title else 0.0


def _fields(entry: Entry, language: str) -> list[tuple[frozenset[str], float]]:
    trust = 1.0 if entry.language == language else GERMAN
    return [
        (frozenset(entry.title_words.split()), TITLE * trust),
        (frozenset(entry.key_words.split()), KEY),
        (frozenset(entry.body_words.split()), BODY * trust),
    ]
