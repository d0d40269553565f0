"""What people call something leads to the German word."""

import pytest

from lkintegration.search.understanding.knowledge import synonyms
from tests.search.understanding.site import ask, needed, weights

pytestmark = pytest.mark.any_database

CALLED = {
    "immigration office": "auslanderbehorde",
    "where is the immigration office": "auslanderbehorde",
    "immigration offices": "auslanderbehorde",  # another form
    "yabancılar dairesine": "auslanderbehorde",
    "iş bulma kurumu": "agentur",
    "Миграционная служба": "auslanderbehorde",
    "миграционную службу": "auslanderbehorde",
    "دائرة الأجانب": "auslanderbehorde",
    "دائرة اجانب": "auslanderbehorde",
    "permis de sejour": "aufenthaltserlaubnis",
    "Ausländeramt": "auslanderbehorde",
    "Auslenderamt": "auslanderbehorde",  # misspelt
    "BH": "auslanderbehorde",
}


@pytest.mark.parametrize("text", CALLED)
def test_each_word_of_a_phrase_is_answered_by_the_german_term(text):
    answers = needed(ask(text))

    assert answers
    assert all(CALLED[text] in words for words in answers)


def test_the_longest_phrase_is_meant():
    for words in needed(ask("work permit", "en")):
        assert "arbeitserlaubnis" in words
        assert "aufenthaltserlaubnis" not in words


def test_the_readers_language_comes_first():
    assert "fuhrerschein" in weights("permis", "ro")
    assert "aufenthaltserlaubnis" not in weights("permis", "ro")
    assert "aufenthaltserlaubnis" in weights("permis", "fr")
    assert {"fuhrerschein", "aufenthaltserlaubnis"} <= weights("permis", "tr").keys()


def test_a_term_of_several_words_is_found_by_the_one_that_says_most():
    question = ask("plain language", "en")

    assert all("leichte" in words or "sprache" in words for words in needed(question))
    assert [row.alternatives for row in question.words if not row.is_needed]


def test_words_around_a_phrase_are_still_needed():
    assert len(needed(ask("immigration office Termin", "en"))) == 3


def test_one_phrase_may_mean_several_terms():
    known = synonyms(
        [("en", "Permit", "Aufenthaltserlaubnis"), ("en", "permit", "Arbeitserlaubnis")]
    )

    assert known == {"en": {"permit": ("aufenthaltserlaubnis", "arbeitserlaubnis")}}


def test_what_is_written_as_the_term_itself_is_no_synonym():
    assert synonyms([("de", "Auslander-Behorde", "Ausländer Behörde"), ("de", " ", "Amt")]) == {}
