"""Chapters have one place each: added, moved and deleted, by one person or by two."""

import pytest

from concept.models import Section
from tests import factories
from tests.admin import EDITOR, PUBLISHER, entries, person, save, screen, send
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db
CHAPTERS = "sections"


@pytest.fixture
def concept():
    concept = factories.concept()
    for number in (1, 2, 3):
        factories.section(concept=concept, order=number, title_de="ABC"[number - 1])
    return concept


def row(number, **fields):
    return {f"{CHAPTERS}-{number}-{name}": value for name, value in fields.items()}


def new_row(number, **fields):
    return {f"{CHAPTERS}-TOTAL_FORMS": str(number + 1)} | row(
        number, status="published", evidence="public", **fields
    )


def places(concept):
    return "".join(Section.objects.filter(concept=concept).values_list("title_de", flat=True))


def test_a_chapter_is_added_behind_the_others(admin, concept):
    save(admin, concept, **new_row(3, title_de="D", order="4"))

    assert places(concept) == "ABCD"


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        (row(0, order="2") | row(1, order="1"), "BAC"),
        (row(0, order="3") | row(1, order="1") | row(2, order="2"), "BCA"),
        (row(0, order="2") | row(1, DELETE="on"), "AC"),
        (row(0, DELETE="on") | new_row(3, title_de="D", order="1"), "DBC"),
        (row(2, order="7") | new_row(3, title_de="D", order="3"), "ABDC"),
    ],
)
def test_chapters_change_places(admin, concept, moves, wanted):
    save(admin, concept, **moves)

    assert places(concept) == wanted


def test_chapters_change_places_in_a_draft(concept):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    desk = f"/verwaltung/freigabe/concept.concept-{concept.pk}/"

    save(editor, concept, **row(0, order="2"), **row(1, order="1"))
    editor.post(desk, {"send": "1"})
    publisher.post(desk, {"publish": "1"})

    assert places(concept) == "BAC"


@pytest.mark.parametrize(
    "taken", [row(0, order="2"), new_row(3, title_de="D", order="2"), new_row(3, title_de="D")]
)
def test_a_place_that_is_taken_is_said(admin, concept, taken):
    answer = send(admin, concept, **taken)

    assert "Diese Stelle in der Reihenfolge ist schon besetzt" in words(page_of(answer))
    assert places(concept) == "ABC"


def test_two_who_add_a_chapter_at_one_place_are_told(admin, concept):
    mine, theirs = entries(admin, concept), entries(admin, concept)
    admin.post(screen(concept), theirs | new_row(3, title_de="D", order="4"))

    answer = admin.post(screen(concept), mine | new_row(3, title_de="E", order="4"))

    assert "Diese Stelle in der Reihenfolge ist schon besetzt" in words(page_of(answer))
    admin.post(screen(concept), mine | new_row(3, title_de="E", order="5"))
    assert places(concept) == "ABCDE"


def test_each_moves_another_chapter(admin, concept):
    mine, theirs = entries(admin, concept), entries(admin, concept)
    admin.post(screen(concept), theirs | row(0, order="9"))

    admin.post(screen(concept), mine | row(1, order="1"))

    assert places(concept) == "BCA"
