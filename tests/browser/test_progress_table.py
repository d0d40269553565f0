"""The table of languages and contents in the admin, on a phone and on a desk."""

import pytest

PAGE = "/verwaltung/uebersetzungen/"


@pytest.fixture
def context_options(logged_in):
    return {"storage_state": logged_in, "reduced_motion": "reduce"}


@pytest.fixture
def desk(page):
    page.goto(PAGE)
    page.locator(".progress").wait_for()
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_only_the_table_scrolls_and_the_language_stays_in_sight(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})

    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.locator(".progress").focus()
    desk.keyboard.press("End")
    for _key in range(60):
        desk.keyboard.press("ArrowRight")
    language = desk.locator(".progress tbody th").first.bounding_box()
    assert 0 <= language["x"] <= width / 2
    last = desk.locator(".progress tbody tr").first.locator("td").last
    last.scroll_into_view_if_needed()
    assert last.bounding_box()["x"] + last.bounding_box()["width"] <= width + 1
