"""Alphabetical order as the readers of each language know it."""

import pytest

from lkintegration.core.collation import sort_key
from lkintegration.core.languages import LANGUAGES


def in_order(language, words):
    return sorted(words.split(), key=sort_key(language))


def test_german_umlauts_stand_with_their_vowels():
    assert in_order("de", "Zell Öse Osten Ofen Ärger Arm Übung Uhr") == (
        ["Ärger", "Arm", "Ofen", "Öse", "Osten", "Übung", "Uhr", "Zell"]
    )


def test_easy_german_sorts_as_german():
    words = "Zell Öse Osten Ärger Arm straße Strasse Strand"

    assert in_order("de-simple", words) == in_order("de", words)


def test_turkish_dotless_and_dotted_i_are_two_letters():
    assert in_order("tr", "İzmir ırmak Iğdır isim hız") == [
        "hız",
        "Iğdır",
        "ırmak",
        "isim",
        "İzmir",
    ]


def test_turkish_letters_with_marks_follow_their_neighbours():
    assert in_order("tr", "dil çay cam ölü oy şal su") == [
        "cam",
        "çay",
        "dil",
        "oy",
        "ölü",
        "su",
        "şal",
    ]


def test_german_sorts_the_same_letters_otherwise_than_turkish():
    assert in_order("de", "su şal cam çay") == ["cam", "çay", "şal", "su"]


def test_ukrainian_letters_stand_where_their_alphabet_has_them():
    assert in_order("uk", "їжа йод інше жук єнот дім ґанок гора") == (
        ["гора", "ґанок", "дім", "єнот", "жук", "інше", "їжа", "йод"]
    )


def test_albanian_double_letters_follow_the_single_ones():
    assert in_order("sq", "dhe dy ëndërr emër çaj cak") == [
        "cak",
        "çaj",
        "dy",
        "dhe",
        "emër",
        "ëndërr",
    ]


def test_arabic_and_persian_letters_come_in_their_order():
    assert in_order("ar", "ياسمين باب أمل") == ["أمل", "باب", "ياسمين"]
    assert in_order("fa", "تهران پدر بازار") == ["بازار", "پدر", "تهران"]


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_capitals_change_no_order_and_empty_text_comes_first(language):
    key = sort_key(language)

    assert min(["b", "A", "", "B", "a"], key=key) == ""
    assert key("a") < key("B") < key("c")
    assert key("A") < key("b") < key("C")
