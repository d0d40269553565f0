"""Messages as a table: whatever a reader wrote arrives as text, unchanged and harmless."""

import datetime
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from contacts.messages.export import COLUMNS, workbook
from contacts.models import Message
from lkintegration.core.characters import without_controls
from tests import factories
from tests.admin import seasoned

pytestmark = pytest.mark.django_db

HEADINGS = [
    *("Nummer", "eingegangen", "Art", "an", "Seite", "Thema", "Text"),
    *("Name", "E-Mail", "Telefon", "Sprache der Seite", "Sprache der Antwort"),
    *("Stand", "zuständig", "Zustellung", "zugestellt am"),
]
# Typed by a reader, each of these would be a formula or a command in a careless table.
DANGEROUS = [
    "=1+1",
    '=HYPERLINK("https://example.com","Bitte hier klicken")',
    "=cmd|' /C calc'!A0",
    "+49 7621 410-0",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "#REF!",
    "TRUE",
    "007",
    "1e5",
    "2026-11-02",
    "'=1+1",
]


def sheet_of(*messages):
    return load_workbook(io.BytesIO(workbook(messages))).active


def cell_of(message, name):
    """Return the cell of ``message`` below the heading of its field ``name``."""
    return sheet_of(message).cell(2, COLUMNS.index(name) + 1)


