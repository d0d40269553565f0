"""Words that sound alike in German have one code."""

import pytest

from lkintegration.search.understanding.sounds import skeleton, sound

pytestmark = pytest.mark.any_database

ALIKE = [
    "jobcenter jobzenter jubsntr jabsntr yobsenter jobzentr",
    "auslanderbehorde auslaenderbehoerde auslenderbeherde auslndrbhurda",
    "kindergeld kindrgld",
    "anmeldung anmldung anmeldunk",
    "wohnung vonung wonug",
    "lorrach loerrach lurach",
    "deutschkurs dojtschkurs",
    "telefon telephon",
]


@pytest.mark.parametrize("words", ALIKE)
def test_what_is_heard_as_one_word_has_one_code(words):
    assert len({sound(word) for word in words.split()}) == 1


def test_codes_as_the_procedure_has_them():
    # Postel's own examples; vowels stand at the beginning only, equal codes beside each other once.
    codes = {
        "wikipedia": "3412",
        "breschnew": "17863",
        "mueller": "657",
        "heinz": "068",
        "axel": "0485",
    }

    assert {word: sound(word) for word in codes} == codes


def test_many_words_at_once_have_the_same_codes():
    words = ["jobcenter", "phase", "c", "", "xaver", "szene"]

    assert sound("\n".join(words)).split("\n") == [sound(word) for word in words]


def test_arabic_in_latin_letters_has_the_consonants_of_the_word():
    written = {
        "mtrjm": ["mutarjim", "motarjem", "motarjim"],
        "aqamt": ["eghamat", "iqamat"],
        "msaada": ["mas3ade", "musaada"],
        "schrka": ["sharika", "scherke"],
        "mdrsa": ["madrasa", "madrese"],
    }

    for folded, others in written.items():
        assert {skeleton(other) for other in others} == {skeleton(folded)}
