"""People do their work in the admin with nothing but the keyboard, also two at the same time."""

import datetime
import re
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.server import STAFF, copy, make_accounts, run

LONGEST_WAY = 400  # presses of the Tab key
# The name by which a screen reader would call what has the focus.
FOCUSED = """() => {
  const it = document.activeElement;
  const label = it.getAttribute("aria-label")
    || (it.getAttribute("aria-labelledby") || "").split(" ")
         .map(id => document.getElementById(id)?.textContent).join(" ").trim()
    || [...(it.labels || [])].map(l => l.textContent).join(" ");
  const name = label || (it.matches("input") && it.value) || it.textContent || "";
  return name.replace(/\\s+/g, " ").trim();
}"""


@pytest.fixture(scope="module")
def site(site_template, tmp_path_factory):
    """A site of its own: the stories change what other tests look at."""
    folder = copy(site_template, tmp_path_factory.mktemp("stories"))
    make_accounts(
        folder,
        ("stella", "Angebote und Kontakte"),
        ("sven", "Angebote und Kontakte"),
        ("edda", "Konzept und Leitziele"),
        ("emil", "Konzept und Leitziele"),
        ("vera", "Veröffentlichung"),
        ("tarek", "Übersetzung", "ar"),
        then=MACHINE_TEXT + HOURS + EDITION + MESSAGE,
    )
    yield from run(folder)


WINDOW: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"}


class Keyboard:
    """One person at a keyboard, who logs in where the browser does not know them yet.

    Remembers what the browser complains about.
    """

    def __init__(self, browser: BrowserContext, name: str) -> None:
        self.page: Page = browser.new_page()
        self.complaints: list[str] = []
        self.clicks = 0  # what a mouse would press, besides typing
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        self.page.goto("/verwaltung/")
        if self.page.locator("#id_username").count():
            self.go("Benutzername")
            self.page.keyboard.type(name)
            self.go("Passwort")
            self.page.keyboard.type(STAFF[1])
            self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="Website-Verwaltung")).to_be_visible()

    def go(self, name: str) -> None:
        """Press Tab until what is called ``name`` has the focus."""
        met = []
        for _press in range(LONGEST_WAY):
            self.page.keyboard.press("Tab")
            met.append(self.page.evaluate(FOCUSED))
            if met[-1].removesuffix(":") == name:
                return
        pytest.fail(f"Kein Weg zu „{name}“, nur zu {sorted({it[:60] for it in met})}")

    def press(self, name: str) -> None:
        """Go to the link or button ``name`` and press Enter."""
        self.go(name)
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, name: str, option: str) -> None:
        """Go to the list ``name`` and choose ``option`` by typing it."""
        self.go(name)
        self.clicks += 1
        # The driver cannot press other keys, and would write their letters elsewhere.
        self.page.keyboard.type(re.split("[^ -~]", option)[0])
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].textContent")
        assert chosen.strip() == option

    def write(self, name: str, text: str) -> None:
        """Go to the field ``name`` and write ``text`` instead of what is there."""
        self.go(name)
        if self.page.evaluate("document.activeElement.matches('.rich-preview')"):
            expect(self.page.locator(".prose-editor [role=textbox]:focus")).to_be_visible()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)


@pytest.fixture(scope="module")
def known() -> dict[str, StorageState]:
    """Return what the browsers keep of the people who have logged in."""
    return {}


@pytest.fixture
def sit_down(lend, site, known):
    """Return how a person sits down at a browser of their own; each logs in once."""
    people: list[Keyboard] = []

    with ExitStack() as browsers:

        def sit(name: str) -> Keyboard:
            context = browsers.enter_context(lend(known.get(name), base_url=site, **WINDOW))
            people.append(Keyboard(context, name))
            known.setdefault(name, context.storage_state())
            return people[-1]

        yield sit
    for person in people:
        assert person.complaints == []


def test_staff_change_a_phone_number_in_three_clicks_and_it_is_right_on_all_pages(sit_down, page):
    stella = sit_down("stella")

    stella.press("Kontaktpersonen")
    stella.press("Eva Petersik")
    stella.write("Telefon", "07621 410-5399")
    stella.press("Sichern")

    expect(stella.page.locator(".messagelist .success")).to_be_visible()
    assert stella.clicks == 3
    page.goto("/de/kontakt/")
    expect(page.locator("main")).to_contain_text("+49 7621 410-5399")
    for code in ("de", "de-simple", "en", "ar"):
        for path in ("impressum", "barrierefreiheit", "barriere-melden", "beratung", "konzept"):
            said = page.request.get(f"/{code}/{path}/").text()
            assert "tel:+4976214105399" in said, (code, path)
            assert "4105301" not in re.sub(r"[ -]", "", said), (code, path)


