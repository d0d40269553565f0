"""The practice site: its stories can be played, and axe finds nothing on screens full of work."""

import os
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.pages import log_in
from tests.browser.test_axe import ALL, RUN, SCRIPT
from tests.browser.test_stories import WINDOW, Keyboard
from tests.practice_site import key_of, make_practice_site, run_practice_site

PASSWORD = "drei-Wolken-ueber-Kamelen"  # noqa: S105  (of this test alone)
OWN_LINK = re.compile(r"uebung-angebote\s+http://127\.0\.0\.1(/\S+)")
# Each screen: who looks at it, its address, and what they press there.
SCREENS = {
    "desk of a publisher": ("veroeffentlichung", "", ""),
    "what is to be decided": ("veroeffentlichung", "freigabe/offers.service-{lernraum}/", ""),
    "draft with its day": ("veroeffentlichung", "freigabe/offers.service-{elternkreis}/", ""),
    "question before a draft is thrown away": (
        "alles",
        "freigabe/offers.service-{sprachcafe}/",
        "Arbeitskopie verwerfen",
    ),
    "edition to be decided": ("veroeffentlichung", "leitziele/{edition}/", ""),
    "all drafts": ("veroeffentlichung", "freigabe/", ""),
    "message": ("alles", "contacts/message/{message}/change/", ""),
    "comparison in the history": ("alles", "contacts/location/{place}/history/", ""),
    "question before a record is deleted": ("alles", "offers/service/{lernraum}/delete/", ""),
    "deleted records": ("alles", "offers/service/geloescht/", ""),
    "place with hours": ("alles", "contacts/location/{place}/change/", ""),
    "closed period": ("alles", "contacts/closedperiod/add/", ""),
    "notice": ("alles", "notices/notice/add/", ""),
    "account": ("alles", "auth/user/add/", ""),
    "way back into an account": ("alles", "auth/user/{account}/zugang/", ""),
    "second factor": ("alles", "konto/zweiter-faktor/", ""),
    "e-mails": ("alles", "konto/e-mails/", ""),
    "what was found": ("alles", "finden/?q=Übung", ""),
    "texts of a language": ("uebersetzung", "uebersetzungen/ar/fehlt/", ""),
    "guide": ("uebersetzung", "hilfe/anleitung/", ""),
    "reference": ("uebersetzung", "hilfe/redaktion/", ""),
    "not allowed": ("uebersetzung", "contacts/message/", ""),
}
LOOKS = [(390, "light"), (1280, "dark"), (390, "dark"), (1280, "light")]
# The sample takes each width and each scheme once; "make axe" takes all of them.
LOOKS = LOOKS if os.environ.get("AXE") == "whole" else LOOKS[:2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("practice")


@pytest.fixture(scope="module")
def told(folder) -> str:
    """Make the site; return what the command says."""
    return make_practice_site(folder, left_alone="uebung-angebote")


@pytest.fixture(scope="module")
def site(folder, told):
    yield from run_practice_site(folder)


@pytest.fixture(scope="module")
def keys(folder, told) -> dict[str, int]:
    """Return the keys that stand in the addresses of ``SCREENS``."""
    services = {
        name: key_of(folder, "offers_service", "slug", f"uebung-{name}")
        for name in ("lernraum", "elternkreis", "sprachcafe")
    }
    return services | {
        "edition": key_of(folder, "concept_concept", "slug", "uebung-konzept-entwurf"),
        "message": key_of(folder, "contacts_message", "kind", "fault"),
        "place": key_of(folder, "contacts_location", "name_de", "Übungshaus Brücke (erfunden)"),
        "account": key_of(folder, "auth_user", "username", "uebung-konzept"),
    }


@pytest.fixture(scope="module")
def people(chromium, site):
    """Return how somebody of the practice site is at the admin, logged in once."""
    found: dict[str, Page] = {}

    def at_work(name: str) -> Page:
        if name not in found:
            context: BrowserContext = chromium.new_context(base_url=site, **WINDOW)
            context.set_default_timeout(PATIENCE)
            found[name] = context.new_page()
            found[name].emulate_media(reduced_motion="reduce")
            log_in(found[name], f"uebung-{name}")
        return found[name]

    yield at_work
    for page in found.values():
        page.context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_on_screens_full_of_work(people, keys, name):
    who, address, button = SCREENS[name]
    page, found = people(who), []
    for width, scheme in LOOKS:
        # So high that what stays in view covers nothing.
        page.set_viewport_size({"width": width, "height": 9000})
        page.emulate_media(color_scheme=scheme)  # before: links change their colour slowly
        page.goto(f"/verwaltung/{address.format(**keys)}")
        if button:
            with page.expect_navigation():
                page.get_by_role("button", name=button).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found += [f"{width}, {scheme}: {what}" for what in faults(page)]

    assert not found, "\n".join(found)


def faults(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found: list[Any] = page.evaluate(RUN, ALL)
    return found


def test_the_main_button_of_a_form_stays_in_view_on_a_phone(people, keys):
    page = people("alles")
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(f"/verwaltung/offers/service/{keys['lernraum']}/change/")

    save = page.get_by_role("button", name="Sichern", exact=True)
    page.evaluate("scrollTo(0, 0)")
    expect(save).to_be_in_viewport()
    # What the keyboard reaches is never behind it.
    for name in ("#id_name_de", "#id_cost_de", "#id_website"):
        field = page.locator(name)
        field.focus()
        below, above = field.bounding_box(), save.bounding_box()
        assert below["y"] + below["height"] <= above["y"] or below["y"] >= above["y"], name


def test_a_number_is_changed_by_whoever_takes_up_a_link(chromium, site, told):
    context = chromium.new_context(base_url=site, **WINDOW)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(OWN_LINK.search(told)[1])
    for field in ("new_password1", "new_password2"):
        page.fill(f"[name={field}]", PASSWORD)
    page.get_by_role("button", name="Passwort speichern und anfangen").click()
    expect(page.get_by_role("heading", name="Das wartet auf Sie", exact=True)).to_be_visible()

    page.get_by_role("link", name="Kontaktpersonen", exact=True).first.click()
    page.get_by_role("link", name="Petra Beispiel").first.click()
    page.locator("#id_phone").fill("030 23125099")
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto("/de/angebote/uebung-sprachcafe/")
    expect(page.locator("main")).to_contain_text("23125099")
    expect(page.locator(".practice-mark")).to_have_text("Übungs-Website: erfundene Beispiele")
    context.close()


def test_what_was_sent_is_published_by_another_person(chromium, site):
    context = chromium.new_context(base_url=site, **WINDOW)
    context.set_default_timeout(PATIENCE)
    vera = Keyboard(context, "uebung-veroeffentlichung")
    vera.press("2 Texte warten auf Ihre Freigabe")
    vera.press("Lernraum Übung (erfunden) (Probehilfe Musterstadt (erfunden))")
    vera.press("Veröffentlichen")
    expect(vera.page.locator(".messagelist .success")).to_be_visible()
    assert vera.clicks <= 3
    assert vera.complaints == []

    vera.page.goto("/de/angebote/uebung-lernraum/")
    expect(vera.page.locator("main")).to_contain_text("Kostenlos, auch die Bücher.")
    context.close()
