"""One spelling in ASCII for words of all scripts, so that a search compares them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.folding import (
    LONGEST_WORD,
    fold,
    fold_word,
    script,
    spellings,
    stored_words,
    written_words,
)

pytestmark = pytest.mark.any_database

LATIN = {
    "Müller": "muller",
    "Straße STRASSE": "strasse strasse",
    "İsmail ISMAIL ısmail": "ismail ismail ismail",
    "Yabancılar Dairesi": "yabancilar dairesi",
    "ședere şedere țară ţară": "sedere sedere tara tara",
    "Gjuhë çerek": "gjuhe cerek",
    "École œuvre naïve": "ecole oeuvre naive",
    "Łódź Đorđe Søren": "lodz dorde soren",
    "perché città": "perche citta",
    "ﬁnden ﬆadt": "finden stadt",  # ligatures
    "Ｂｅｒａｔｕｎｇ": "beratung",  # full width
    "A\u0308mter": "amter",  # a and two dots
    "Be\u00adra\u200btung": "beratung",  # soft hyphen, zero-width space
}
PARTING = {
    "E-Mail B1-Kurs": ["e", "mail", "b1", "kurs"],
    "l'alloggio dell’ufficio": ["l", "alloggio", "dell", "ufficio"],
    "Lörrach'ta": ["lorrach", "ta"],
    "сім'я п’ять": ["sima", "pat"],  # the apostrophe of Ukrainian parts nothing
    "§ 16a Abs. 2": ["16a", "abs", "2"],
    "07621/410-5301": ["07621", "410", "5301"],
    "Beratung,Kurs;Hilfe": ["beratung", "kurs", "hilfe"],
    "  \t\n": [],
    "—…!?": [],
    "🙂 👩‍👩‍👧": [],
}
DIGITS = {"٠٧٦٢١": "07621", "۰۷۶۲۱": "07621", "०७६२१": "07621", "７９６５０": "79650", "m²": "m2"}
# German as people write it by ear, in their own letters.
CYRILLIC = {
    "Анмельдунг": "anmeldung",
    "Киндергельд": "kindergeld",
    "Интеграционскурс": "integrationskurs",
    "Інтеграціонскурс": "integrationskurs",
    "Йобцентер": "jobzenter",
    "Джобцентр": "jobzentr",
    "Мюллер": "muller",
    "Ауслендербехёрде": "auslenderbeherde",
    "Зоциаламт": "sozialamt",
    "Шопфхайм": "schopfhaim",
}
ARABIC = {
    "أوسلندر بهورده": "auslndr bhurda",
    "جاب سنتر": "jab sntr",
    "کیندرگلد": "kindrgld",
    "كيندرجلد": "kindrjld",  # Arabic kaf and yeh
    "یوب‌سنتر": "jubsntr",  # joined by a zero-width non-joiner
    "مـــكـتب": "mktb",  # drawn long
    "الدَّوْرَة": "aldura",  # with vowel signs
    "دوره دورة": "dura dura",  # many write heh for teh marbuta
    "ﻻ": "la",  # a ligature of old programs
}
SPELLINGS = {
    "Müller": {"muller", "mueller"},
    "mueller": {"mueller"},
    "Größe": {"grosse", "groesse"},
    "Ä": {"a", "ae"},
    "الدورة": {"aldura", "dura"},
    "والدورة": {"waldura", "dura"},
    "بالألمانية": {"balalmania", "almania"},
    "учёба": {"utscheba", "utschoba"},
    "Лёррах": {"lerrach", "lorrach"},
    "کلاس‌های": {"klashai", "klas", "hai"},
}


@pytest.mark.parametrize(
    "rows", [LATIN, CYRILLIC, ARABIC, DIGITS], ids=["latin", "cyrillic", "arabic", "digits"]
)
def test_words_become_letters_of_ascii(rows):
    assert {text: " ".join(fold(text)) for text in rows} == rows


def test_what_parts_words():
    assert {text: fold(text) for text in PARTING} == PARTING


def test_all_usual_spellings_of_a_word():
    assert {word: spellings(*written_words(word)) for word in SPELLINGS} == SPELLINGS


@pytest.mark.parametrize("word", ["Georgien", "საქართველო", "北京", "हिन्दी", "ትግርኛ", "Ελλάδα"])
def test_every_script_has_some_spelling(word):
    assert re.fullmatch("[a-z]+", *fold(word))


def test_persian_and_arabic_letters_for_the_same_sound_are_one():
    assert fold("یک کتاب ۀ") == fold("يك كتاب ه")


def test_an_index_stores_all_spellings_and_what_hyphens_join():
    stored = stored_words("E-Mail für Müller")

    assert " ".join(stored) == "e mail fuer fur mueller muller email"


def test_the_script_of_a_word():
    scripts = {
        "Kurs": "Latin",
        "Çay": "Latin",
        "Курс": "Cyrillic",
        "دورة": "Arabic",
        "北京": "Latin",
    }

    assert {word: script(word) for word in scripts} == scripts


def test_words_that_nobody_writes_are_cut():
    assert fold("a" * 5000) == ["a" * LONGEST_WORD]


@given(st.text(st.characters()))
def test_any_text_becomes_letters_and_digits(text):
    words = [*fold(text), *stored_words(text), *map(fold_word, written_words(text))]

    assert all(re.fullmatch("[a-z0-9]{1,60}", word) for word in words if word)
    assert not re.search("[\ud800-\udfff\0]", "".join(written_words(text)))


@given(st.text())
def test_what_is_folded_stays_as_it_is(text):
    folded = fold(text)

    assert fold(" ".join(folded)) == folded


@given(st.text(st.characters(categories=["L", "M", "Nd"])))
def test_the_folded_word_is_one_of_the_spellings(text):
    for word in written_words(text):
        assert fold_word(word) in {*spellings(word), ""}
        assert spellings(word) <= set(stored_words(text))


def test_thousands_of_marks_on_one_letter_cost_nothing():
    marks = "".join(chr(0x300 + number % 112) for number in range(50_000))

    assert fold(f"a{marks}b") == ["ab"]