def test_staff_say_in_four_steps_that_a_place_is_closed_and_readers_see_it(sit_down, page):
    """Listed: the links and buttons they press; between them they only write."""
    stella = sit_down("stella")
    today = datetime.date.today()
    first, last = today + datetime.timedelta(days=7), today + datetime.timedelta(days=14)

    steps = ["Orte", "Landratsamt Lörrach", "Schließzeit hinzufügen", "Sichern"]
    stella.press(steps[0])
    stella.press(steps[1])
    stella.go(steps[2])
    stella.page.keyboard.press("Enter")
    stella.write("Erster Tag", f"{first:%d.%m.%Y}")
    stella.write("Letzter Tag", f"{last:%d.%m.%Y}")
    stella.write("Grund", "Weihnachtsferien")
    stella.press(steps[3])

    assert len(steps) <= 4
    expect(stella.page.locator(".messagelist .success")).to_be_visible()
    for code, told in (
        ("de", re.compile(r"Geschlossen vom \d+\. \w+ bis \d+\. \w+: Weihnachtsferien")),
        ("en", re.compile(r"Closed from \d+ \w+ to \d+ \w+: Christmas holidays")),
    ):
        page.goto(f"/{code}/kontakt/")
        expect(page.locator("main .closed")).to_have_text(told)


def test_an_editor_drafts_a_goal_and_another_person_publishes_it(sit_down, page):
    edda = sit_down("edda")
    edda.press("Konzepte")
    edda.press("Konzept hinzufügen")
    edda.write("Titel", "Beispiel-Ausgabe")
    edda.press("Sichern und weiter bearbeiten")
    edda.press("Leitziele dieser Ausgabe")
    edda.press("Leitziel hinzufügen")
    edda.choose("Handlungsfeld", "Gesundheit")
    edda.write("Titel", "Alle finden ein Zuhause")
    edda.write("Text", "Das ist ein Beispiel.")
    edda.press("Sichern und weiter bearbeiten")
    edda.press("Alle Leitziele der Ausgabe")
    edda.press("Zur Prüfung einreichen")
    page.goto("/de/leitziele/")
    expect(page.locator("main")).not_to_contain_text("Alle finden ein Zuhause")

    vera = sit_down("vera")
    vera.press("1 Text wartet auf Ihre Freigabe")
    vera.press("Leitziele: Beispiel-Ausgabe")
    vera.go("Beschluss des Kreistags vom")
    vera.page.keyboard.type("25.03.2026")
    vera.press("Alle Leitziele dieser Ausgabe veröffentlichen")
    expect(vera.page.locator(".messagelist .success")).to_be_visible()

    page.goto("/de/leitziele/")
    expect(page.locator("main")).to_contain_text("1. Alle finden ein Zuhause")
    expect(page.locator("main")).to_contain_text("Beschlossen: 25. März 2026")


# Somebody has read menu and buttons; the text of this page is still a machine's.
MACHINE_TEXT = """
from lkintegration.core.models import LanguageSetting
from lkintegration.pages.models import Page

setting = LanguageSetting.objects.get(code="ar")
setting.catalog_reviewed = True
setting.save()
page = Page.objects.get(key="datenschutz")
page.title_ar, page.lead_ar, page.body_ar = "آلة", "آلة", "<p>آلة</p>"
page.translation_states = page.translation_states | {"ar": "machine"}
page.save()
"""


def test_a_translator_writes_from_right_to_left_and_the_notice_disappears(sit_down, page):
    page.goto("/ar/datenschutz/")
    expect(page.locator("aside.notice")).to_be_visible()

    tarek = sit_down("tarek")
    languages = tarek.page.locator(".translation-work tbody th")
    expect(languages).to_have_text(["العربية"])
    tarek.press("Seitentexte")
    tarek.press("Datenschutz")
    bar = tarek.page.locator(".language-bar a")
    expect(bar).to_have_text([re.compile("Deutsch"), re.compile("العربية")])
    title = tarek.page.locator("#id_title_ar")
    assert title.evaluate("field => getComputedStyle(field).direction") == "rtl"
    tarek.write("Überschrift", "حماية البيانات")
    editor = tarek.page.locator(".prose-editor [role=textbox]").first
    assert editor.evaluate("field => getComputedStyle(field).direction") == "rtl"
    tarek.write("Text", "نحمي بياناتكم.")
    tarek.go("Ein Mensch hat diese Übersetzung geprüft. Sie sagt, was das Deutsche heute sagt.")
    tarek.page.keyboard.press("Space")
    tarek.press("Sichern")

    page.reload()
    expect(page.locator("h1")).to_have_text("حماية البيانات")
    expect(page.locator("main")).to_contain_text("نحمي بياناتكم.")
    expect(page.locator("aside.notice")).to_have_count(0)


