"""Staff type a number and see what was understood: below the field, or without scripts as asked."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import log_in
from tests.browser.test_reading import WITHOUT_JAVASCRIPT
from tests.server import copy, run

PERSON = "/verwaltung/contacts/contactperson/1/change/"
UNDERSTOOD = "Verstanden: +49 7621 410-5399, Lörrach"
SAVE = "Sichern und weiter bearbeiten"


@pytest.fixture(scope="module")
def site(site_template, tmp_path_factory):
    """A site of its own: what is saved here is looked at by other tests."""
    yield from run(copy(site_template, tmp_path_factory.mktemp("understood")))


@pytest.fixture
def desk(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    log_in(page)
    page.goto(PERSON)
    yield page
    assert complaints == []


def test_what_was_understood_stands_below_the_field_before_it_is_saved(desk):
    number = desk.locator("#id_phone")
    number.fill("(0 76 21) 410-53 99")
    number.press("Tab")

    note = desk.locator("#id_phone_understood")
    expect(note).to_have_text(UNDERSTOOD)
    assert note.get_attribute("role") == "status"
    assert "id_phone_understood" in number.get_attribute("aria-describedby")
    expect(number).to_have_value("+49 7621 410-5399")
    desk.get_by_role("button", name=SAVE).first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


def test_words_that_would_be_lost_stay_in_the_field(desk):
    number = desk.locator("#id_second_phone")
    number.fill("0176 1234567 (WhatsApp)")
    number.press("Tab")

    expect(desk.locator("#id_second_phone_understood")).to_contain_text("„(WhatsApp)“ gehört nicht")
    expect(number).to_have_value("0176 1234567 (WhatsApp)")


def test_a_time_in_a_new_row_is_shown_as_understood(desk):
    desk.locator("#openinghours_rows-group .add-row a").click()
    opens = desk.locator("#id_openinghours_rows-0-opens")
    opens.fill("9 Uhr")
    opens.press("Tab")

    expect(opens).to_have_value("09:00")


@pytest.mark.parametrize("context_options", [WITHOUT_JAVASCRIPT], ids=["without JavaScript"])
def test_without_scripts_the_form_asks_once(desk):
    desk.locator("#id_phone").fill("07621/410-5399")
    desk.get_by_role("button", name=SAVE).first.click()

    error = f"{UNDERSTOOD}. Stimmt das, sichern Sie noch einmal."
    expect(desk.locator(".errorlist").first).to_have_text(error)
    expect(desk.locator("#id_phone")).to_have_value("+49 7621 410-5399")
    desk.get_by_role("button", name=SAVE).first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
