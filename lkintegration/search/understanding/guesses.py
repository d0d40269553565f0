"""What a word that the site does not know was meant to be: misspelt, or German by ear."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lkintegration.search.understanding.alternatives import (
    Word,
    known_alternatives,
    of_english,
    raise_to,
)
from lkintegration.search.understanding.correcting import corrections, homophones
from lkintegration.search.understanding.knowledge import Knowledge
from lkintegration.search.understanding.sounds import skeleton
from lkintegration.search.understanding.synonyms import find_synonyms, main_word
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.search.understanding.weights import CORRECTION, SOUND

# Letters that stand for two sounds of German: Russian has no h, Arabic no g.
_OTHER_LETTERS = {"Cyrillic": (("g", "h"), ("w", "v")), "Arabic": (("j", "g"), ("u", "w"))}
BY_EAR = frozenset(_OTHER_LETTERS)
_HEARSAY = 0.2  # by which a misspelling that people use is less likely than the word
_FOREIGN = 0.85  # how near a word must be that is neither German nor the reader's
_HEARD = 0.75  # how near German in Cyrillic must be if it does not even sound the same
_READ_CONSONANTS = {"ar", "fa"}
_ENOUGH_CONSONANTS = 3
_NEAR_PLACE = 0.75
_SURE = 0.8  # what is so near needs no comparison by sound


class Guess(NamedTuple):
    """Words of the index with their weights; the likeliest as the site writes it; its place."""

    alternatives: dict[str, float]
    written: str
    municipality: str | None


def guess(words: Sequence[Word], language: str, knowledge: Knowledge) -> Guess | None:
    """Return what ``words``, which the site does not know, may be as one; None for nonsense.

    Several words are one where somebody writes by ear: "اوسلندر بهورده". Those only by their sound.
    """
    found: dict[str, tuple[float, float]] = {}
    for other, nearness, weight in _guesses(words, language, knowledge):
        if nearness < _FOREIGN and not knowledge.vocabulary.is_expected(other, language):
            continue
        found[other] = max((nearness, weight * nearness), found.get(other, (0.0, 0.0)))
    if not found:
        return None
    likeliest = max(
        found, key=lambda word: (found[word][0] - _HEARSAY * knowledge.is_hearsay(word), word)
    )
    alternatives = {word: weight for word, (_nearness, weight) in found.items()}
    most = alternatives[likeliest]
    names = knowledge.vocabulary if likeliest in knowledge.vocabulary else knowledge.place_names
    known = Word.of(names.written(likeliest))
    raise_to(
        alternatives,
        (
            (word, weight * most)
            for word, weight in known_alternatives(known, knowledge.vocabulary).items()
        ),
    )
    for synonym in find_synonyms([set(known.spelled)], language, knowledge):
        raise_to(alternatives, ((main_word(term), most) for term in synonym.terms))
    return Guess(alternatives, known.written, knowledge.joined_places.get(likeliest))


def _guesses(
    words: Sequence[Word], language: str, knowledge: Knowledge
) -> Iterator[tuple[str, float, float]]:
    """Yield words of the site, how near they are, and what that is worth."""
    vocabulary, names, script = knowledge.vocabulary, knowledge.place_names, words[0].script
    spelled = {"".join(word.folded for word in words)} if len(words) > 1 else words[0].spelled
    nearest = 0.0
    if len(words) == 1:
        for word in spelled:
            for known in (vocabulary, names) if script == "Latin" else (vocabulary,):
                for other, nearness in corrections(word, script, known):
                    nearest = max(nearest, nearness)
                    yield other, nearness, CORRECTION
    if script == "Latin" and nearest >= _SURE:
        return
    for word in _heard(spelled, script):
        for known in (vocabulary, names):
            near = list(homophones(word, known, has_vowels=script != "Arabic"))
            if script == "Cyrillic" and not near:
                near = [row for row in corrections(word, "Latin", known) if row[1] >= _HEARD]
            for other, nearness in near:
                nearest = max(nearest, nearness)
                yield other, nearness, SOUND
    if script == "Latin" and not nearest:
        yield from _of_other_scripts(words[0].folded, language, vocabulary)


def _of_other_scripts(
    word: str, language: str, vocabulary: Vocabulary
) -> Iterator[tuple[str, float, float]]:
    """Yield what ``word`` is if it is Cyrillic or Arabic in Latin letters: "nemeckogo", "iqama".

    Consonants alone are enough only for who reads Arabic or Persian: others have many such words.
    """
    for script, heard in (("Cyrillic", of_english(word)), ("Arabic", word)):
        for other, nearness in homophones(heard, vocabulary, script=script):
            yield other, nearness, SOUND
    consonants = skeleton(word)
    if language in _READ_CONSONANTS and len(consonants) >= _ENOUGH_CONSONANTS:
        for other in vocabulary.with_skeleton(consonants):
            yield other, _SURE, SOUND


def guess_place(words: Sequence[Word], knowledge: Knowledge) -> Guess | None:
    """Return the place of several words that ``words`` are nearly called: "Weil am Rain"."""
    joined, names = "".join(word.folded for word in words), knowledge.place_names
    near = [*homophones(joined, names), *corrections(joined, "Latin", names)]
    likeliest, nearness = max(near, key=lambda row: row[1], default=("", 0.0))
    if nearness < _NEAR_PLACE:
        return None
    return Guess({}, names.written(likeliest), knowledge.joined_places[likeliest])


def _heard(spelled: set[str] | frozenset[str], script: str) -> set[str]:
    """Return the spellings with those, too, that a letter with two sounds leads to."""
    heard = set(spelled)
    for letter, other in _OTHER_LETTERS.get(script, ()):
        heard |= {word.replace(letter, other) for word in heard}
    return heard
