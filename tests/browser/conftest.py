"""A real server with the real content, and a real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
STAFF = ("redaktion", "nur-im-Browsertest-7")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def serve(folder: Path) -> Iterator[str]:
    """Run the site on a free port with a database of its own in ``folder``; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'browser.sqlite3'}",
        "DJANGO_SUPERUSER_USERNAME": STAFF[0],
        "DJANGO_SUPERUSER_PASSWORD": STAFF[1],
        "DJANGO_SUPERUSER_EMAIL": "",
    }
    for command in (
        ["migrate", "-v0"],
        ["load_content"],
        ["collectstatic", "--noinput", "-v0"],
        ["createsuperuser", "--noinput", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "lkintegration.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--threads", "4"),
            *("--no-control-socket", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(100):
            try:
                urllib.request.urlopen(f"{address}/health/", timeout=2).close()  # noqa: S310
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not os.environ.get("CHROMIUM"):
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def context_options() -> dict[str, object]:
    """Return how the reader's browser is set up; tests override it by parametrizing."""
    return {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def browser(
    chromium: Browser, site: str, context_options: dict[str, object]
) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site, **context_options)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(browser: BrowserContext) -> Page:
    return browser.new_page()
