"""What staff publish is what readers see: stories by keyboard, each with few clicks."""

import re
from copy import copy as copy_object

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import PATIENCE
from tests.browser.pages import log_in
from tests.browser.test_stories import HOURS, LONGEST_WAY, WINDOW, Keyboard
from tests.server import copy, make_accounts, run


@pytest.fixture(scope="module")
def site(site_template, tmp_path_factory):
    """A site of its own: the stories change what other tests look at."""
    folder = copy(site_template, tmp_path_factory.mktemp("publishing"))
    # With hours of somebody's: such a page is true for some minutes only.
    make_accounts(folder, ("stella", "Angebote und Kontakte"), then=HOURS)
    yield from run(folder)


class Clicking(Keyboard):
    """Counts what a mouse would have to click: links, buttons, and each field to write in."""

    def write(self, name, text):
        self.clicks += 1
        super().write(name, text)

    def find(self, name, text):
        """Find ``text`` in the field with search ``name``, and take the first that is offered."""
        self.clicks += 2
        self.go(name)
        self.page.keyboard.press("Enter")
        self.page.keyboard.type(text)
        expect(self.page.get_by_role("option", name=re.compile(text)).first).to_be_visible()
        self.page.keyboard.press("Enter")

    def add_in_window(self, field, fill):
        """Open the window behind the plus beside ``field``, let ``fill`` fill it in, save there."""
        plus = self.page.locator(f"#add_id_{field}")
        for _press in range(LONGEST_WAY):
            self.page.keyboard.press("Tab")
            if plus.evaluate("link => link === document.activeElement"):
                break
        with self.page.expect_popup() as opened:
            self.page.keyboard.press("Enter")
        window = copy_object(self)
        window.page, window.clicks = opened.value, 0
        window.page.set_default_timeout(PATIENCE)
        window.page.wait_for_load_state()
        fill(window)
        window.go("Sichern")
        with window.page.expect_event("close"):
            window.page.keyboard.press("Enter")
        self.clicks += window.clicks + 2


@pytest.fixture(scope="module")
def known(lend, site) -> StorageState:
    """Return what the browser keeps of her after she has logged in."""
    with lend(base_url=site, **WINDOW) as context:
        log_in(context.new_page(), "stella")
        return context.storage_state()


@pytest.fixture
def stella(lend, site, known):
    with lend(known, base_url=site, **WINDOW) as context:
        person = Clicking(context, "stella")
        yield person
    assert person.complaints == []


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


def test_a_new_service_of_a_new_organisation_at_a_new_place_is_there_at_the_end(stella, page):
    def name_organisation(window):
        window.write("Name", "Beispielverein")

    def name_place(window):
        window.write("Name", "Beispielhaus")
        window.find("Träger", "Beispielverein")
        window.write("Straße und Hausnummer", "Beispielweg 1")
        window.write("Postleitzahl", "79539")
        window.write("Ort", "Lörrach")
        window.find("Gemeinde", "Lörrach")

    stella.press("Angebote")
    stella.press("Angebot hinzufügen")
    stella.write("Name", "Beispiel-Sprechstunde")
    stella.add_in_window("organisation", name_organisation)
    stella.choose("Gebiet", "der ganze Landkreis")
    stella.add_in_window("locations", name_place)
    stella.choose("Status", "veröffentlicht")
    stella.press("Sichern")
    expect(stella.page.locator(".messagelist .warning")).to_contain_text(
        "Noch nicht zu sehen: Träger „Beispielverein“ ist Entwurf."
    )
    stella.press(stella.page.locator("[name=_publish_along]").inner_text())
    expect(stella.page.locator(".visibility")).to_contain_text("Leserinnen und Leser sehen das")

    assert stella.clicks <= 24
    page.goto("/de/angebote/beispiel-sprechstunde/")
    expect(page.locator("main")).to_contain_text("Beispielweg 1")


def test_the_page_is_shown_as_it_is_now_however_often_one_looks(stella):
    stella.press("Kontaktpersonen")
    stella.press("Eva Petersik")
    for task in ("Erste Aufgabe", "Zweite Aufgabe"):
        stella.write("Aufgabe", task)
        stella.press("Sichern und weiter bearbeiten")
        stella.press("Auf der Website anzeigen")
        expect(stella.page.locator("main")).to_contain_text(task)
        stella.page.goto("/verwaltung/contacts/contactperson/")
        stella.press("Eva Petersik")
