"""A 19-year-old in Schopfheim finds somebody to call, whatever the browser can do."""

import pytest

from tests.browser.test_reading import LAPTOP, WITHOUT_JAVASCRIPT

# 400 % zoom on a screen 1280 pixels wide leaves 320 CSS pixels (WCAG 2.2, 1.4.10).
ZOOMED = {"viewport": {"width": 320, "height": 256}, "java_script_enabled": False}
ANSWERS = {
    "de": "Sie sind 19 Jahre alt. Für Sie ist der Jugendmigrationsdienst (JMD) da.",
    "ar": "19",
}


def tab_to(page, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus; fail if the keyboard never gets there."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is out of reach of the keyboard")


@pytest.mark.parametrize(
    "context_options",
    [LAPTOP, WITHOUT_JAVASCRIPT, ZOOMED],
    ids=["laptop", "phone without JavaScript", "400 % zoom"],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_two_steps_from_home_to_a_number_with_the_keyboard_alone(page, code):
    page.goto(f"/{code}/")
    tab_to(page, "#alter")
    page.keyboard.type("19")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{code}/beratung/?alter=19#antwort")
    assert page.locator(".answer a[href^='tel:']").count() >= 1

    tab_to(page, "#ort")
    page.keyboard.type("Schopf")
    page.keyboard.press("Enter")
    tab_to(page, ".wishes button")
    page.keyboard.press("Enter")
    page.wait_for_url("**alter=19&ort=08336081**")

    assert ANSWERS[code] in page.locator("#antwort-titel").text_content()
    first = page.locator(".results > li").first
    assert first.locator("a[href$='/angebote/jmd-caritas/']").count() == 1
    number = page.locator(".answer a[href^='tel:']").first
    assert number.get_attribute("href") == "tel:+4976214105301"
    box = number.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


def test_a_mistake_gets_the_focus_and_a_link_to_its_field(page):
    page.goto("/de/beratung/?alter=abc&ort=08336081")
    page.locator(".errors:focus").wait_for()
    page.keyboard.press("Tab")
    page.locator(".errors a:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**#alter")
    assert page.locator("#alter").input_value() == "abc"
    assert page.locator("#ort").input_value() == "08336081"


@pytest.mark.parametrize(("path", "anchor"), [("beratung/", "antwort"), ("angebote/", "liste")])
def test_a_mistake_sent_with_the_form_gets_the_focus_too(page, path, anchor):
    page.goto(f"/de/{path}")
    page.locator("#alter").evaluate("field => field.closest('details')?.setAttribute('open', '')")
    page.locator("#alter").fill("abc")
    page.locator(".wishes button").click()
    page.wait_for_url(f"**#{anchor}")
    page.locator(".errors:focus").wait_for()


def test_a_postcode_with_several_municipalities_asks_which(page):
    page.goto("/de/beratung/?alter=30&ort=79677")
    page.get_by_role("link", name="Wembach").click()
    assert "ort=08336094" in page.url
    assert "alter=30" in page.url
    assert page.locator("#ort").input_value() == "08336094"


def test_the_answer_can_be_printed_without_the_form(page):
    page.goto("/de/beratung/?alter=19&ort=08336081")
    page.emulate_media(media="print")
    assert not page.locator(".wishes").is_visible()
    assert page.locator(".answer a[href^='tel:']").first.is_visible()
