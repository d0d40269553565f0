"""A real server with the real content, and a real Chromium in front of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from tests.browser.pages import log_in
from tests.conftest import missing
from tests.server import CHROMIUM_FLAGS, copy, prepare, run

PATIENCE = 15_000  # milliseconds; two browsers and their sites share the machine
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a site is that no server runs on: to copy."""
    folder = tmp_path_factory.mktemp("site_template")
    prepare(folder)
    return folder


@pytest.fixture(scope="session")
def folder(site_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the site keeps its database."""
    return copy(site_template, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    yield from run(folder)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[], Browser]]:
    """Return what starts a Chromium."""
    if not os.environ.get("CHROMIUM"):
        missing("Chromium")
    with sync_playwright() as playwright:
        yield lambda: playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
        )


@pytest.fixture(scope="session")
def chromium(launch: Callable[[], Browser]) -> Iterator[Browser]:
    browser = launch()
    yield browser
    browser.close()


Lender = Callable[..., AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="session")
def lend(chromium: Browser) -> Lender:
    """Return what lends a browser context with these options, without pages, cookies and cache.

    It is kept for whoever wants the same next: a new one takes half a second of the processor.
    """
    free: dict[str, BrowserContext] = {}

    @contextmanager
    def lent(storage_state: StorageState | None = None, **options: Any) -> Iterator[BrowserContext]:
        kind = repr(sorted(options.items()))
        context = free.pop(kind, None) or chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.clear_cookies()
        if storage_state:
            context.add_cookies(storage_state["cookies"])
        yield context
        context.set_offline(False)
        page = context.pages[0] if context.pages else context.new_page()
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        for page in context.pages:
            page.close()
        free[kind] = context

    return lent


@pytest.fixture(scope="session")
def logged_in(lend: Lender, site: str) -> StorageState:
    """Return what a browser keeps after somebody of the office has logged in."""
    with lend(base_url=site) as context:
        log_in(context.new_page())
        return context.storage_state()


@pytest.fixture
def office(lend: Lender, site: str, logged_in: StorageState) -> Iterator[Page]:
    """Return the browser of somebody of the office; it speaks English, the admin German."""
    viewport = {"width": 1280, "height": 900}
    with lend(logged_in, base_url=site, viewport=viewport, locale="en-GB") as context:
        yield context.new_page()


@pytest.fixture
def desk(office: Page) -> Iterator[Page]:
    """Return the same; it may not complain of anything."""
    complaints: list[str] = []
    office.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield office
    assert complaints == []


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Return how the reader's browser is set up; tests override it by parametrizing."""
    return {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def browser(lend: Lender, site: str, context_options: dict[str, Any]) -> Iterator[BrowserContext]:
    with lend(base_url=site, **context_options) as context:
        yield context


@pytest.fixture
def page(browser: BrowserContext) -> Page:
    return browser.new_page()
