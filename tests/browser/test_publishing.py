"""What staff publish is what readers see: stories by keyboard, each with few clicks."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_stories import HOURS, WINDOW, Keyboard
from tests.server import copy, make_accounts, manage, run


@pytest.fixture(scope="module")
def folder(site_template, tmp_path_factory):
    return copy(site_template, tmp_path_factory.mktemp("publishing"))


@pytest.fixture(scope="module")
def site(folder):
    """A site of its own: the stories change what other tests look at."""
    make_accounts(folder, ("stella", "Angebote und Kontakte"))
    yield from run(folder)


class Clicking(Keyboard):
    """Counts what a mouse would have to click: links, buttons, and each field to write in."""

    def write(self, name, text):
        self.clicks += 1
        super().write(name, text)


@pytest.fixture
def stella(chromium, site):
    context = chromium.new_context(base_url=site, **WINDOW)
    context.set_default_timeout(PATIENCE)
    person = Clicking(context, "stella")
    yield person
    assert person.complaints == []
    context.close()


def test_a_move_from_the_first_of_january_takes_one_form(stella, page):
    stella.press("Orte")
    stella.press("Landratsamt Lörrach")
    stella.write("Straße und Hausnummer", "Neue Straße 1")
    stella.write("veröffentlichen am, Datum", "01.01.2127")
    stella.press("Als Arbeitskopie sichern")

    expect(stella.page.locator(".messagelist")).to_contain_text("von selbst: 1. Januar 2127")
    assert stella.clicks <= 8
    page.goto("/de/kontakt/")
    expect(page.locator("main")).not_to_contain_text("Neue Straße 1")


def test_the_page_is_shown_as_it_is_now_however_often_one_looks(stella, folder):
    manage(folder, "shell", "-c", HOURS)  # such a page is true for some minutes only
    stella.press("Kontaktpersonen")
    stella.press("Eva Petersik")
    for task in ("Erste Aufgabe", "Zweite Aufgabe"):
        stella.write("Aufgabe", task)
        stella.press("Sichern und weiter bearbeiten")
        stella.press("Auf der Website anzeigen")
        expect(stella.page.locator("main")).to_contain_text(task)
        stella.page.goto("/verwaltung/contacts/contactperson/")
        stella.press("Eva Petersik")
