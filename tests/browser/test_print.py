"""On paper: A4, readable, complete, and with the way back to the page."""

import io

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

A4 = (595, 842)  # points
NUMBER = "+49 7621 410-5301"


def printed(page, path):
    """Return the pages on paper, and what the browser asked for only in order to print."""
    asked: list[str] = []
    page.goto(path)
    page.on("request", lambda request: asked.append(request.url))
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return paper.pages, asked


def test_a_page_prints_on_a4_with_its_address_the_day_and_the_number(page, site):
    (sheet,), _asked = printed(page, "/de/kontakt/eva-petersik/")
    text = " ".join(sheet.extract_text().split())

    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
    assert f"Diese Seite im Internet: {site}/de/kontakt/eva-petersik/" in text
    assert "Gedruckt am:" in text
    assert text.count(NUMBER) == 2  # the card's and the footer's
    for only_on_a_screen in ("Menü", "Barriere melden", "Nachricht schreiben", "Zum Inhalt"):
        assert only_on_a_screen not in text


def test_addresses_of_links_are_written_out_once(page):
    sheets, _asked = printed(page, "/de/angebote/mbe-diakonie/")
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

    assert "(/de/angebote/?thema=bildung)" in text
    assert text.count("www.migrationsberatung.org") == 1


def test_what_is_no_address_to_type_is_not_written_out(page):
    for path in ("/ar/kontakt/eva-petersik/", "/de/woerter/"):
        sheets, _asked = printed(page, path)
        text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

        assert "tel:" not in text
        assert "(#" not in text
        assert "(/de/" not in text


@pytest.mark.parametrize("path", ["/de/konzept/", "/ar/beratung/?alter=27"])
def test_the_code_on_paper_leads_to_the_page_and_costs_nothing_on_a_screen(page, site, path):
    _sheets, asked = printed(page, path)

    (code,) = [url for url in asked if "/qr/" in url]
    picture = Image.open(io.BytesIO(page.request.get(code).body()))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == site + path


def test_arabic_prints_from_right_to_left(page):
    sheets, _asked = printed(page, "/ar/beratung/?alter=27")
    text = " ".join(sheet.extract_text() for sheet in sheets)

    assert NUMBER in text
    page.emulate_media(media="print")
    heading, code = (page.locator(part).bounding_box() for part in ("main h1", ".print-foot img"))
    assert code["x"] > heading["x"]


def test_what_is_folded_away_on_the_screen_is_open_on_paper(page):
    page.goto("/de/kontakt/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        "'<details><summary>Zeiten</summary><p id=folded>Montag</p></details>')"
    )
    assert (
        page.locator("#folded").bounding_box() is None or not page.locator("#folded").is_visible()
    )
    page.emulate_media(media="print")
    assert page.locator("#folded").bounding_box()["height"] > 0


@pytest.mark.parametrize("path", ["/de/", "/de/angebote/", "/de/kontakt/nachricht/"])
def test_no_form_and_no_button_is_printed(page, path):
    page.goto(path)
    page.emulate_media(media="print")
    for part in page.locator("form, button, .button, nav").all():
        assert not part.is_visible(), part.evaluate("node => node.outerHTML.slice(0, 80)")


def test_explained_words_are_explained_on_paper_too(page):
    sheets, _asked = printed(page, "/de/angebote/sprachkurse-vhs/")
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

    assert "Wörter erklärt" in text
    assert "In einem Integrationskurs lernen Sie" in text
    for only_on_a_screen in ("(#", "(tel:", "woerter/"):
        assert only_on_a_screen not in text
