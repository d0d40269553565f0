"""A real site whose database is taken away, and what readers see meanwhile."""

import re
import time
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from lkintegration.serving import page_cache
from tests.server import run, wait_for

LAPTOP = {"viewport": {"width": 1280, "height": 900}}
DARK = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
NUMBER = "tel:+4976214105301"


@pytest.fixture(scope="module")
def lost_site(tmp_path_factory):
    """Run a site whose database nobody finds; one that has been found stays open on SQLite."""
    nowhere = "postgres://site:secret@database.invalid:5432/site"  # RFC 6761, section 6.4
    yield from run(tmp_path_factory.mktemp("lost"), DATABASE_URL=nowhere)


@contextmanager
def without_database(site, folder):
    away = folder.rename(folder.with_name("away"))
    time.sleep(page_cache.TRUST)  # so long a worker trusts its last look
    try:
        yield
    finally:
        away.rename(folder)
        wait_for(f"{site}/de/kontakt/nachricht/")  # never cached: it answers when all is well


def test_a_page_in_memory_outlives_its_database(page, site, folder):
    before = page.goto("/de/kontakt/").body()

    with without_database(site, folder):
        again = page.goto("/de/kontakt/")
        assert (again.status, again.body()) == (200, before)

    assert page.goto("/ar/angebote/").status == 200


@pytest.mark.parametrize("context_options", [LAPTOP, DARK], ids=["laptop", "dark phone"])
def test_without_a_database_readers_are_told_so(page, lost_site):
    assert page.request.get(f"{lost_site}/health/").text() == "not ready\n"

    for path, code, direction in (("/de/x/", "de", "ltr"), ("/ar/x/", "ar", "rtl")):
        response = page.goto(lost_site + path)
        assert (response.status, response.headers["retry-after"]) == (503, "120")
        assert page.locator("html").get_attribute("lang") == code
        assert page.evaluate("getComputedStyle(document.body).direction") == direction
        assert page.locator(f"main a[href='{NUMBER}']").is_visible()
        stylesheet = page.locator("link[rel=stylesheet]").get_attribute("href")
        assert re.search(r"site\.[0-9a-f]+\.css$", stylesheet)
        assert page.request.get(lost_site + stylesheet).ok
        assert not Axe().run(page).response["violations"], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_missing_page_takes_the_question_to_the_finder(page, code):
    assert page.goto(f"/{code}/kontakt/gibt-es-nicht/").status == 404
    assert not Axe().run(page).response["violations"]

    page.fill("#alter", "24")
    page.click("main .button")

    assert page.url.partition("#")[0].endswith(f"/{code}/beratung/?alter=24")
