"""Draws the pictures of docs/anleitung.md: its stories, played on a practice site.

``make guide`` runs it. Names and texts in the pictures are examples.
"""

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.pages import log_in
from tests.practice_site import make_practice_site, run_practice_site
from tests.server import CHROMIUM_FLAGS, ROOT

PICTURES = ROOT / "docs" / "bilder"
WINDOW = {"width": 1100, "height": 680}
COLOURS = 40
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
            # Not behind the bar of a form, which stays in view.
            marked.evaluate("element => element.scrollIntoView({block: 'center'})")
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

    def choose(self, field: str, name: str) -> None:
        """Choose a record in a field that looks for what one types."""
        self.page.locator(f"#id_{field} + .select2").click()
        self.page.keyboard.type(name)
        self.page.locator(".select2-results__option", has_text=name).first.click()

    def write_rich(self, text: str) -> None:
        """Write into the first formatted text of the form."""
        self.page.locator(".prose-editor [role=textbox]").first.click()
        self.page.keyboard.type(text)


def change_a_number(staff: Story) -> None:
    staff.picture("nummer-1", staff.link("Kontaktpersonen"))
    staff.link("Kontaktpersonen").click()
    staff.picture("nummer-2", staff.link("Petra Beispiel"))
    staff.link("Petra Beispiel").click()
    staff.page.fill("#id_phone", EXAMPLE_NUMBER)
    staff.page.locator("#id_phone").blur()
    staff.page.locator("#id_phone_understood").get_by_text("Verstanden").wait_for()
    staff.picture("nummer-3", staff.page.locator("#id_phone_understood").locator(".."))
    staff.button("Sichern und weiter bearbeiten").click()
    staff.picture("nummer-4", staff.page.locator(".messagelist .success"))


def add_a_service(staff: Story) -> None:
    staff.page.goto("/verwaltung/")
    staff.link("Neues Angebot eintragen").click()
    staff.page.fill("#id_name_de", "Nähtreff (erfunden)")
    staff.choose("organisation", "Neuer Beispielträger")
    staff.page.select_option("#id_area", label="der ganze Landkreis")
    staff.page.select_option("#id_status", label="veröffentlicht")
    staff.button("Sichern").click()
    staff.picture("angebot-1", staff.page.locator("[name=_publish_along]"))


def move_a_place(staff: Story) -> None:
    staff.page.goto("/verwaltung/contacts/location/")
    staff.link("Probehaus (erfunden)").click()
    staff.page.fill("#id_street", "Beispielweg 33")
    staff.page.get_by_label("veröffentlichen am, Datum").fill("01.01.2127")
    staff.button("Als Arbeitskopie sichern").click()
    staff.picture("umzug-1", staff.page.locator(".desk .draft-notice").first)


def close_a_place(staff: Story) -> None:
    staff.page.goto("/verwaltung/contacts/location/")
    staff.link("Übungshaus Brücke (erfunden)").click()
    staff.page.get_by_text("Schließzeit hinzufügen", exact=True).click()
    day = staff.page.locator("[name$='-1-first_day']")
    row = staff.page.locator(".inline-related", has=day)
    row.locator("[name$=first_day]").fill("23.12.2026")
    row.locator("[name$=last_day]").fill("06.01.2027")
    row.locator("[name$=reason_de]").fill("Weihnachtsferien")
    staff.picture("geschlossen-1", row)


def answer_a_message(staff: Story) -> None:
    staff.page.goto("/verwaltung/contacts/message/?kind__exact=fault")
    staff.page.locator("#result_list tbody th a").first.click()
    staff.picture("nachricht-1", staff.page.locator(".fieldBox.field-assigned_to"))


def prepare_a_change(editor: Story, publisher: Story) -> None:
    editor.page.goto("/verwaltung/pages/page/")
    editor.page.locator("#result_list").get_by_role("link", name="Leitziele").click()
    editor.page.fill("#id_lead_de", "Beispieltext: Das nehmen wir uns vor.")
    editor.picture("vorbereiten-1", editor.button("Als Arbeitskopie sichern"))
    editor.button("Als Arbeitskopie sichern").click()
    editor.picture("vorbereiten-2", editor.button("Zur Prüfung einreichen"))
    address = editor.page.url
    editor.button("Zur Prüfung einreichen").click()
    publisher.page.goto(address)
    publisher.picture("vorbereiten-3", publisher.button("Veröffentlichen"))


def publish_goals(editor: Story, publisher: Story) -> None:
    editor.page.goto("/verwaltung/")
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
    publisher.picture("leitziele-4", publisher.page.locator(".waiting-work a").first)
    publisher.page.goto(desk)
    publisher.page.fill("#id_adopted_on", "25.03.2026")
    publisher.picture(
        "leitziele-5", publisher.button("Alle Leitziele dieser Ausgabe veröffentlichen")
    )


def translate_a_page(translator: Story) -> None:
    translator.picture("uebersetzen-1", translator.link("Weiter mit العربية"))
    translator.page.goto("/verwaltung/offers/topic/")
    translator.link("Sprache").click()
    translator.page.locator(".language-bar").get_by_text("العربية").click()
    translator.page.fill("#id_name_ar", "اللغة")
    translator.page.check("#id_reviewed")
    translator.picture("uebersetzen-2", translator.page.locator(".checkbox-row"))
    translator.picture(
        "uebersetzen-3", translator.link("Nächster Text, der auf diese Sprache wartet")
    )


def bring_something_back(staff: Story) -> None:
    staff.page.goto("/verwaltung/offers/service/")
    staff.link("Fahrradkurs Übung (erfunden, Entwurf)").click()
    staff.link("Löschen").click()
    staff.page.locator("#content input[type=submit]").click()
    staff.page.goto("/verwaltung/offers/service/geloescht/")
    staff.picture("zurueckholen-1", staff.page.get_by_role("button", name="zurückholen").first)


def invite_a_colleague(chief: Story) -> None:
    chief.page.goto("/verwaltung/auth/user/add/")
    chief.page.fill("#id_first_name", "Beispiel")
    chief.page.fill("#id_last_name", "Person")
    chief.page.fill("#id_email", "beispiel@example.org")
    chief.page.get_by_label("Übersetzung", exact=True).check()
    chief.picture("kollegin-1", chief.page.locator(".field-groups"))


def main() -> None:
    """Play the stories on a site of their own and write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make_practice_site(Path(folder))
        for site in run_practice_site(Path(folder)):
            browser = playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
            )

            def person(name: str) -> Story:
                return Story(browser, site, f"uebung-{name}")  # noqa: B023  (one site)

            staff, editor = person("angebote"), person("konzept")
            publisher = person("veroeffentlichung")
            change_a_number(staff)
            add_a_service(staff)
            move_a_place(staff)
            close_a_place(staff)
            answer_a_message(staff)
            prepare_a_change(editor, publisher)
            publish_goals(editor, publisher)
            translate_a_page(person("uebersetzung"))
            bring_something_back(staff)
            invite_a_colleague(person("alles"))
            browser.close()
    sys.stdout.write(f"{len(list(PICTURES.glob('*.png')))} Bilder in docs/bilder\n")


if __name__ == "__main__":
    main()
