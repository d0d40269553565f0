"""Readers on a phone: without JavaScript, with the keyboard, from right to left."""

import pytest

from lkintegration.core.languages import BY_CODE
from tests.browser.pages import PATHS

WITHOUT_JAVASCRIPT = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
LAPTOP = {"viewport": {"width": 1280, "height": 900}}


@pytest.mark.parametrize("context_options", [WITHOUT_JAVASCRIPT], ids=["without JavaScript"])
def test_the_menu_and_the_languages_open_without_javascript(page):
    page.goto("/de/")
    page.get_by_text("Menü", exact=True).click()
    page.locator(".menu a", has_text="Aufgaben").click()
    assert page.url.endswith("/de/aufgaben/")
    page.locator("summary").first.click()
    page.locator(".languages a[lang=ar]").click()
    assert page.url.endswith("/ar/aufgaben/")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_home_answers_on_the_first_screen_of_a_phone(page):
    too_low = {}
    for code in BY_CODE:
        page.goto(f"/{code}/")
        for part in ("h1", "#alter", ".age-form .button", ".first-question a[href^='tel:']"):
            box = page.locator(part).first.bounding_box()
            end = box["y"] + box["height"]
            # 640 is the height of the smallest screens still in use; the number may follow.
            if end > (740 if "tel:" in part else 640):
                too_low[code, part] = end
    assert too_low == {}


def test_the_keyboard_reaches_the_content_first_and_the_advice_soon(page):
    page.goto("/de/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "alter"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_arabic_runs_from_right_to_left_and_numbers_do_not(page):
    page.goto("/ar/kontakt/")
    mark, tools = (page.locator(part).first.bounding_box() for part in (".mark", ".top-tools"))
    assert mark["x"] > tools["x"]
    number = page.locator("a[href='tel:+4976214105301'] bdi").first
    assert number.text_content() == "+49 7621 410-5301"
    assert number.evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_no_page_breaks_its_policy_leaves_a_cookie_or_asks_anybody_else(page, browser, site):
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.add(request.url))
    for name, path in PATHS.items():
        page.goto(f"/de/{path}")
        if name == "not found":
            assert "404" in complaints.pop()  # the console names its status
    assert complaints == []
    assert browser.cookies() == []
    assert {url for url in asked if not url.startswith(site)} == set()


def test_print_shows_what_is_folded_away_on_the_screen_and_no_menu(page):
    page.goto("/de/konzept/")
    page.emulate_media(media="print")
    assert not page.locator(".top-tools").is_visible()
    assert page.locator(".timeline").is_visible()
    assert page.locator(".foot-phone").is_visible()
