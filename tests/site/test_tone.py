"""No page looks unfinished: it says what is there and whom to ask, and says it once."""

import re
from collections import Counter
from itertools import product

import pytest

from lkintegration.core.languages import EASY, SOURCE
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ANSWERS = [
    "beratung/?alter=19&ort=08336081",
    "beratung/?alter=27",
    "beratung/?alter=8",
    "angebote/?alter=abc",
    "angebote/?thema=sprache",
    "gibt-es-nicht/",
]
UNFINISHED = re.compile(
    r"wird noch ergänzt|haben wir (hier )?noch (nicht|kein)|prüfen wir (noch|gerade)|\bfolgt\b"
    r"|(wird|werden) (gerade |noch )?geprüft|noch nicht auf dieser|Text fehlt"
)
# How one speaks to children, or as if the office reported on the district from outside.
NOT_OURS = re.compile(
    r"\b(schauen|schaut|klappt|klappen|verschwinden|denken uns|macht|gemacht|an einen Tisch|Egal"
    r"|Internetseite|(Der Landkreis|Das Landratsamt) (sagt|meint|schreibt)"
    r"|(sagt|meint) (der Landkreis|das Landratsamt))\b"
)
# Wherever they stand; what is in a box of its own is found by its box.
NOTICES = re.compile(
    r"Rufen Sie vorher an|Den Kontakt nennen wir|Weitere Angaben nennen wir|Stand der Angaben"
)
SENTENCE = re.compile(r"[^.!?:]{12,}[.!?:](?=\s|$)")
ONE_LINE = re.compile(r"\s+")


def pages(visit):
    """Yield the address and the main part of every German page, and of answers to readers."""
    for code, path in product((SOURCE, EASY), [*FIXED, *record_paths(), *ANSWERS]):
        page = visit(f"/{code}/{path}").page
        yield f"/{code}/{path}", page.xpath("//main")[0]


def notices(main):
    """Return the sentences that a page gives of its own accord beside its text."""
    boxes = main.xpath(".//*[contains(@class, 'hint') or contains(@class, 'notice')]")
    found = [ONE_LINE.sub(" ", box.text_content()).strip() for box in boxes]
    said = [sentence.strip() for text in found for sentence in SENTENCE.findall(text)]
    return said + NOTICES.findall(main.text_content())


def test_no_page_in_german_says_that_something_is_still_to_come(visit):
    found = {
        address: hits
        for address, main in pages(visit)
        if (hits := [hit[0] for hit in UNFINISHED.finditer(main.text_content())])
    }

    assert found == {}


def test_german_pages_speak_to_adults_and_with_one_voice(visit):
    found = {
        address: hits
        for address, main in pages(visit)
        if address.startswith(f"/{SOURCE}/")
        and (hits := [hit[0] for hit in NOT_OURS.finditer(main.text_content())])
    }

    assert found == {}


def test_no_page_in_german_gives_the_same_notice_twice(visit):
    found = {
        address: repeated
        for address, main in pages(visit)
        if (repeated := [said for said, number in Counter(notices(main)).items() if number > 1])
    }

    assert found == {}
