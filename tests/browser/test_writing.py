"""A reader writes to us: with the keyboard, without JavaScript, from right to left."""

import re

import pytest

from tests.browser.pages import let_time_pass
from tests.browser.test_finder import tab_to
from tests.browser.test_reading import LAPTOP, WITHOUT_JAVASCRIPT

REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.mark.parametrize(
    ("context_options", "code"),
    [(LAPTOP, "de"), (WITHOUT_JAVASCRIPT, "ar")],
    ids=["German on a laptop", "Arabic on a phone without JavaScript"],
)
def test_a_mistake_is_mended_and_the_message_gets_a_number(page, code):
    page.goto(f"/{code}/kontakt/eva-petersik/")
    tab_to(page, ".reach-out a")
    page.keyboard.press("Enter")
    tab_to(page, "#id_text")
    page.keyboard.type("Guten Tag, مرحبا")
    tab_to(page, ".message-form .button")
    page.keyboard.press("Enter")

    # Nothing to answer to, and faster than anybody writes.
    page.locator(".errors:focus").wait_for()
    assert page.locator("#id_text").input_value() == "Guten Tag, مرحبا"
    assert page.locator("#id_sprache").input_value() == "de"
    tab_to(page, ".errors a[href='#id_email']")
    page.keyboard.press("Enter")
    page.locator("#id_email:target").wait_for()
    tab_to(page, "#id_email")
    page.keyboard.type("leser@example.org")
    tab_to(page, ".message-form .button")
    let_time_pass(page)
    page.keyboard.press("Enter")

    page.wait_for_url("**/kontakt/nachricht/*-*/")
    number = page.locator(".reference")
    assert REFERENCE.fullmatch(number.text_content())
    assert number.get_attribute("dir") == "ltr"
    assert "leser@example.org" not in page.content()


def test_a_barrier_form_knows_where_the_reader_came_from(page):
    page.goto("/de/angebote/jmd-caritas/")
    page.locator("footer a[href*='barriere-melden']").click()

    assert page.locator("#id_seite").input_value() == "/de/angebote/jmd-caritas/"


@pytest.mark.parametrize("context_options", [WITHOUT_JAVASCRIPT], ids=["without JavaScript"])
def test_a_person_never_sees_the_field_that_must_stay_empty(page):
    page.goto("/de/kontakt/nachricht/")

    box = page.locator("#homepage").bounding_box()
    assert box["width"] * box["height"] == 0 or page.locator("#homepage").evaluate(
        "field => getComputedStyle(field.parentElement).clipPath !== 'none'"
    )
    assert page.locator("#homepage").get_attribute("tabindex") == "-1"
