"""Places and postcodes in a question."""

import pytest

from lkintegration.search.understanding.knowledge import places
from tests.search.understanding.site import PLACES, ask

pytestmark = pytest.mark.any_database

LORRACH, SCHOPFHEIM, WEIL = "08336050", "08336081", "08336091"
NAMED = {
    "Schopfheim": SCHOPFHEIM,
    "79650": SCHOPFHEIM,
    "Beratung in Schopfheim": SCHOPFHEIM,
    "Beratung 79650": SCHOPFHEIM,
    "٧٩٦٥٠": SCHOPFHEIM,
    "Lörrach": LORRACH,
    "Loerrach": LORRACH,
    "lorrach": LORRACH,
    "79541 Lörrach": LORRACH,
    "Weil am Rhein": WEIL,
    "weil am rhein beratung": WEIL,
    "Weil": WEIL,
    "Beratung Weil": WEIL,
    "Rheinfelden": "08336069",
    "Rheinfelden (Baden)": "08336069",
    "Kurs Bad Bellingen": "08336006",
    "Grenzach": "08336105",
    "Wyhlen": "08336105",
    "Schönau": "08336079",
    "Schoenau im Schwarzwald": "08336079",
    # misspelt
    "Schophheim": SCHOPFHEIM,
    "Schopfhaim": SCHOPFHEIM,
    "Lörach": LORRACH,
    "Reinfelden": "08336069",
    "Weil am Rain": WEIL,
    "Wail am Rhein": WEIL,
    "Bad Belingen": "08336006",
    # in other letters
    "Лёррах": LORRACH,
    "Леррах": LORRACH,
    "Шопфхайм": SCHOPFHEIM,
    "вайль ам райн": WEIL,
    "لوراخ": LORRACH,
    "شوبفهايم": SCHOPFHEIM,
}
NOT_NAMED = [
    *("79677", "10115", "Berlin", "Beratung", "ich brauche Hilfe weil ich keine Wohnung habe"),
    *("Landkreis Lörrach", "Landratsamt Lörrach Telefon", "Weilheim"),
]


def test_places_are_found_as_people_write_them():
    assert {text: ask(text).municipality for text in NAMED} == NAMED


def test_what_names_no_place_or_several_is_none():
    assert {text: ask(text).municipality for text in NOT_NAMED} == dict.fromkeys(NOT_NAMED)


def test_a_place_is_not_needed_beside_other_words():
    question = ask("Beratung in Schopfheim")

    assert [(row.written, row.is_needed) for row in question.words] == [
        ("Beratung", True),
        ("Schopfheim", False),
    ]
    assert [row.is_needed for row in ask("Schopfheim").words] == [True]
    assert [row.is_needed for row in ask("suche Schopfheim").words] == [False, True]


def test_a_misspelt_place_is_corrected():
    assert ask("Beratung Schophheim").corrected == ("Beratung", "Schopfheim")
    assert ask("Kurs Weil am Rain").corrected == ("Kurs", "Weil am Rhein")


def test_what_two_municipalities_share_is_no_place():
    known = places([*PLACES, ("1", "Schönau (Odenwald)", ["69250"])])

    assert "schonau" not in known
    assert "79677" not in known
    assert known["schonau im schwarzwald"] == "08336079"
    assert known["schonau odenwald"] == known["69250"] == "1"
