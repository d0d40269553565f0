"""Forms of one word in the site's languages, without knowing the language."""

import pytest

from lkintegration.core.folding import fold
from lkintegration.search.understanding.inflections import forms, same_word
from lkintegration.search.understanding.vocabulary import Vocabulary

pytestmark = pytest.mark.any_database

SAME = [
    *("Beratung Beratungen", "Termin Termine", "Schüler Schülerinnen"),
    *(
        "course courses",
        "apply applying",
        "corso corsi",
        "consigliere consiglieri",
        "conseil conseils",
    ),
    *("cursul cursuri", "kursi kurset", "kurs kursları", "dairesi dairesine", "daireye daireden"),
    *(
        "консультация консультацию",
        "курсы курсов",
        "консультація консультації",
        "немецкий немецкого",
    ),
    *("مستشار مستشارين", "کلاس کلاس‌های"),
]
OTHER = [
    *("Schule Schulden", "Schule Schuhe", "Kurs Kurier", "Haus Hausarzt", "Amt Amts"),
    *("rată ratele", "Beratung Beruf", "deutsch deutlich", "курс курица"),
]


@pytest.mark.parametrize("pair", SAME)
def test_forms_of_one_word(pair):
    assert same_word(*fold(pair))


@pytest.mark.parametrize("pair", OTHER)
def test_words_that_only_begin_alike_or_are_too_short(pair):
    assert not same_word(*fold(pair))


def test_the_forms_that_the_site_uses():
    site = Vocabulary.of(["Kurs Kurse Kursen Kursleiter kursy"])

    assert set(forms("kurse", site)) == {"kurs", "kursen"}
