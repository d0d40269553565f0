"""What a word that the site does not know was meant to be."""

import pytest

from lkintegration.search.understanding.alternatives import Word
from lkintegration.search.understanding.guesses import guess
from lkintegration.search.understanding.knowledge import Knowledge, synonyms
from lkintegration.search.understanding.vocabulary import Vocabulary

pytestmark = pytest.mark.any_database

WORDS = {"whether": "whether", "wohnung": "Wohnung", "danisma": "danışma"}
LANGUAGES = {"whether": {"en"}, "wohnung": {"de", "tr"}, "danisma": {"tr"}}
KNOWLEDGE = Knowledge(Vocabulary(WORDS, LANGUAGES))


def guessed(text, language, knowledge=KNOWLEDGE):
    """Return what ``text`` is taken for."""
    found = guess([Word.of(word) for word in text.split()], language, knowledge)
    return found and found.written


def test_german_is_meant_by_everybody_other_languages_by_their_readers():
    assert guessed("wonung", "fa") == "Wohnung"
    assert guessed("wetter", "en") == "whether"
    assert guessed("wetter", "de") is None
    assert guessed("danshima", "tr") == "danışma"
    assert guessed("danshima", "de") is None


def test_what_is_very_near_is_meant_in_every_language():
    assert guessed("danisma", "de", Knowledge(Vocabulary({"danismas": "x"}, {"danismas": {"tr"}})))


def test_without_languages_every_word_may_be_meant():
    assert guessed("wetter", "de", Knowledge(Vocabulary(WORDS))) == "whether"


def test_the_word_is_likelier_than_how_people_misspell_it():
    people = synonyms([("de", "Jobzenter", "Jobcenter")])
    known = Knowledge(Vocabulary.of(["Jobcenter Jobzenter"]), people)

    assert guessed("Джобцентр", "ru", known) == "Jobcenter"


def test_nobody_is_guessed_from_nothing():
    assert guessed("xyzzy", "de") is None
    assert guessed("wonung", "de", Knowledge(Vocabulary({}))) is None


def test_consonants_are_enough_for_who_reads_arabic_or_persian():
    known = Knowledge(Vocabulary.of(["مترجم", "переводчика"]))

    assert guessed("motarjem", "fa", known) == guessed("mutarjim", "ar", known) == "مترجم"
    assert guessed("motarjem", "de", known) is None
    assert guessed("perevodchik", "ru", known) == "переводчика"


def test_german_in_cyrillic_may_be_misspelt_too():
    known = Knowledge(Vocabulary.of(["Ausländerbehörde"]))

    assert guessed("Ауслендербехёде", "ru", known) == "Ausländerbehörde"
