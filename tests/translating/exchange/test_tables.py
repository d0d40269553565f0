"""Tables that people have worked on: what nobody needs is left alone, what is wrong is named."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from lkintegration.translating.exchange.codes import join
from lkintegration.translating.exchange.document import FileError, FileState
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.units import units_of
from tests import factories
from tests.translating.exchange.files import as_csv, as_workbook, rows_of


@pytest.fixture
def units(db):
    record = factories.service(
        name_de="Rat für Eltern", name_en="Advice", audience_de="Mütter", audience_en="Mothers"
    )
    return units_of(record, "en")


@pytest.fixture
def rows(units):
    return rows_of(units, "en")


def translations(data):
    entries = read(data).entries
    assert not [entry.problem for entry in entries if entry.problem]
    return [join(entry.translation, rich=False) for entry in entries]


def edited(units, edit):
    """Return the workbook that goes out after somebody has edited its sheet."""
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(units, "en")))
    edit(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_notes(sheet):
    sheet["E1"], sheet["E2"], sheet["F2"] = "fertig am", datetime.date(2026, 11, 30), "=A1"


def below_a_title(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"], sheet["B1"] = "Texte für Jane", datetime.date(2026, 11, 30)


def with_hidden_columns(sheet):
    sheet.column_dimensions["A"].hidden = sheet.column_dimensions["B"].hidden = True


def renamed(sheet):
    sheet.title = "Übersetzung fertig"


def with_a_column_in_front(sheet):
    sheet.insert_cols(1)
    sheet["A2"] = 17


def with_blank_rows(sheet):
    sheet.insert_rows(2, 30)


def with_a_date_instead_of_the_state(sheet):
    sheet["D2"] = datetime.date(2026, 11, 30)


def without_the_state(sheet):
    sheet.delete_cols(4)


def with_a_heading_in_capitals(sheet):
    sheet["A1"], sheet["C1"] = " KENNUNG ", "Übersetzung  (EN)"


EDITS = [
    *(with_notes, below_a_title, with_hidden_columns, renamed, with_a_column_in_front),
    *(with_blank_rows, with_a_date_instead_of_the_state, without_the_state),
    with_a_heading_in_capitals,
]


@pytest.mark.any_database
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_is_not_asked_for_is_left_alone(units, edit):
    assert translations(edited(units, edit)) == ["Advice", "Mothers"]


@pytest.mark.any_database
def test_other_sheets_are_left_alone(rows):
    notes, old = [["Bitte bis Freitag"]], [*rows[:1], [rows[1][0], "alt", "old", ""]]

    assert translations(as_workbook(("Notizen", notes), ("Texte", rows), ("Leer", []))) == [
        "Advice",
        "Mothers",
    ]
    assert translations(as_workbook(("alt", old), ("Texte", rows), hidden="alt")) == [
        "Advice",
        "Mothers",
    ]
    assert translations(as_workbook(("Texte", rows), ("Deckblatt", notes), hidden="Texte"))
    with pytest.raises(FileError, match="Auf den Blättern „Texte“ und „Kopie“ stehen Texte"):
        read(as_workbook(("Texte", rows), ("Kopie", old)))


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("value", "what"),
    [
        (datetime.date(2026, 11, 30), "eine Zahl oder ein Datum (2026-11-30 00:00:00)"),
        (1.5, "eine Zahl oder ein Datum (1.5)"),
        (True, "eine Zahl oder ein Datum (True)"),
        ("=1+1", "eine Formel"),
        ("#REF!", "ein Fehlerwert (#REF!)"),
    ],
)
@pytest.mark.parametrize(("column", "name"), [("B", "Deutsch"), ("C", "Übersetzung (en)")])
def test_a_cell_that_is_no_text_costs_its_row_only(units, value, what, column, name):
    def edit(sheet):
        sheet[f"{column}2"] = value

    broken, sound = read(edited(units, edit)).entries

    assert broken.line == 2
    assert broken.problem.startswith(
        f"In Spalte {column} („{name}“) steht kein Text, sondern {what}."
    )
    assert (sound.problem, sound.translation) == ("", ["Mothers"])


@pytest.mark.any_database
def test_a_whole_number_is_a_text(units):
    def edit(sheet):
        sheet["C2"] = 2026

    assert translations(edited(units, edit)) == ["2026", "Mothers"]


@pytest.mark.any_database
def test_the_last_column_says_that_a_person_has_read_a_text(rows):
    states = ["Geprüft", "von einem Menschen geprüft", "maschinell übersetzt", "fertig", ""]
    table = [*rows[:1], *([f"{n}", "x", "y", state] for n, state in enumerate(states))]

    for data in (as_csv(table), as_workbook(("Texte", table))):
        found = [entry.state == FileState.READ for entry in read(data).entries]
        assert found == [True, True, False, False, False]


@pytest.mark.any_database
@pytest.mark.parametrize("delimiter", ",;\t")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("titles", [[], [["sep=;"]], [["Texte, die fehlen; Stand: heute"], []]])
def test_a_spreadsheet_program_may_save_its_own_way(rows, delimiter, encoding, titles):
    assert translations(as_csv([*titles, *rows], delimiter, encoding)) == ["Advice", "Mothers"]


@pytest.mark.any_database
def test_an_old_character_set_has_lost_letters_of_most_languages(rows):
    rows[0][2] = "Übersetzung (tr)"

    with pytest.raises(FileError, match="nicht in UTF-8 gespeichert"):
        read(as_csv(rows, encoding="cp1252"))


@pytest.mark.any_database
def test_xliff_may_name_another_character_set(units):
    for name in ("xliff2", "xliff12"):
        text = FORMATS[name].write(units, "en").decode().replace("'UTF-8'", "'ISO-8859-1'")
        data = text.encode("latin-1", "xmlcharrefreplace")
        assert translations(data) == ["Advice", "Mothers"]


@pytest.mark.any_database
def test_a_table_without_heading_says_what_it_must_be(rows):
    for data in (as_csv(rows[1:]), as_workbook(("Texte", rows[1:]))):
        with pytest.raises(FileError, match="Keine Zeile nennt die Spalten Kennung, Deutsch und"):
            read(data)


@pytest.mark.parametrize("mark", ['"', '""x"', ' "'])
def test_a_quotation_mark_that_damages_a_row_costs_only_that_text(db, mark):
    records = [factories.topic(name_de=f"Thema {n}", name_en=f"Topic {n}") for n in range(9)]
    units = [unit for record in records for unit in units_of(record, "en")]
    data = FORMATS["csv"].write(units, "en").decode()
    for number, unit in enumerate(units):
        broken = data.replace(f"Topic {number}", f"To{mark}pic {number}")

        entries = {entry.id: entry for entry in read(broken.encode()).entries}

        assert set(entries) == {unit.id for unit in units}
        wrong = [name for name, entry in entries.items() if entry.problem]
        assert wrong == [unit.id]
        assert entries[unit.id].line == number + 2
