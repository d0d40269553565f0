"""An excerpt shows where a text answers, whole words only, and escapes everything."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.folding import stored_words
from lkintegration.search.excerpts import LENGTH, excerpt, marked

pytestmark = pytest.mark.any_database

LONG = " ".join(f"Satz {number} handelt von etwas anderem." for number in range(60))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Hilfe und Beratung.", {"beratung"}, "Hilfe und <mark>Beratung</mark>."),
        ("Die Müllers (Süd)", {"mullers", "sued"}, "Die <mark>Müllers</mark> (<mark>Süd</mark>)"),
        ("Kurse per E-Mail", {"email"}, "Kurse per <mark>E-Mail</mark>"),
        ("تصريح الإقامة.", set(stored_words("إقامة")), "تصريح <mark>الإقامة</mark>."),
        ("<b> Kurs & Test", {"kurs"}, "&lt;b&gt; <mark>Kurs</mark> &amp; Test"),
        ("Kurs <Test", {"test"}, "Kurs &lt;<mark>Test</mark>"),
        ("", {"kurs"}, ""),
        ("nichts", set(), "nichts"),
    ],
)
def test_words_are_marked_by_what_they_are_folded_to(text, words, shown):
    assert marked(text, words) == shown


def test_a_short_text_stays_whole():
    assert excerpt("Hier lernen Sie Deutsch.", {"deutsch"}) == (
        "Hier lernen Sie <mark>Deutsch</mark>."
    )


def test_an_excerpt_begins_near_the_words_with_their_sentence():
    found = excerpt(f"{LONG} Hier gibt es einen Kurs für Deutsch. {LONG}", {"kurs", "deutsch"})

    assert found.startswith("… Hier gibt es einen <mark>Kurs</mark> für <mark>Deutsch</mark>.")
    assert found.endswith(" …")


def test_an_excerpt_shows_where_most_of_the_words_stand():
    found = excerpt(f"Ein Kurs. {LONG} Ein Kurs für Deutsch. {LONG}", {"kurs", "deutsch"})

    assert found.startswith("… Ein <mark>Kurs</mark> für <mark>Deutsch</mark>.")


def test_without_the_words_it_is_the_beginning():
    assert excerpt(LONG, {"kurs"}).startswith("Satz 0 handelt")


@given(st.text(max_size=2000), st.sets(st.sampled_from(["a", "kurs", "0", "satz"])))
def test_no_text_is_cut_within_a_word_and_all_of_it_is_escaped(text, words):

    shown = html.unescape(re.sub("</?mark>", "", excerpt(text, words)))

    chunks = shown.removeprefix("… ").removesuffix(" …").split()
    assert all(chunk in text.split() for chunk in chunks)
    longest = max(map(len, chunks), default=0)
    assert len(" ".join(chunks)) <= max(LENGTH, longest)
