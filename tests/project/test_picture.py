"""The picture of the rooms (docs/rooms.svg) shows the code as it is."""

from collections import Counter

import pytest
from lxml import etree

from tests.picture import PICTURE, Drawing, draw, home, imports, is_wrong, rooms, settings

pytestmark = pytest.mark.any_database

LAYERS = ["house.urls", "(offers) | pages", "house.core"]
HOUSE = rooms({"contracts": [{"type": "forbidden"}, {"type": "layers", "layers": LAYERS}]})
URLS, OFFERS, PAGES, CORE = HOUSE
SVG = "{http://www.w3.org/2000/svg}"


def drawn(counted):
    """Return the elements of a picture."""
    return etree.fromstring(Drawing(HOUSE, Counter(counted)).svg())


def test_the_picture_is_of_today():
    assert PICTURE.read_text() == draw(), "docs/rooms.svg is stale: make picture"


def test_the_rooms_are_those_of_the_contract_from_the_top_to_the_ground():
    assert [(room.name, room.row) for room in HOUSE] == [
        ("house.urls", 0),
        ("offers", 1),
        ("pages", 1),
        ("house.core", 2),
    ]


def test_a_module_belongs_to_the_innermost_room():
    core = rooms({"contracts": [{"type": "layers", "layers": ["core", "core.texts"]}]})
    assert home("core.texts.rich", core) == core[1]
    assert home("core.textsize", core) == core[0]
    assert home("score", core) is None


def test_imports_of_the_code_are_counted():
    counted = imports(settings(), among := rooms(settings()))
    names = {room.name: room for room in among}
    assert counted[names["offers"], names["contacts"]] > 1
    assert counted[names["contacts"], names["offers"]] == 0
    assert all(importer != imported for importer, imported in counted)


@pytest.mark.parametrize(
    ("importer", "imported", "expected"),
    [(URLS, CORE, False), (CORE, URLS, True), (OFFERS, PAGES, True), (OFFERS, CORE, False)],
)
def test_only_what_goes_down_is_as_it_should_be(importer, imported, expected):
    assert is_wrong(importer, imported) is expected


def test_open_neighbours_may_use_each_other():
    first, second = rooms({"contracts": [{"type": "layers", "layers": ["a : b"]}]})
    assert not is_wrong(first, second)


def test_what_goes_up_is_red_and_told_in_words():
    picture = drawn({(URLS, CORE): 3, (CORE, OFFERS): 1})
    wrong = picture.findall(f"{SVG}g[@class='wrong']")
    assert {group.findtext(f"{SVG}title") for group in wrong} == {
        None,
        "house/core imports offers: 1",
    }
    assert "Red and broken" in "".join(picture.itertext())
    assert picture.findtext(f"{SVG}desc") == (
        "house/urls imports house/core 3. offers imports nothing. pages imports nothing. "
        "house/core imports offers 1 (upwards!)."
    )
    assert "Red and broken" not in "".join(drawn({(URLS, CORE): 3}).itertext())


def test_every_box_and_every_path_lies_inside_the_picture():
    drawing = Drawing(HOUSE, Counter({(URLS, CORE): 3, (OFFERS, CORE): 120}))
    assert max(drawing.lanes.values()) < drawing.width
    assert max(drawing.heights.values()) < drawing.foot < drawing.height
    assert len(set(drawing.lanes.values())) == 2
    assert drawing.edge < min(drawing.lanes.values())
