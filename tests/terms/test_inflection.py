"""A term is found in whatever regular form a text has it."""

import pytest

from lkintegration.terms.inflection import forms_of

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("word", "used"),
    [
        ("Duldung", {"Duldung", "Duldungen"}),
        ("Ausländerbehörde", {"Ausländerbehörden", "Ausländer-Behörde", "Ausländer-Behörden"}),
        ("Integrationskurs", {"Integrationskurse", "Integrationskurses", "Integrations-Kursen"}),
        ("Jugendamt", {"Jugendamts", "Jugendamtes"}),
        ("Ausländerbeauftragte", {"Ausländerbeauftragter", "Ausländerbeauftragten"}),
        ("Leichte Sprache", {"Leichte Sprache", "Leichter Sprache"}),
        ("Ausweis", {"Ausweise", "Ausweisen"}),
    ],
)
def test_regular_endings_and_the_hyphens_of_easy_german_are_known(word, used):
    assert forms_of(word)[0] == word
    assert used <= set(forms_of(word))


@pytest.mark.parametrize("word", ["ABH", "BAMF", "Pass", "Amt", "SGB II"])
def test_short_words_and_abbreviations_stand_for_themselves(word):
    assert forms_of(word) == (word,)


def test_a_name_of_many_words_takes_no_time():
    name = " ".join(["Zuwanderung"] * 10)

    assert forms_of(name) == (name,)
