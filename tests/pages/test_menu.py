"""The menu serves residents first; what the office says of itself stands under one word."""

import pytest

from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

POLICY = ["/de/konzept/", "/de/leitziele/", "/de/aufgaben/"]


def menus(client, path):
    """Return the menu in a row and the one to open on a phone."""
    page = page_of(client.get(path))
    (row,) = page.xpath("//nav[contains(@class, 'bar')]")
    (phone,) = page.xpath("//details[contains(@class, 'menu')]/nav")
    return row, phone


def test_advice_services_and_contact_come_first(client):
    for menu in menus(client, "/de/"):
        lines = menu.xpath("./ul/li")

        assert [words(line) for line in lines[:4]] == ["Beratung", "Angebote", "Kontakt", "Wörter"]
        assert words(lines[4]).startswith("Über uns")
        assert lines[4].xpath(".//a/@href") == POLICY


def test_on_a_phone_the_search_is_a_line_of_the_menu_as_there_is_no_box(client):
    row, phone = menus(client, "/de/")

    assert len(row.xpath("./ul/li")) == 5
    assert phone.xpath("./ul/li[6]/a/@href") == ["/de/suche/"]
    assert not phone.xpath("./ul/li[7]")


def test_what_stands_under_one_word_opens_without_a_script(client):
    row, phone = menus(client, "/de/")

    assert words(row.xpath("./ul/li/details/summary")[0]) == "Über uns"
    assert not phone.xpath(".//details")


def test_the_home_page_leads_to_concept_goals_and_tasks_at_once(client):
    main = page_of(client.get("/de/")).xpath("//main")[0]

    assert set(POLICY) <= set(main.xpath(".//a[not(ancestor::details)]/@href"))


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/de/", {}),
        ("/de/kontakt/", {"Kontakt": "page"}),
        ("/de/angebote/mbe-drk/", {"Angebote": "true"}),
        ("/de/leitziele/", {"Über uns": "true", "Leitziele": "page"}),
    ],
)
def test_readers_see_in_the_menu_where_they_are(client, path, marks):
    row, phone = menus(client, path)

    assert {words(line): line.get("aria-current") for line in row.xpath(".//*[@aria-current]")} == (
        marks
    )
    assert phone.xpath(".//a[@aria-current='page']/@href") == row.xpath(
        ".//a[@aria-current='page']/@href"
    )
