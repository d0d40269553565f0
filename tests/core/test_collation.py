"""Alphabetical order as the readers of each language know it."""

import pytest

from lkintegration.core.collation import letter_of, sort_key
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


def test_german_words_stand_under_the_letter_that_begins_them():
    letter = letter_of("de")

    words = "Amt Ärztin Öffnungszeit Schule Übergang zuständig 49-Euro-Ticket"
    assert [letter(word) for word in words.split()] == ["A", "A", "O", "S", "U", "Z", "0–9"]


def test_a_letter_with_a_mark_is_its_own_where_readers_know_it_so():
    assert [letter_of(code)("Öffnungszeit") for code in ("de-simple", "tr", "fr")] == (
        ["O", "Ö", "O"]
    )


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_letter_comes_once_in_the_order_of_its_words(language):
    words = in_order(language, "Zeugnis Übergang Titel Schule Ort Öffnung Llama CH Ärztin Amt")
    letters = [letter_of(language)(word) for word in words]

    assert letters == sorted(letters, key=list(dict.fromkeys(letters)).index)
    assert all(letter.isascii() or letter == "Ö" or letter == "Ü" for letter in letters)
