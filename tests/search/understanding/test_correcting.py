"""Corrections: near and with the same first sound; nothing else."""

import pytest

from lkintegration.search.understanding.correcting import corrections, homophones
from lkintegration.search.understanding.vocabulary import Vocabulary

pytestmark = pytest.mark.any_database

WORDS = Vocabulary.of(
    [
        "Beratung Beratungen Kurs Kurse Wohnung Schule Ausländerbehörde Migration",
        "Termin Hand Stelle und",
    ]
)
NEAR = {
    "beratng": "beratung",  # a letter left out
    "beratunng": "beratung",  # one too many
    "bertaung": "beratung",  # two swapped
    "berotung": "beratung",  # another one
    "wonung": "wohnung",
    "vohnung": "wohnung",  # another letter for the same sound
    "schulle": "schule",
    "kors": "kurs",
    "kurz": "kurs",
    "auslenderbehorte": "auslanderbehorde",
    "terminn": "termin",
}
FAR = [
    *("leratung", "hohnung", "kalt", "kuss", "bett", "schal", "schiff", "hund", "band", "und"),
    *("schure", "wohrung", "tertin"),  # another consonant in a short word
    *("wanderung", "migrane", "ber", "kur", "b1", "2024", "stall"),
]


def test_typing_errors_are_corrected():
    assert {word: corrections(word, "Latin", WORDS)[0][0] for word in NEAR} == NEAR


@pytest.mark.parametrize("word", FAR)
def test_what_begins_otherwise_or_is_far_is_another_word(word):
    assert corrections(word, "Latin", WORDS) == []


def test_the_nearest_comes_first():
    found = corrections("beratunge", "Latin", WORDS)

    assert [word for word, _nearness in found] == ["beratungen", "beratung"]
    assert all(0 < nearness < 1 for _word, nearness in found)


def test_a_word_is_corrected_to_words_of_its_own_script():
    mixed = Vocabulary.of(["консультация"])

    assert corrections("konsultazia", "Latin", mixed) == []
    assert corrections("konsultazia", "Cyrillic", mixed)[0][0] == "konsultazija"


def test_homophones_need_a_sound_long_enough_to_be_no_chance():
    heard = {"und": True, "schl": True, "schuhl": True, "auslndrbhurda": False, "berathung": True}

    assert {
        word: [other for other, _nearness in homophones(word, WORDS, has_vowels)]
        for word, has_vowels in heard.items()
    } == {
        "und": [],
        "schl": [],
        "schuhl": [],
        "auslndrbhurda": ["auslaenderbehoerde", "auslanderbehorde"],
        "berathung": ["beratung"],
    }


def test_small_words_are_never_meant():
    small = Vocabulary.of(["werden", "durch", "welcher"])

    assert [corrections(word, "Latin", small) for word in ("verden", "durrch", "welchr")] == [
        []
    ] * 3


def test_words_in_latin_letters_may_be_of_another_script():
    arabic = Vocabulary.of(["إقامة"])

    assert [word for word, _ in homophones("iqama", arabic, script="Arabic")] == ["aqama"]
    assert list(homophones("igemo", arabic, script="Arabic")) == []
