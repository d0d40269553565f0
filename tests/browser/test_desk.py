"""The admin as a tool: light to load, and open to everybody who works in the office."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.editor import open_editor
from tests.browser.pages import log_in
from tests.browser.test_axe import ALL, RUN, SCRIPT

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


@pytest.fixture
def complaints() -> list[str]:
    """Return what the browser complains of; the Content-Security-Policy speaks up there."""
    return []


@pytest.fixture
def desk(page, complaints):
    """Return a page of somebody who has logged in."""
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.emulate_media(reduced_motion="reduce")
    yield page
    assert complaints == []


@pytest.fixture
def found_by_axe(desk, complaints):
    """Return how axe looks at the page that is open."""

    def look() -> list[str]:
        assert complaints == []
        if not desk.evaluate("'axe' in window"):
            desk.evaluate(SCRIPT)
        found = list(desk.evaluate(RUN, ALL))
        complaints.clear()  # axe itself tries styles that the policy forbids
        return found

    return look


def test_staff_log_in_by_the_form(desk):
    desk.context.clear_cookies()
    log_in(desk)
    expect(desk.get_by_role("heading", name="Website-Verwaltung")).to_be_visible()


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_on_the_screens_of_the_admin(desk, found_by_axe, name):
    desk.goto(f"/verwaltung/{SCREENS[name]}")
    found = look_at_both_widths(desk, found_by_axe)
    if "form" in name and desk.locator(".rich-preview").count():
        open_editor(desk)
        found += look_at_both_widths(desk, found_by_axe)

    assert not found, "\n".join(found)


def look_at_both_widths(desk, found_by_axe) -> list[str]:
    """Return what axe finds on the page that is open, on a phone and on a desk."""
    found = []
    for width in (360, 1280):
        # So high that the button which stays in view covers nothing.
        desk.set_viewport_size({"width": width, "height": 9000})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        found += [f"{width}: {what}" for what in found_by_axe()]
    return found


def test_axe_finds_nothing_in_the_dark(desk, found_by_axe):
    desk.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = []
    for name in ("start", "list", "form", "form in Arabic", "edition", "progress", "exchange"):
        desk.goto(f"/verwaltung/{SCREENS[name]}")
        found += [f"{name}: {what}" for what in found_by_axe()]

    assert not found, "\n".join(found)


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


def test_without_javascript_the_text_is_there_to_edit(chromium, site, desk):
    state = desk.context.storage_state()
    context = chromium.new_context(base_url=site, storage_state=state, java_script_enabled=False)
    page = context.new_page()
    page.goto("/verwaltung/offers/service/1/change/")

    expect(page.locator("textarea#id_helps_with_de")).to_be_visible()
    expect(page.locator(".rich-preview").first).to_be_hidden()
    context.close()
