"""Words of the site that are nearly what a reader wrote, or sound like it in German.

A correction needs a high similarity and the same first sound, so that nonsense stays unfound.
What is written in Arabic or Cyrillic is often German by ear: there the sound decides.
"""

from collections.abc import Iterator

from lkintegration.search.understanding.small_words import all_small_words
from lkintegration.search.understanding.sounds import sound
from lkintegration.search.understanding.vocabulary import Vocabulary

_SHORTEST = 4
_MOST = 5
_FARTHEST = 4  # mistakes in one word
_LEAST = 0.66  # of the letters that are the same
_BY_EAR = str.maketrans("uiy", "oee", "bcdfghjklmnpqrstvwxz")
# How near the letters of two words with one sound must be, by the length of its code ("Lörrach" is
# 574), without vowels and with them.
_NEAREST = {3: (0.66, 0.8), 4: (0.6, 0.75), 5: (0.55, 0.72), 6: (0.5, 0.7)}
_FOREIGN = 0.8  # the same for words of other scripts in Latin letters
_SHORTEST_SOUND = min(_NEAREST)


def corrections(word: str, script: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Return the words of ``script`` that were meant by the folded ``word``, with their similarity.

    The nearest first. Swapped letters are one mistake (optimal string alignment).
    """
    from rapidfuzz import process  # noqa: PLC0415  (three megabytes, for who searches)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(word) < _SHORTEST or not word.isalpha():
        return []
    code = sound(word)
    farthest = min(_FARTHEST, max(1, len(word) // 3))
    lengths = range(max(_SHORTEST, len(word) - farthest), len(word) + farthest + 1)
    near = process.extract(
        word,
        vocabulary.alike(code[:1], lengths),
        scorer=OSA.distance,
        score_cutoff=farthest,
        limit=4 * _MOST,
    )
    found = [
        (other, 1 - mistakes / max(len(word), len(other)))
        for other, mistakes, _index in near
        if other not in all_small_words()
        and vocabulary.script(other) == script
        and _is_meant(word, other, mistakes, code)
    ]
    # Among equals the one that sounds the same, then the commoner length.
    found.sort(key=lambda row: (-row[1], sound(row[0]) != code, len(row[0]), row[0]))
    return found[:_MOST]


def _is_meant(word: str, other: str, mistakes: int, code: str) -> bool:
    """Return whether so many mistakes are likely: fewer in short words, more in what sounds alike.

    In words of up to seven letters a consonant is left out or doubled, but none is another one:
    "Gericht" is not meant by "Gedicht".
    """
    shorter, other_code = min(len(word), len(other)), sound(other)
    is_same_sound = code == other_code
    if shorter < 5:  # "Kors" for "Kurs", but not "Hund" for "Hand"
        is_other_vowel = len(word) == len(other) and _vowels(word) != _vowels(other)
        return mistakes <= 1 and is_same_sound and not is_other_vowel
    if shorter < 8:
        is_slip = len(word) != len(other) or sorted(word) == sorted(other)
        if mistakes <= 1:
            return is_slip or is_same_sound
        return mistakes <= 2 and is_same_sound and len(code) >= _SHORTEST_SOUND
    if mistakes <= 2 or (is_same_sound and mistakes <= 3):
        return True
    is_near = len(word) * _LEAST <= len(word) - mistakes
    return is_near and _are_near(code, other_code)


def _vowels(word: str) -> str:
    """Return the vowels of ``word``, those as one that are confused by ear."""
    return word.translate(_BY_EAR)


def _are_near(code: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return len(code) >= 4 and OSA.distance(code, other, score_cutoff=1) <= 1


def homophones(
    heard: str, vocabulary: Vocabulary, has_vowels: bool = True, script: str = "Latin"
) -> Iterator[tuple[str, float]]:
    """Yield the words of ``script`` that sound like ``heard``, folded, with their similarity.

    ``has_vowels``: it stands in a script that writes them; fewer letters must be the same then.
    """
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    if not heard.isalpha():
        return
    code = sound(heard)
    if len(code) < _SHORTEST_SOUND:
        return
    least = _NEAREST[min(len(code), max(_NEAREST))][has_vowels] if script == "Latin" else _FOREIGN
    for other in vocabulary.sounding(code):
        nearness = Indel.normalized_similarity(heard, other)
        if (
            nearness >= least
            and len(other) >= _SHORTEST
            and other not in all_small_words()
            and vocabulary.script(other) == script
        ):
            yield other, nearness
