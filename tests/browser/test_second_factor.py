"""A second factor in a real browser: a passkey, recovery codes, an app."""

import time
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.pages import log_in
from tests.server import make_accounts

ACCOUNT = "leitung"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def leader(chromium: Browser, folder: Path, site: str) -> Iterator[Page]:
    """Return the browser of somebody who publishes; it has a fingerprint reader."""
    make_accounts(folder, (ACCOUNT, "Veröffentlichung"))
    # A passkey belongs to a name, and "localhost" is one that needs no TLS.
    context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def log_out(page: Page) -> None:
    page.locator(".account-menu summary").click()
    page.locator("#logout-form button").click()
    page.goto("/verwaltung/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_somebody_sets_factors_up_and_logs_in_with_each(leader: Page) -> None:
    log_in(leader, ACCOUNT)
    leader.get_by_role("link", name="Zweiten Faktor einrichten").click()
    leader.get_by_role("link", name="Passkey", exact=True).click()
    leader.get_by_label("Name, zum Beispiel").fill("Dienst-Laptop")
    press(leader, "Passkey einrichten")
    expect(leader.locator(".recovery-codes code")).to_have_count(10)
    codes = leader.locator(".recovery-codes code").all_inner_texts()

    log_out(leader)
    log_in(leader, ACCOUNT)
    expect(leader.get_by_text("Das Passwort stimmt.")).to_be_visible()
    press(leader, "Passkey benutzen")
    leader.get_by_role("heading", name="Website-Verwaltung").wait_for()

    log_out(leader)
    log_in(leader, ACCOUNT)
    leader.get_by_label("Wiederherstellungscode").fill(codes[0])
    press(leader, "Weiter")
    leader.goto("/verwaltung/konto/zweiter-faktor/")
    expect(leader.get_by_text("noch 9")).to_be_visible()
    expect(leader.get_by_text("Dienst-Laptop", exact=True)).to_be_visible()

    leader.get_by_role("link", name="Authenticator-App").click()
    leader.get_by_text("Keine Kamera?").click()
    app = TOTP(_secret(leader.locator("details code").inner_text()))
    app.time = time.time()
    leader.get_by_label("Code aus 6 Ziffern").fill(f"{app.token():06}")
    press(leader, "Einrichten")
    expect(leader.get_by_text("Eingerichtet: Authenticator-App.")).to_be_visible()


def _secret(typed: str) -> bytes:
    return b32decode(typed.replace(" ", ""))
