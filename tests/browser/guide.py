"""Draws the pictures of docs/anleitung.md: three stories, played by those who would do them.

``make guide`` runs it. Names and texts in the pictures are examples.
"""

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.pages import log_in
from tests.server import CHROMIUM_FLAGS, ROOT, make_accounts, serve

PICTURES = ROOT / "docs" / "bilder"
WINDOW = {"width": 1100, "height": 760}
COLOURS = 64
MARK = """element => {
  element.style.outline = "4px solid #d6336c";
  element.style.outlineOffset = "4px";
  element.style.borderRadius = "4px";
}"""
UNMARK = "element => { element.style.outline = ''; }"
EXAMPLE_NUMBER = "+49 30 23125001"  # of the numbers that Germany keeps for films


class Story:
    """One person at the admin, with a camera."""

    def __init__(self, browser: Browser, site: str, name: str) -> None:
        context = browser.new_context(base_url=site, viewport=WINDOW, locale="de-DE")  # type: ignore[arg-type]
        self.page: Page = context.new_page()
        log_in(self.page, name)

    def picture(self, name: str, marked: Locator | None = None) -> None:
        """Photograph the window, with a frame around what to press."""
        if marked is not None:
            marked.scroll_into_view_if_needed()
            marked.evaluate(MARK)
        file = PICTURES / f"{name}.png"
        self.page.screenshot(path=file)
        with Image.open(file) as image:
            image.convert("RGB").quantize(COLOURS).save(file, optimize=True)
        if marked is not None:
            marked.evaluate(UNMARK)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True).first

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def write_rich(self, text: str) -> None:
        """Write into the first formatted text of the form."""
        self.page.locator(".prose-editor [role=textbox]").first.click()
        self.page.keyboard.type(text)


def change_a_number(staff: Story) -> None:
    staff.picture("nummer-1", staff.link("Kontaktpersonen"))
    staff.link("Kontaktpersonen").click()
    staff.picture("nummer-2", staff.link("Eva Petersik"))
    staff.link("Eva Petersik").click()
    staff.page.fill("#id_phone", EXAMPLE_NUMBER)
    staff.page.locator("#id_phone").blur()
    staff.page.locator("#id_phone_understood").get_by_text("Verstanden").wait_for()
    staff.page.locator("#id_second_phone").scroll_into_view_if_needed()
    staff.picture("nummer-3", staff.page.locator("#id_phone_understood").locator(".."))
    staff.button("Sichern und weiter bearbeiten").click()
    staff.picture("nummer-4", staff.page.locator(".messagelist .success"))


def prepare_a_change(staff: Story) -> None:
    staff.page.goto("/verwaltung/offers/service/")
    staff.link("Einbürgerung").click()
    staff.page.fill("#id_audience_de", "Beispieltext: Für alle, die Deutsche werden möchten.")
    staff.picture("vorbereiten-1", staff.button("Als Arbeitskopie sichern"))
    staff.button("Als Arbeitskopie sichern").click()
    staff.picture("vorbereiten-2", staff.button("Veröffentlichen"))


def publish_goals(editor: Story, publisher: Story) -> None:
    editor.link("Konzepte").click()
    editor.link("Konzept hinzufügen").click()
    editor.page.fill("#id_title_de", "Beispiel-Ausgabe")
    editor.button("Sichern und weiter bearbeiten").click()
    editor.picture("leitziele-1", editor.link("Leitziele dieser Ausgabe"))
    editor.link("Leitziele dieser Ausgabe").click()
    desk = editor.page.url
    editor.link("Leitziel hinzufügen").click()
    editor.page.select_option("#id_topic", label="Sprache")
    editor.page.fill("#id_title_de", "Beispielziel")
    editor.write_rich("Das ist ein Beispieltext.")
    editor.button("Sichern").click()
    editor.picture("leitziele-2", editor.link("Vorschau: Deutsch"))
    editor.picture("leitziele-3", editor.button("Zur Prüfung einreichen"))
    editor.button("Zur Prüfung einreichen").click()

    publisher.page.goto("/verwaltung/")
    waiting = publisher.page.locator(".waiting-work a").first
    publisher.picture("leitziele-4", waiting)
    publisher.page.goto(desk)
    publisher.page.fill("#id_adopted_on", "25.03.2026")
    publisher.picture(
        "leitziele-5", publisher.button("Alle Leitziele dieser Ausgabe veröffentlichen")
    )
    publisher.button("Alle Leitziele dieser Ausgabe veröffentlichen").click()


def translate_a_page(translator: Story) -> None:
    translator.picture("uebersetzen-1", translator.link("Weiter mit العربية"))
    translator.page.goto("/verwaltung/offers/topic/")
    translator.link("Sprache").click()
    translator.page.fill("#id_name_ar", "اللغة")
    translator.page.check("#id_reviewed")
    translator.picture("uebersetzen-2", translator.page.locator(".checkbox-row"))
    translator.picture(
        "uebersetzen-3", translator.link("Nächster Text, der auf diese Sprache wartet")
    )


def main() -> None:
    """Play the stories on a site of their own and write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for site in serve(Path(folder)):
            make_accounts(
                Path(folder),
                ("angebote", "Angebote und Kontakte"),
                ("konzept", "Konzept und Leitziele"),
                ("leitung", "Veröffentlichung"),
                ("arabisch", "Übersetzung", "ar"),
            )
            browser = playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
            )
            staff = Story(browser, site, "angebote")
            change_a_number(staff)
            prepare_a_change(staff)
            publish_goals(Story(browser, site, "konzept"), Story(browser, site, "leitung"))
            translate_a_page(Story(browser, site, "arabisch"))
            browser.close()
    sys.stdout.write(f"{len(list(PICTURES.glob('*.png')))} Bilder in docs/bilder\n")


if __name__ == "__main__":
    main()
