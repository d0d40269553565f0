"""A new colleague comes to work: by keyboard, with every click counted."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.pages import log_in
from tests.server import copy, run

MOST_CLICKS = 6
LONGEST_WAY = 120  # presses of the Tab key
PASSWORD = "drei-Wolken-ueber-Kamelen"  # noqa: S105  (of this test alone)
WINDOW: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"}


@pytest.fixture(scope="module")
def site(site_template, tmp_path_factory):
    """A site of its own: the story adds an account."""
    yield from run(copy(site_template, tmp_path_factory.mktemp("colleague")))


class Clicks:
    """Presses keys, and counts what other people would click."""

    def __init__(self) -> None:
        self.number = 0

    def go(self, page: Page, selector: str) -> None:
        """Press Tab until what ``selector`` names has the focus."""
        for _press in range(LONGEST_WAY):
            page.keyboard.press("Tab")
            if page.evaluate("it => document.activeElement.matches(it)", selector):
                return
        pytest.fail(f"Kein Weg zu {selector}")

    def press(self, page: Page, selector: str) -> None:
        """Go to a link or button and press Enter."""
        self.go(page, selector)
        self.number += 1
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def tick(self, page: Page, label: str) -> None:
        """Go to a box and tick it."""
        self.go(page, f"#{page.get_by_label(label, exact=True).get_attribute('id')}")
        self.number += 1
        page.keyboard.press("Space")

    def write(self, page: Page, selector: str, text: str) -> None:
        """Go there and type."""
        self.go(page, selector)
        page.keyboard.type(text)


def person(browser: BrowserContext, site: str) -> Page:
    context = browser.new_context(base_url=site, **WINDOW)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def test_from_the_first_page_to_the_colleague_s_own_in_six_clicks(chromium, site):
    chief, clicks = person(chromium, site), Clicks()
    log_in(chief)

    clicks.press(chief, "a[href$='/auth/user/add/']")
    clicks.write(chief, "[name=first_name]", "Beispiel")
    clicks.write(chief, "[name=last_name]", "Person")
    clicks.write(chief, "[name=email]", "beispiel@example.org")
    clicks.tick(chief, "Übersetzung")
    clicks.tick(chief, "Arabisch")
    clicks.press(chief, "[name=_save]")
    link = re.search(r"/verwaltung/zugang/\S+", chief.locator("code.secret-link").inner_text())
    assert link is not None

    colleague = person(chromium, site)
    colleague.goto(link[0])
    clicks.number += 1  # on the link
    clicks.write(colleague, "[name=new_password1]", PASSWORD)
    clicks.write(colleague, "[name=new_password2]", PASSWORD)
    clicks.press(colleague, "main button")

    expect(colleague.locator("header .account-menu summary")).to_have_text("Beispiel Person")
    expect(colleague.locator(".translation-work tbody th")).to_have_text(["العربية"])
    assert clicks.number <= MOST_CLICKS
    for page in (chief, colleague):
        page.context.close()