def parts_of(file):
    """Return the parts of an XLSX file, each read by a parser that forgives nothing."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


@pytest.mark.any_database
def test_the_first_row_names_the_columns_in_german_and_stays_in_view():
    sheet = sheet_of()

    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet.title == "Nachrichten"
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 1


def test_every_column_holds_what_staff_read_on_the_screen(staff):
    message = factories.message(
        reference="K7PM-3XQ9",
        received_at=datetime.datetime(2026, 7, 2, 22, 30, tzinfo=datetime.UTC),
        kind="barrier",
        contact=factories.contact_person(name="Ayla Muster"),
        page="/tr/angebote/",
        topic="housing",
        text="Ich kann nichts lesen.",
        name="Jo Öz",
        email="jo@example.org",
        phone="07621 5550",
        page_language="tr",
        language="de-simple",
        state="assigned",
        assigned_to=staff,
        delivery="delivered",
        delivered_at=datetime.datetime(2026, 12, 31, 23, 5, tzinfo=datetime.UTC),
    )

    row = [cell.value for cell in sheet_of(message)[2]]

    assert dict(zip(HEADINGS, row, strict=True)) == {
        "Nummer": "K7PM-3XQ9",
        "eingegangen": "03.07.2026 00:30",
        "Art": "gemeldete Barriere",
        "an": "Ayla Muster",
        "Seite": "/tr/angebote/",
        "Thema": "Wohnen",
        "Text": "Ich kann nichts lesen.",
        "Name": "Jo Öz",
        "E-Mail": "jo@example.org",
        "Telefon": "07621 5550",
        "Sprache der Seite": "Türkisch",
        "Sprache der Antwort": "Leichte Sprache",
        "Stand": "in Arbeit",
        "zuständig": "redaktion",
        "Zustellung": "zugestellt",
        "zugestellt am": "01.01.2027 00:05",
    }


@pytest.mark.any_database
def test_what_is_not_known_is_an_empty_cell():
    message = factories.message(email="", phone="07621 5550")

    for name in ("contact", "page", "topic", "name", "email", "assigned_to", "delivered_at"):
        assert cell_of(message, name).value is None


def test_every_message_has_a_row_in_the_order_given():
    messages = [factories.message(text=text) for text in ("Erste", "Zweite", "Dritte")]

    sheet = sheet_of(*reversed(messages))

    column = COLUMNS.index("text") + 1
    assert [sheet.cell(row, column).value for row in range(2, 6)] == [
        *("Dritte", "Zweite", "Erste"),
        None,
    ]


@pytest.mark.any_database
@pytest.mark.parametrize("field", ["text", "name", "email", "phone", "page"])
@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_stays_a_text(field, text):
    # Unsaved: the telephone number's column is shorter than some of these.
    cell = cell_of(factories.message(save=False, **{field: text}), field)

    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.any_database
def test_a_contact_s_name_that_looks_like_a_formula_stays_a_text():
    contact = factories.contact_person(name="=1+1")

    cell = cell_of(factories.message(contact=contact), "contact")

    assert (cell.data_type, cell.value) == ("s", "=1+1")


@pytest.mark.any_database
def test_the_file_itself_holds_no_formula_and_no_link():
    message = factories.message(**dict.fromkeys(("text", "name", "page"), DANGEROUS[1]))

    parts = parts_of(workbook([message]))

    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not sheet.xpath("//*[local-name()='f' or local-name()='hyperlink']")
    texts = [text for part in parts.values() for text in part.xpath("//*[local-name()='t']/text()")]
    assert DANGEROUS[1] in texts


@pytest.mark.any_database
@pytest.mark.parametrize(
    "text",
    [
        "Erste Zeile\nzweite Zeile\n\nletzte Zeile",
        "  eingerückt\tund weiter  ",
        "Danke 😀 👨‍👩‍👧 🏳️‍🌈",
        "مرحبا\u200f، أحتاج مساعدة",
        "می\u200cخواهم",
        "<b>&amp; \"'</b>",
        "_x000D_ _x0041_",
        "x" * 5_000,
        "😀" * 5_000,
    ],
)
def test_a_text_arrives_as_it_was_written(text):
    cell = cell_of(factories.message(text=text), "text")

    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.any_database
# One message with such a character must not lock staff out of all the others.
@pytest.mark.parametrize(
    "character",
    [
        *("\x01", "\x07", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f", "\x85"),
        *("\ufffe", "\uffff"),  # no characters, and forbidden in XML; the form lets them through
    ],
)
@pytest.mark.parametrize("field", ["text", "name", "page"])
def test_a_character_that_no_table_can_hold_does_not_break_it(field, character):
    message = factories.message(**{field: f"vorher{character}nachher"})
    other = factories.message(text="Die andere")

    file = workbook([message, other])

    parts_of(file)
    sheet = load_workbook(io.BytesIO(file)).active
    shown = sheet.cell(2, COLUMNS.index(field) + 1).value
    assert shown.startswith("vorher")
    assert shown.endswith("nachher")
    assert sheet.cell(3, COLUMNS.index("text") + 1).value == "Die andere"


@pytest.mark.any_database
def test_a_contact_s_name_with_such_a_character_does_not_break_it_either():
    contact = factories.contact_person(name="Ayla\x0bMuster")  # a line break copied from Word

    shown = cell_of(factories.message(contact=contact), "contact").value

    assert shown.startswith("Ayla")
    assert shown.endswith("Muster")


@pytest.mark.any_database
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
@example(text="a\ufffe\uffff")
@example(text="=a\U0001fffe")
def test_whatever_the_form_lets_through_the_table_shows(text):
    text = without_controls(text)
    message = Message(reference="K7PM-3XQ9", text=text or "leer", submission="a")

    file = workbook([message])

    parts_of(file)
    cell = load_workbook(io.BytesIO(file)).active.cell(2, COLUMNS.index("text") + 1)
    assert cell.data_type == "s"


def test_the_table_costs_the_same_however_many_messages(admin, staff):
    def arrive():
        contact = factories.contact_person()
        return factories.message(contact=contact, assigned_to=staff).pk

    def take_away(chosen):
        with CaptureQueriesContext(connection) as queries:
            response = admin.post(
                "/verwaltung/contacts/message/", {"action": "export", "_selected_action": chosen}
            )
        assert load_workbook(io.BytesIO(response.content)).active.max_row == 1 + len(chosen)
        return len(queries)

    seasoned(admin)
    assert take_away([arrive()]) == take_away([arrive() for _number in range(4)])