HOURS = """
import datetime
from contacts.models import ContactPerson, OpeningHours

OpeningHours.objects.create(
    contact=ContactPerson.objects.get(slug="eva-petersik"),
    weekday=0, opens=datetime.time(9), closes=datetime.time(12),
)
"""


def test_two_windows_change_the_hours_and_the_task_of_one_person(sit_down, page):
    stella, sven = sit_down("stella"), sit_down("sven")
    for one in (stella, sven):
        one.press("Kontaktpersonen")
        one.press("Eva Petersik")

    stella.write("Bis", "16:00")
    stella.press("Sichern und weiter bearbeiten")
    sven.write("Aufgabe", "Ansprechpartnerin für alle")
    sven.press("Sichern und weiter bearbeiten")

    told = sven.page.locator(".messagelist .info")
    expect(told).to_contain_text("Gleichzeitig hat jemand geändert: Montag 09:00–16:00: Bis")
    page.goto("/de/kontakt/eva-petersik/")
    expect(page.locator("main")).to_contain_text("Ansprechpartnerin für alle")
    expect(page.locator("main")).to_contain_text(re.compile(r"9[:.]00\s*.{1,6}16[:.]00"))


def test_two_windows_prepare_one_text_and_neither_is_lost(sit_down, page):
    edda, emil = sit_down("edda"), sit_down("emil")
    for one in (edda, emil):
        one.press("Seitentexte")
        one.press("Erklärung zur Barrierefreiheit")

    edda.write("Überschrift", "Ohne Hindernisse")
    edda.press("Als Arbeitskopie sichern")
    emil.write("Einleitung", "Herzlich willkommen!")
    emil.press("Als Arbeitskopie sichern")

    desk = emil.page.locator(".desk")
    expect(desk).to_contain_text("Arbeitskopie von emil und edda")
    expect(desk.locator("ins", has_text="Ohne")).to_be_visible()
    expect(desk.locator("ins", has_text="Herzlich")).to_be_visible()
    emil.press("Zur Prüfung einreichen")
    vera = sit_down("vera")
    vera.press("1 Text wartet auf Ihre Freigabe")
    vera.press("Erklärung zur Barrierefreiheit")
    vera.press("Veröffentlichen")
    page.goto("/de/barrierefreiheit/")
    expect(page.locator("h1")).to_have_text("Ohne Hindernisse")
    expect(page.locator("main")).to_contain_text("Herzlich willkommen!")


EDITION = """
from concept.models import Concept

Concept.objects.create(title_de="Beispiel-Plan", slug="beispiel-plan")
"""
FIELDS = [
    "Sprache",
    "Bildung",
    "Ausbildung und Arbeit",
    "Wohnen, Begegnen, Zusammenleben",
    "Gesundheit",
    "Sport, Freizeit, Kultur",
    "Mobilität",
    "Beteiligung und interkulturelle Kompetenz",
]


def test_eight_goals_are_written_one_after_the_other_in_twenty_clicks(sit_down):
    edda = sit_down("edda")

    edda.press("Konzepte")
    edda.press("Leitziele: Beispiel-Plan")
    edda.press("Leitziel hinzufügen")
    for number, field in enumerate(FIELDS, 1):
        edda.choose("Handlungsfeld", field)
        edda.write("Titel", f"Beispielziel {number}")
        edda.write("Text", "Das ist ein Beispiel.")
        edda.press("Sichern und nächstes Leitziel" if number < len(FIELDS) else "Sichern")
    edda.press("Zur Prüfung einreichen")

    expect(edda.page.locator(".edition-goals tbody tr")).to_have_count(8)
    expect(edda.page.locator("main")).to_contain_text("Eingereicht von edda")
    assert edda.clicks <= 20


MESSAGE = """
from contacts.models import Message

Message.objects.create(text="Guten Tag.", email="ayla@example.org", submission="1")
"""


def test_a_message_reaches_whom_it_is_given_to(sit_down):
    stella = sit_down("stella")

    stella.press("1 neue Nachricht")
    reference = stella.page.locator("#result_list tbody th a").inner_text()
    stella.press(reference)
    stella.choose("Zuständig", "sven")
    stella.press("Sichern")
    assert stella.clicks <= 4

    sven = sit_down("sven")
    sven.press("1 Nachricht ist Ihnen zugewiesen")
    sven.press(reference)
    expect(sven.page.locator("main")).to_contain_text("Guten Tag.")
    sven.choose("Stand", "erledigt")
    sven.press("Sichern")
    assert sven.clicks <= 4
    sven.page.goto("/verwaltung/")
    expect(sven.page.locator("main")).not_to_contain_text("zugewiesen")
