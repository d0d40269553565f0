"""Every type of page, in every state a reader can bring it to."""

from dataclasses import dataclass

from django.core.signing import Signer
from playwright.sync_api import Page

from contacts.messages.tokens import SALT, SHORTEST
from lkintegration.settings.test import SECRET_KEY
from tests.server import STAFF

CODES = ["de", "de-simple", "ar", "uk"]

# By name: what follows the language in the address.
PATHS = {
    "home": "",
    "finder": "beratung/",
    "finder, answer": "beratung/?alter=19&ort=08336081",
    "finder, mistake": "beratung/?alter=abc&ort=08336081",
    "finder, which municipality": "beratung/?alter=30&ort=79677",
    "list": "angebote/",
    "list, filtered": "angebote/?alter=30&thema=sprache",
    "list, nothing found": "angebote/?alter=3&ort=08336004&sprache=fa&thema=arbeit",
    "service": "angebote/mbe-diakonie/",
    "service, report an error": "angebote/mbe-diakonie/fehler-melden/",
    "contacts": "kontakt/",
    "contact": "kontakt/eva-petersik/",
    "contact, report an error": "kontakt/eva-petersik/fehler-melden/",
    "message": "kontakt/nachricht/",
    "message to a person": "kontakt/eva-petersik/nachricht/",
    "barrier": "barriere-melden/?seite=/de/kontakt/",
    "concept": "konzept/",
    "goals": "leitziele/",
    "tasks": "aufgaben/",
    "imprint": "impressum/",
    "privacy": "datenschutz/",
    "accessibility": "barrierefreiheit/",
    "easy language": "leichte-sprache/",
    "not found": "gibt-es-nicht/",
}
# Pages that only a form leads to.
MISTAKES = "message, mistakes"
SENT = "message, sent"
NAMES = [*PATHS, MISTAKES, SENT]


# The number of one message for each site: the site takes only so many of one connection in a day.
_sent: dict[str, str] = {}


def let_time_pass(page: Page) -> None:
    """Make the form for messages older by the shortest time in which one may be filled in.

    Signs the form's proof anew, with the key that the sites of tests share.
    """
    proof = page.locator("input[name=formular]")
    signer = Signer(key=SECRET_KEY, fallback_keys=[], salt=SALT)
    form, nonce, made = signer.unsign_object(proof.input_value())
    older = signer.sign_object([form, nonce, made - SHORTEST])
    proof.evaluate("(field, value) => { field.value = value; }", older)


def log_in(page: Page, name: str = STAFF[0]) -> None:
    """Log in to the admin by its form."""
    page.goto("/verwaltung/")
    page.fill("#id_username", name)
    page.fill("#id_password", STAFF[1])
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()


@dataclass
class Reader:
    """Goes to a page by its name."""

    page: Page

    def visit(self, code: str, name: str) -> None:
        """Open the page ``name`` in the language ``code``."""
        if name == MISTAKES:
            self.page.goto(f"/{code}/barriere-melden/")
            self.page.locator("main form button").click()
            self.page.locator("[role=alert]").wait_for()
        elif name == SENT:
            self.page.goto(f"/{code}/kontakt/nachricht/{self.reference()}/")
        else:
            self.page.goto(f"/{code}/{PATHS[name]}")

    def reference(self) -> str:
        """Return the number of a message that was sent to this site."""
        self.page.goto("/de/barriere-melden/")
        site = self.page.url.partition("/de/")[0]
        if site not in _sent:
            self.page.locator("main textarea").fill("Die Schrift ist zu klein.")
            let_time_pass(self.page)
            self.page.locator("main form button").click()
            self.page.wait_for_url("**/kontakt/nachricht/*-*/")
            _sent[site] = self.page.url.rstrip("/").rpartition("/")[2]
        return _sent[site]
