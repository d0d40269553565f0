"""The order of what was found: our own, so that every database and engine has the same.

A word counts by where it stands (title, names and numbers, text), by how sure it is that the reader
meant it, and by how rare it is. What answers all of a question comes before what answers a part.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

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


class Candidate(NamedTuple):
    """What is read of an ``Entry`` to put it in order and to show it, by the names there."""

    pk: int
    kind: str
    object_id: int
    language: str
    title: str
    text: str
    path: str
    title_words: str
    key_words: str
    body_words: str


class Ranked(NamedTuple):
    """The entries of one record, how well they answer (0: not at all), and which words did."""

    kind: str
    object_id: int
    entries: dict[str, Candidate]
    score: float
    matched: frozenset[str]


def rank(
    question: Question,
    entries: Iterable[Candidate],
    language: str,
    frequencies: Mapping[str, int],
    order: Sequence[str],
) -> list[Ranked]:
    """Return the records that answer ``question``, the best first.

    ``entries`` are theirs in ``language`` and German, ``frequencies`` says in how many entries a
    word stands. Of equals those of a kind that stands earlier in ``order`` come first, then those
    with a shorter title, then the older.
    """
    asked = [_Asked.of(wanted, frequencies) for wanted in question.words]
    words = frozenset().union(*(one.weights for one in asked))
    records: dict[tuple[str, int], dict[str, Candidate]] = {}
    for entry in entries:
        records.setdefault((entry.kind, entry.object_id), {})[entry.language] = entry
    found = [
        Ranked(kind, key, theirs, *_score(asked, _values(theirs, words, language), theirs))
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


class _Asked(NamedTuple):
    """A word of the question: in how many entries it stands, how rare that is, what answers it."""

    is_needed: bool
    number: int
    rarity: float
    weights: dict[str, float]

    @classmethod
    def of(cls, wanted: Wanted, frequencies: Mapping[str, int]) -> "_Asked":
        number = frequency(wanted, frequencies)
        weights: dict[str, float] = {}
        for word, weight in wanted.alternatives:
            weights[word] = max(weight, weights.get(word, 0.0))
        return cls(wanted.is_needed, number, 1 / math.log2(2 + number), weights)


def _values(
    entries: Mapping[str, Candidate], words: frozenset[str], language: str
) -> dict[str, float]:
    """Return which of ``words`` stand in the entries of a record, and what they count there."""
    values: dict[str, float] = {}
    german_first = sorted(entries.values(), key=lambda entry: entry.language == language)
    for name, value in (("body_words", BODY), ("key_words", KEY), ("title_words", TITLE)):
        for entry in german_first:
            trust = 1.0 if entry.language == language or name == "key_words" else GERMAN
            # Where a word counts most comes last.
            values |= dict.fromkeys(words.intersection(getattr(entry, name).split()), value * trust)
    return values


def _score(
    asked: Sequence[_Asked], values: Mapping[str, float], entries: Mapping[str, Candidate]
) -> tuple[float, frozenset[str]]:
    """Return how well the entries of one record answer, and the words by which."""
    matched: dict[str, float] = {}
    answers = []
    for _needed, _number, _rarity, weights in asked:
        found = values.keys() & weights.keys()
        answers.append(max((weights[word] * values[word] for word in found), default=0.0))
        matched |= {word: max(weights[word], matched.get(word, 0.0)) for word in found}
    share = _share_of_needed(asked, answers)
    if not share:
        return 0.0, frozenset()
    score = sum(one.rarity * best for one, best in zip(asked, answers, strict=True))
    score /= sum(one.rarity for one in asked)
    titles = (entry.title_words.split() for entry in entries.values())
    score += WHOLE_TITLE * max(_share_of_title(title, matched) for title in titles)
    return round(score * (1 if share == 1 else INCOMPLETE * share), 6), frozenset(matched)


def _share_of_needed(asked: Sequence[_Asked], answers: Sequence[float]) -> float:
    """Return how much of the needed words is answered; 0 where that is no answer."""
    needed = [(one.number, best) for one, best in zip(asked, answers, strict=True) if one.is_needed]
    missing = [number for number, best in needed if not best]
    if not missing:
        return 1.0 if any(answers) else 0.0
    unknown = sum(number == 0 for number in missing)
    is_strong = any(best >= STRONG for _number, best in needed)
    if unknown > (len(needed) >= MANY_WORDS) or not (is_strong or missing == [0]):
        return 0.0
    return (len(needed) - len(missing)) / len(needed)


def _share_of_title(title: Sequence[str], matched: Mapping[str, float]) -> float:
    return sum(matched.get(word, 0.0) for word in title) / len(title) if title else 0.0
