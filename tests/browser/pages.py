"""Every type of page, in every state a reader can bring it to."""

from dataclasses import dataclass
from typing import Any

from django.core.signing import Signer
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page

from concept.models import Concept
from contacts.messages.tokens import SALT, SHORTEST
from lkintegration.core.languages import SOURCE
from lkintegration.seed.content_files import read_entries
from lkintegration.serving.addresses import Use, fixed_addresses, public_patterns
from lkintegration.settings.test import SECRET_KEY
from tests.server import STAFF

CODES = ["de", "de-simple", "ar", "uk"]
# Kinds whose shipped records have no page that readers can open.
CLOSED = {Concept}  # an edition shows its goals, and none of them is published yet
ELSEWHERE = {"kontakt-nachricht"}  # who is shipped represents the office, which has one form


def _fixed() -> dict[str, str]:
    """Return what follows the language in the addresses of pages that are always there."""
    return {
        address.name: address.rest
        for address in fixed_addresses()
        if address.use in {Use.PAGE, Use.FORM} and {*CODES} <= {*address.languages}
    }


def _examples() -> dict[str, str]:
    """Return the same for one record of each kind: the shipped one that says most."""
    examples: dict[Any, dict[str, Any]] = {}
    for entry in read_entries():
        is_best = len(entry.values) > len(examples.get(entry.model, {}))
        if entry.values.get("status") == "published" and is_best:
            examples[entry.model] = entry.values
    paths = {}
    for name, pattern in public_patterns().items():
        if (
            pattern.of in examples
            and pattern.of not in CLOSED
            and name not in ELSEWHERE
            and pattern.use in {Use.PAGE, Use.FORM}
        ):
            gaps = {gap: examples[pattern.of][gap] for gap in pattern.pattern.converters}
            with override(SOURCE):
                paths[name] = reverse(name, kwargs=gaps).removeprefix(f"/{SOURCE}/")
    return paths


# By name: what follows the language in the address. States that answers bring a page to follow it.
PATHS = {
    **_fixed(),
    **_examples(),
    "beratung, answer": "beratung/?alter=19&ort=08336081",
    "beratung, mistake": "beratung/?alter=abc&ort=08336081",
    "beratung, which municipality": "beratung/?alter=30&ort=79677",
    "angebote, filtered": "angebote/?alter=30&thema=sprache",
    "angebote, nothing found": "angebote/?alter=3&ort=08336004&sprache=fa&thema=arbeit",
    "barriere-melden, from a page": "barriere-melden/?seite=/de/kontakt/",
    "suche, many": "suche/?q=Beratung",
    "suche, age and place": "suche/?q=Beratung 24 Jahre Schopfheim",
    "suche, misspelt": "suche/?q=Intergrationskurs",
    "suche, nothing found": "suche/?q=xyzzy",
    "not found": "gibt-es-nicht/",
}
# Pages that only a form leads to.
MISTAKES = "barriere-melden, mistakes"
SENT = "nachricht-gesendet"
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
