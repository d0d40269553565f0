"""The first days of the site at an operator's: ``make rehearsal``, from a clean clone.

Production settings on PostgreSQL, gunicorn and the shipped nginx with a certificate of its own. The
first account comes by link and gets two second factors in a real browser; a change is published and
backed up, everything is destroyed, restored, and the change is there. Fails at the first step that
does not work.
"""

import base64
import hashlib
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyrage
from django_otp.oath import totp
from playwright.sync_api import Page, expect, sync_playwright

from tests import postgresql
from tests.nginx import HOST, Proxy, proxy
from tests.server import CHROMIUM_FLAGS, ROOT, free_port, wait_for

NAME, PASSWORD = "leitung", "Kanne-Wolke-Treppe-17"
CHANGED = "Die Beratung kostet nichts, geprüft im Probelauf."
DATABASE = "rehearsal"
PICTURE = ROOT / "var" / "rehearsal.png"


class Site:
    """A clone of the project, run as production is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.backups = folder / "backups"
        self.key = folder / "key.txt"
        identity = pyrage.x25519.Identity.generate()
        self.key.write_text(f"{identity}\n")
        self.variables = {
            "DJANGO_SETTINGS_MODULE": "lkintegration.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": postgresql.url(DATABASE),
            "BACKUP_FOLDER": str(self.backups),
            "BACKUP_RECIPIENTS": str(identity.to_public()),
        }

    def command(self, *command: str, **variables: str) -> str:
        """Run a command in the clone; return what it says."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=_environment() | self.variables | variables,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def manage(self, *command: str) -> str:
        """Run a command of the clone's ``manage.py``; return what it says."""
        return self.command(".venv/bin/python", "manage.py", *command)

    def install(self) -> None:
        """Clone and install as docs/operations.md says."""
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(self.folder)], check=True)
        dev = {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev"}
        self.command("make", "var/installed", "catalogs", "var/static/staticfiles.json", **dev)

    def fill(self) -> None:
        self.manage("migrate", "--noinput", "-v0")
        self.manage("load_content")

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Run gunicorn inside the ``with`` block; yield its address."""
        address = f"127.0.0.1:{free_port()}"
        command = [".venv/bin/python", "-m", "lkintegration.run_gunicorn"]
        server = subprocess.Popen(
            [*command, "--bind", address],
            cwd=self.folder,
            env=_environment() | self.variables,
        )
        try:
            wait_for(f"http://{address}/health/live/", host=HOST)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=40)


def _environment() -> dict[str, str]:
    """Return ours without what would tell the clone of this project's own environment."""
    told = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS"}
    return {name: value for name, value in os.environ.items() if name not in told}


@contextmanager
def browser(front: Proxy) -> Iterator[Page]:
    """Open a Chromium that believes the certificate of ``front``, with a fingerprint reader."""
    own_certificate = f"--ignore-certificate-errors-spki-list={_digest_of_key(front.folder)}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=[*CHROMIUM_FLAGS, own_certificate]
        )
        page = chromium.new_page(base_url=f"https://{front.secure}", locale="de-DE")
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        authenticator = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
        try:
            yield page
        except Exception:
            page.screenshot(path=PICTURE, full_page=True)
            print(f"{page.url}: {PICTURE.relative_to(ROOT)} shows where it ended.")
            raise
        finally:
            chromium.close()


def _digest_of_key(folder: Path) -> str:
    command = ["openssl", "x509", "-in", str(folder / "fullchain.pem"), "-pubkey", "-noout"]
    public = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    der = ["openssl", "pkey", "-pubin", "-outform", "der"]
    key = subprocess.run(der, check=True, input=public, stdout=subprocess.PIPE).stdout
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def create_account(site: Site, page: Page) -> None:
    """Make the first account: by the command, by its link, with a password of one's own."""
    said = site.manage("access_link", NAME, "--create", "--site", _origin(page))
    (link,) = re.findall(r"https://\S+", said)
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Passwort speichern").click()


def log_in(page: Page) -> None:
    page.goto("/verwaltung/login/")
    page.locator("#id_username").fill(NAME)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


def enrol_app(page: Page) -> bytes:
    """Set up an authenticator app; return its key."""
    page.goto("/verwaltung/konto/zweiter-faktor/app/")
    page.get_by_text("Keine Kamera?").click()
    key = base64.b32decode(page.locator("details code").inner_text().replace(" ", ""))
    page.locator("form input[autocomplete=one-time-code]").fill(f"{totp(key):06}")
    page.get_by_role("button", name="Einrichten").click()
    expect(page.locator(".recovery-codes li").first).to_be_visible()
    return key


def enrol_passkey(page: Page) -> None:
    page.goto("/verwaltung/konto/zweiter-faktor/passkey/")
    page.locator("#passkey-name").fill("Dienst-Laptop")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_text("Dienst-Laptop", exact=True)).to_be_visible()


def log_in_with_passkey(page: Page) -> None:
    page.context.clear_cookies()
    log_in(page)
    page.get_by_role("button", name="Passkey benutzen").click()
    page.get_by_role("heading", name="Website-Verwaltung").wait_for()


def log_in_with_app(page: Page, key: bytes) -> None:
    page.context.clear_cookies()
    log_in(page)
    time.sleep(31)  # a code counts once, and the last one has been used
    page.locator("form input[autocomplete=one-time-code]").fill(f"{totp(key):06}")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_role("heading", name="Website-Verwaltung").wait_for()


def publish(page: Page) -> None:
    """Change what a service costs, and see it on the public page."""
    page.goto("/verwaltung/offers/service/")
    page.get_by_role("link", name="Migrationsberatung der Caritas (MBE)").click()
    page.locator("[name=cost_de]").fill(CHANGED)
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success, .messagelist li").first).to_be_visible()
    time.sleep(1)  # within which every worker shows it
    assert_published(page)


def assert_published(page: Page) -> None:
    page.goto("/de/angebote/mbe-caritas/")
    expect(page.get_by_text(CHANGED).first).to_be_visible()


def _origin(page: Page) -> str:
    page.goto("/de/")
    return page.evaluate("location.origin")


def _say(step: str) -> None:
    print(f"{time.monotonic() - STARTED:5.0f} s  {step}", flush=True)


STARTED = time.monotonic()


def main() -> int:
    """Go through it all once."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        site = Site(folder)
        site.install()
        _say("cloned and installed")
        postgresql.create_database(DATABASE)
        site.fill()
        address = stack.enter_context(site.serving())
        front = stack.enter_context(proxy(folder, address))
        _say(f"serves at https://{front.secure}")
        page = stack.enter_context(browser(front))
        create_account(site, page)
        page.get_by_role("heading", name="Website-Verwaltung").wait_for()  # by the link
        _say("the first account chose its password by link and is in")
        key = enrol_app(page)
        enrol_passkey(page)
        log_in_with_passkey(page)
        log_in_with_app(page, key)
        _say("two second factors enrolled, and each used")
        publish(page)
        _say("a change is published")
        site.command("make", "backup", f"FOLDER={site.backups}")
        postgresql.drop_database(DATABASE)
        _say("backed up, and the database destroyed")
        (backup,) = site.backups.iterdir()
        site.command("make", "restore", f"BACKUP={backup}", f"IDENTITY={site.key}")
        assert_published(page)
        log_in_with_app(page, key)
        _say("restored: the change is there, and the account with its second factor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
