"""A real server with the real content, and a real Chromium in front of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

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


@pytest.fixture(scope="session")
def logged_in(chromium: Browser, site: str) -> StorageState:
    """Return what a browser keeps after somebody of the office has logged in."""
    context = chromium.new_context(base_url=site)
    log_in(context.new_page())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def office(chromium: Browser, site: str, logged_in: StorageState) -> Iterator[Page]:
    """Return the browser of somebody of the office; it speaks English, the admin German."""
    context = chromium.new_context(
        base_url=site,
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        storage_state=logged_in,
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


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
def context_options() -> dict[str, object]:
    """Return how the reader's browser is set up; tests override it by parametrizing."""
    return {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def browser(
    chromium: Browser, site: str, context_options: dict[str, object]
) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site, **context_options)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(browser: BrowserContext) -> Page:
    return browser.new_page()
