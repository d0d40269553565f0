"""The guides of docs/ are pages of the admin: whole, with their pictures, and in the help."""

import re

import pytest
from django.urls import reverse

from lkintegration.desk.handbook import FOLDER, GUIDES, read_guide
from tests.admin import TRANSLATOR, account, client_of
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def staff():
    return client_of(account(TRANSLATOR, languages=("ar",)))


def test_the_help_leads_to_the_guides(staff):
    links = page_of(staff.get(reverse("hilfe"))).xpath("//ul[@class='guides']//a")

    assert [link.get("href") for link in links] == [
        reverse("handbuch", args=[name]) for name in GUIDES
    ]


@pytest.mark.parametrize("name", sorted(GUIDES))
def test_a_guide_is_shown_whole_and_no_mark_is_left(staff, name):
    page = page_of(staff.get(reverse("handbuch", args=[name])))
    [shown] = page.xpath("//*[contains(@class, 'handbook')]")
    text = (FOLDER / GUIDES[name][0]).read_text(encoding="utf-8")

    rest = words(shown)
    for code in shown.xpath(".//code"):
        rest = rest.replace(words(code), "")
    assert re.findall(r"\*|`|\]\(|\||!\[", rest) == []
    assert len(shown.xpath(".//h2")) == text.count("\n## ")
    assert len(shown.xpath(".//img[@alt]")) == text.count("![")
    ids = {node.get("id") for node in page.iter() if isinstance(node.tag, str)}
    inside = [link.get("href") for link in shown.xpath(".//a[starts-with(@href, '#')]")]
    assert inside
    assert {link.removeprefix("#") for link in inside} <= ids


def test_links_between_the_guides_meet_their_headings():
    anchors = {
        f"{reverse('handbuch', args=[name])}#{chapter.anchor}"
        for name in GUIDES
        for chapter in read_guide(name).chapters
    }
    links = {
        link for name in GUIDES for link in re.findall(r'href="([^"]+)"', read_guide(name).text)
    }

    assert links
    assert {link for link in links if "#" in link} <= anchors
    assert {link for link in links if not link.startswith("/verwaltung/hilfe/")} == set()


def test_there_is_no_other_guide(staff):
    assert staff.get("/verwaltung/hilfe/passwd/").status_code == 404
