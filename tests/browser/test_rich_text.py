"""The editor of formatted text: it looks like the page, stays where it is, asks for links."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor import open_editor

EDITOR = ".field-body_de .prose-editor"
LOOKS = """element => [...element.querySelectorAll("h2, h3, li, p:not(li p)")].map(part => {
    const {fontSize, fontWeight, listStyleType, backgroundColor} = getComputedStyle(part);
    const {top, left} = part.getBoundingClientRect();
    const look = [fontSize, fontWeight, listStyleType, backgroundColor];
    return [part.tagName, ...look, Math.round(top + scrollY), Math.round(left)];
})"""


def box_of(locator):
    return locator.evaluate(
        """element => {
            const {left, top, width, height} = element.getBoundingClientRect();
            return [left, top + scrollY, width, height].map(Math.round);
        }"""
    )


def open_page(desk, name):
    desk.goto("/verwaltung/pages/page/")
    desk.get_by_role("link", name=name).click()
    desk.locator(".field-body_de .rich-preview").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_editor_comes_and_its_buttons_stay_in_view(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})
    open_page(desk, "Datenschutz")
    shown = desk.locator(".field-body_de .rich-preview")
    before, looks = box_of(shown), shown.evaluate(LOOKS)

    editor = open_editor(desk)
    expect(desk.locator(f"{EDITOR} .prose-menubar button").first).to_be_visible()

    assert editor.evaluate(LOOKS) == looks
    assert box_of(editor) == before
    assert editor.get_attribute("spellcheck") == "true"
    assert editor.evaluate("element => element.closest('[lang]').lang") == "de"
    editor.locator("h2").last.scroll_into_view_if_needed()
    expect(desk.locator(f"{EDITOR} .prose-menubar button").first).to_be_in_viewport()


def test_a_link_to_a_page_of_ours_is_chosen_by_keyboard(desk):
    open_page(desk, "Impressum")
    open_editor(desk).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Zur Beratung")
    desk.keyboard.press("Shift+Home")
    dialog = desk.get_by_role("dialog", name="Wohin führt der Link?")
    while not dialog.is_visible():  # no person is so quick that the editor hears of it too late
        desk.keyboard.press("Control+k")
        desk.wait_for_timeout(50)

    expect(dialog.get_by_label("Eigene Seite")).to_be_focused()
    expect(dialog.locator("option", has_text="Leitziele")).to_have_count(1)
    desk.keyboard.type("Welche")
    expect(dialog.get_by_label("Adresse")).to_have_value("page:beratung")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Rathaus")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("„Rathaus“ ist keine Adresse")
    expect(dialog.get_by_label("Adresse")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("www.example.org")
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.locator(f"{EDITOR} a", has_text="Zur Beratung")).to_have_attribute(
        "href", "https://www.example.org"
    )

    desk.keyboard.press("Control+k")
    expect(dialog.get_by_label("Adresse")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.type("Welche")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/ar/impressum/")
    desk.goto("/de/impressum/")
    expect(desk.locator(".prose a", has_text="Zur Beratung")).to_have_attribute(
        "href", "/de/beratung/"
    )
