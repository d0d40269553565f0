"""The page that shows staff every component in every state."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from lkintegration.desk.gallery import samples
from lkintegration.serving.memo import memory
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/verwaltung/bausteine/"
NAMES = {path.stem for path in Path(settings.BASE_DIR, "templates/components").glob("*.html")}


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_user("aysel", is_staff=True))
    return client


def test_every_component_has_samples():
    assert samples().keys() == NAMES
    assert all(samples().values())


def test_the_page_is_for_staff(client):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("query", "code", "direction", "sheets"),
    [
        ("", "de", "ltr", ["site", "tokens", "specimens"]),
        ("?sprache=ar&farben=dunkel", "ar", "rtl", ["site", "tokens", "tokens-dark", "specimens"]),
        ("?sprache=xx&farben=pink", "de", "ltr", ["site", "tokens", "specimens"]),
    ],
)
def test_it_shows_all_of_them_both_ways_and_by_night(staff, query, code, direction, sheets):
    page = page_of(staff.get(PAGE + query))

    assert (page.get("lang"), page.get("dir")) == (code, direction)
    linked = page.xpath("//link[@rel='stylesheet']/@href")
    assert [re.split(r"[/.]", href)[-2] for href in linked] == sheets
    assert {section.get("id") for section in page.xpath("//main/section[@id]")} == NAMES
    assert all(words(node) or node.xpath(".//svg") for node in page.xpath("//*[@class='specimen']"))


def test_a_sample_leaves_nothing_behind(staff):
    before = {model: model.objects.count() for model in {type(r) for r in _records()}}
    staff.get(PAGE)

    assert before == {model: model.objects.count() for model in before}


def _records():
    for states in samples().values():
        for state in states:
            yield from (value for value in state.context.values() if hasattr(value, "pk"))


def test_what_the_page_shows_takes_no_room_from_what_readers_see(staff):
    staff.get(PAGE)
    before = memory().sizes()

    staff.get(PAGE)

    assert memory().sizes() == before
