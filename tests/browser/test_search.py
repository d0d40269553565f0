"""Readers search with a keyboard, on a phone, from right to left, and without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lender

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def plain(lend: Lender, site: str):
    """Return a page of a browser that runs no script."""
    with lend(base_url=site, java_script_enabled=False, viewport=WIDE) as context:
        yield context.new_page()


def test_a_keyboard_asks_from_any_page_without_a_script(plain: Page):
    plain.goto("/de/kontakt/")
    box = plain.locator("header input[name=q]")
    for _key in range(20):
        plain.keyboard.press("Tab")
        if box.and_(plain.locator(":focus")).count():
            break
    plain.keyboard.type("Intergrationskurs")
    plain.keyboard.press("Enter")

    expect(plain).to_have_url("/de/suche/?q=Intergrationskurs")
    expect(plain.locator("h2#ergebnisse")).to_be_visible()
    expect(plain.locator("main input[name=q]")).to_have_value("Intergrationskurs")
    plain.locator(".search-result a").first.click()
    expect(plain.locator("h1")).to_contain_text("Integrationskurs")


def test_on_the_smallest_screens_the_menu_leads_to_the_search(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("/ar/kontakt/")
    expect(page.locator("header input[name=q]")).to_be_hidden()
    page.locator("details.menu summary").click()
    page.locator("details.menu a[href='/ar/suche/']").click()

    expect(page.locator("main input[name=q]")).to_be_visible()


@pytest.mark.parametrize("code", ["de-simple", "ar", "uk"])
def test_the_box_fits_beside_what_else_the_header_has(page: Page, code: str):
    page.goto(f"/{code}/kontakt/")
    box = page.locator("header input[name=q]")

    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert box.bounding_box()["width"] >= 120
        assert page.evaluate("document.documentElement.scrollWidth") == width
        # Safari enlarges the page where letters of an input are smaller.
        assert box.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 16


def test_from_right_to_left_the_button_stands_on_the_left_and_german_keeps_its_direction(
    page: Page,
):
    page.goto("/ar/suche/?q=إقامة")
    box, button = page.locator("main input[name=q]"), page.locator("main form button")

    assert button.bounding_box()["x"] < box.bounding_box()["x"]
    german = page.locator(".search-result [lang=de][dir=ltr]").first
    assert german.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert page.locator("main mark").count()
