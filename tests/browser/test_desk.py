"""The admin as a tool: light to load, and open to everybody who works in the office."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import open_editor
from tests.browser.pages import log_in
from tests.browser.test_axe import ALL, COLOURS, RUN, SCRIPT

MOST_BYTES = 150_000  # of a change form, with an empty cache
SCREENS = {
    "start": "",
    "list": "offers/service/",
    "inbox": "contacts/message/",
    "help": "hilfe/",
    "own account": "konto/",
    "check list": "pruefliste/",
    "draft": "freigabe/",
    "edition": "leitziele/2/",
    "progress": "uebersetzungen/",
    "exchange": "austausch/",
    "unexplained words": "woerter/unerklaert/",
    "history": "offers/service/1/history/",
    "form": "offers/service/1/change/",
    "form in Arabic": "offers/service/1/change/?sprache=ar",
    "form with rows below": "contacts/contactperson/1/change/",
    "account": "auth/user/1/change/",
}


@pytest.fixture
def context_options(logged_in):
    return {"viewport": {"width": 1280, "height": 900}, "storage_state": logged_in}


def watch(page: Page) -> list[str]:
    """Return a list for what the browser complains of; the Content-Security-Policy speaks there."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    return complaints


@pytest.fixture
def desk(page):
    """Return a page of somebody who has logged in."""
    complaints = watch(page)
    page.emulate_media(reduced_motion="reduce")
    yield page
    assert complaints == []


class Inspector:
    """Looks at screens with axe, one after the other in one window."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, watch(page)
        page.emulate_media(reduced_motion="reduce")

    def look(self, rules: dict[str, Any] = ALL) -> list[str]:
        """Return what axe finds on the page that is open, with all its rules or with some."""
        assert self.complaints == []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(SCRIPT)
        found = list(self.page.evaluate(RUN, rules))
        self.complaints.clear()  # axe itself tries styles that the policy forbids
        return found

    def look_at_both_widths(self, rules: dict[str, Any] = ALL) -> list[str]:
        """Return what axe finds on the page that is open, on a phone and on a desk."""
        found = []
        for width in (360, 1280):
            # So high that the button which stays in view covers nothing.
            self.page.set_viewport_size({"width": width, "height": 9000})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width
            found += [f"{width}: {what}" for what in self.look(rules)]
        return found


@pytest.fixture(scope="module")
def inspector(lend, site, logged_in):
    with lend(logged_in, base_url=site) as context:
        yield Inspector(context.new_page())


def test_staff_log_in_by_the_form(desk):
    desk.context.clear_cookies()
    log_in(desk)
    expect(desk.get_by_role("heading", name="Website-Verwaltung")).to_be_visible()


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_on_the_screens_of_the_admin(inspector, name):
    page = inspector.page
    page.goto(f"/verwaltung/{SCREENS[name]}")
    found = inspector.look_at_both_widths()
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {what}" for what in inspector.look({"only": COLOURS})]
    page.emulate_media(color_scheme="light")
    if "form" in name and page.locator(".rich-preview").count():
        open_editor(page)
        found += inspector.look_at_both_widths(ALL | {"within": ".prose-editor"})

    assert not found, "\n".join(found)
    assert inspector.complaints == []


@pytest.mark.parametrize("path", ["offers/service/1/change/", "pages/page/8/change/?sprache=ar"])
def test_a_form_is_light_to_load(desk, browser, path):
    """Counts what the browser received for a first visit, until it is quiet."""
    page = browser.new_page()
    session = browser.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: list[Any] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    page.goto(f"/verwaltung/{path}")
    page.wait_for_load_state("networkidle")

    assert len(received) > 10
    assert sum(received) <= MOST_BYTES


def test_the_text_is_shown_as_readers_see_it_until_somebody_writes(desk):
    desk.goto("/verwaltung/offers/service/1/change/")

    shown = desk.get_by_role("textbox", name="Worum geht es?")
    expect(shown.locator("li").first).to_be_visible()
    expect(desk.locator(".prose-editor")).to_have_count(0)
    open_editor(desk)
    expect(desk.locator(".rich-preview")).to_have_count(0)
    expect(desk.get_by_role("button", name="fett").first).to_be_visible()


def test_what_is_typed_right_after_the_click_is_not_lost(desk):
    """On a slow line the editor takes a while; the cursor then stands where one clicked."""
    desk.goto("/verwaltung/offers/service/1/change/")
    desk.get_by_role("textbox", name="Worum geht es?").focus()

    editor = desk.locator(".prose-editor [role=textbox]").first
    expect(editor).to_be_focused()


def test_without_javascript_the_text_is_there_to_edit(lend, site, logged_in):
    with lend(logged_in, base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/verwaltung/offers/service/1/change/")

        expect(page.locator("textarea#id_helps_with_de")).to_be_visible()
        expect(page.locator(".rich-preview").first).to_be_hidden()
