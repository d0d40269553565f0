"""The order of what was found: our own, so that every database and engine has the same.

A word counts by where it stands (title, names and numbers, text), by how sure it is that the reader
meant it, and by how rare it is. What answers all of a question comes before what answers a part.
"""

import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from lkintegration.search.models import Entry
from lkintegration.search.understanding.question import Question, Wanted

TITLE: Final = 1.0
KEY: Final = 0.6
BODY: Final = 0.3
GERMAN: Final = 0.9  # for who reads another language; names and numbers have none
WHOLE_TITLE: Final = 0.5  # a title that is nothing but what was asked for
# What answers a part of a question does so with a name or a number (Wanted.is_needed): "Termin
# Ausländerbehörde". What the site does not know at all may be missing of a longer question only.
STRONG: Final = 0.53
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
    known = [frequency(wanted, frequencies) for wanted in question.words]
    weights = [_weights(wanted) for wanted in question.words]
    records: dict[tuple[str, int], dict[str, Entry]] = {}
    for entry in entries:
        records.setdefault((entry.kind, entry.object_id), {})[entry.language] = entry
    found = [
        Ranked(kind, key, theirs, *_score(question.words, known, weights, theirs, language))
        for (kind, key), theirs in records.items()
    ]
    places = {kind: place for place, kind in enumerate(order)}

    def place(ranked: Ranked) -> tuple[float, int, int, int]:
        title = min(len(entry.title) for entry in ranked.entries.values())
        return -ranked.score, places.get(ranked.kind, len(places)), title, ranked.object_id

    return sorted((ranked for ranked in found if ranked.score > 0), key=place)


def frequency(wanted: Wanted, frequencies: Mapping[str, int]) -> int:
    """Return in how many entries some alternative of a word stands, at most."""
    return sum(frequencies.get(word, 0) for word, _weight in wanted.alternatives)


def _weights(wanted: Wanted) -> dict[str, float]:
    """Return how sure it is of each alternative that the reader meant it."""
    weights: dict[str, float] = {}
    for word, weight in wanted.alternatives:
        weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _score(
    words: Sequence[Wanted],
    known: Sequence[int],
    weights: Sequence[Mapping[str, float]],
    entries: Mapping[str, Entry],
    language: str,
) -> tuple[float, frozenset[str]]:
    """Return how well the entries of one record answer, and the words by which.

    ``known`` says in how many entries each of ``words`` stands, ``weights`` what answers it.
    """
    asked = frozenset().union(*weights)
    values: dict[str, float] = {}  # of each of these words in the record, where it counts most
    titles = []
    for entry in entries.values():
        trust = 1.0 if entry.language == language else GERMAN
        titles.append(entry.title_words.split())
        fields = [(entry.body_words.split(), BODY * trust), (entry.key_words.split(), KEY)]
        for field, value in [*fields, (titles[-1], TITLE * trust)]:
            for word in asked.intersection(field):
                values[word] = max(value, values.get(word, 0.0))
    matched: dict[str, float] = {}
    answers = []
    for theirs in weights:
        found = values.keys() & theirs.keys()
        answers.append(max((theirs[word] * values[word] for word in found), default=0.0))
        matched |= {word: max(theirs[word], matched.get(word, 0.0)) for word in found}
    share = _share_of_needed(words, known, answers)
    if not share:
        return 0.0, frozenset()
    rarity = [1 / math.log2(2 + number) for number in known]
    score = sum(map(operator.mul, answers, rarity)) / sum(rarity)
    score += WHOLE_TITLE * max(_share_of_title(title, matched) for title in titles)
    return round(score * (1 if share == 1 else INCOMPLETE * share), 6), frozenset(matched)


def _share_of_needed(
    words: Sequence[Wanted], known: Sequence[int], answers: Sequence[float]
) -> float:
    """Return how much of the needed words is answered; 0 where that is no answer."""
    if not any(answers):
        return 0.0
    needed = [row for row in zip(words, known, answers, strict=True) if row[0].is_needed]
    missing = [number for _wanted, number, best in needed if not best]
    if not missing:
        return 1.0
    unknown = sum(number == 0 for number in missing)
    is_strong = any(best >= STRONG for _wanted, _number, best in needed)
    if unknown > (len(needed) >= MANY_WORDS) or not (is_strong or missing == [0]):
        return 0.0
    return (len(needed) - len(missing)) / len(needed)


def _share_of_title(title: Sequence[str], matched: Mapping[str, float]) -> float:
    own = set(title)
    return sum(matched.get(word, 0) for word in own) / len(own) if own else 0.0
