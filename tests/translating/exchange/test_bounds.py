"""Small files that grow while they are read: each is refused before anything takes it apart.

Without a bound each of them keeps a worker busy for minutes, or takes its memory.
"""

import io
import zipfile

import pytest

from lkintegration.translating.exchange.document import MAX_BYTES, MAX_SIZE, MAX_UNITS, FileError
from lkintegration.translating.exchange.formats import FORMATS, read
from tests.translating.exchange.damage import repacked
from tests.translating.exchange.files import as_workbook
from tests.translating.exchange.texts import all_units

HEADING = ["Kennung", "Deutsch", "Übersetzung (en)"]
ROW = ["offers.topic-1.name", "Wohnen", "Housing"]
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
TOO_MANY_ROWS = "Die Tabelle hat zu viele Zeilen"
TOO_MANY_FORMATS = "Die Tabelle hat zu viele Formate oder Blätter"
DTD = "<!DOCTYPE ist in einer Tabelle nicht erlaubt"
XLIFF = {
    "2.0": "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='de'"
    " trgLang='en'><file id='f'>{}</file></xliff>",
    "1.2": "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'>"
    "<file source-language='de' target-language='en'><body>{}</body></file></xliff>",
}
UNITS = {
    "2.0": "<unit id='x'><segment><source>a</source><target>{}</target></segment></unit>",
    "1.2": "<trans-unit id='x'><source>a</source><target>{}</target></trans-unit>",
}


def csv(*lines):
    return "\n".join([";".join(HEADING), *lines]).encode()


def book(part, inside_of, content):
    """Return a workbook with ``content`` at the end of an element of one of its parts."""
    sound = as_workbook(("Texte", [HEADING, ROW]))
    end = f"</{inside_of}>"
    old = repacked_part(sound, part)
    assert end in old, (part, inside_of)
    return repacked(sound, {part: old.replace(end, content + end, 1).encode()})


def repacked_part(data, part):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(part).decode()


def reason(data):
    """Return why the file, or its first text, is refused; nothing if it is not."""
    assert len(data) <= MAX_BYTES
    try:
        return read(data).entries[0].problem
    except FileError as error:
        return str(error)


@pytest.mark.any_database
def test_a_table_is_refused_for_what_it_would_become():
    sheets = '<sheet name="a{}" sheetId="1" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/'
    sheets += 'officeDocument/2006/relationships"/>'
    files = {
        "lines of nothing": (csv("\n" * 1_000_000), TOO_MANY_ROWS),
        "old line ends": (csv("\r" * 1_000_000), TOO_MANY_ROWS),
        "rows of nothing": (csv(*[";"] * 300_000), TOO_MANY_ROWS),
        "texts": (csv(*["a;b;c"] * (MAX_UNITS + 1)), "mehr als 20000 Texte"),
        "rows": (book(SHEET, "sheetData", "<row/>" * 1_100_000), TOO_MANY_ROWS),
        "cells": (book(SHEET, "sheetData", f"<row>{'<c/>' * 1_100_000}</row>"), TOO_MANY_ROWS),
        "a row far below": (book(SHEET, "sheetData", '<row r="1048576"/>'), TOO_MANY_ROWS),
        "fonts": (book(STYLES, "fonts", "<font/>" * 60_000), TOO_MANY_FORMATS),
        "fonts by another name": (book(STYLES, "fonts", "<row/>" * 60_000), TOO_MANY_FORMATS),
        "formats": (book(STYLES, "cellXfs", "<xf/>" * 60_000), TOO_MANY_FORMATS),
        "joined cells": (
            book(SHEET, "worksheet", f"<mergeCells>{'<mergeCell/>' * 60_000}</mergeCells>"),
            TOO_MANY_FORMATS,
        ),
        "properties": (book("docProps/core.xml", "cp:coreProperties", "<a/>" * 60_000), "Formate"),
        "sheets": (
            book("xl/workbook.xml", "sheets", "".join(map(sheets.format, range(60)))),
            TOO_MANY_FORMATS,
        ),
        "formulas made from a long one": (
            book(
                SHEET,
                "sheetData",
                f"<row><c><f t='shared' si='1' ref='A1:Z9'>{'A1+' * 5_000}1</f></c>"
                + "<c><f t='shared' si='1'/></c>" * 2_000
                + "</row>",
            ),
            "zu viele Formeln",
        ),
        "many megabytes": (book(SHEET, "sheetData", " " * 21_000_000), "ausgepackt zu groß"),
    }

    refused = {name: reason(data) for name, (data, _why) in files.items()}

    assert {name: why for name, why in refused.items() if files[name][1] not in why} == {}


@pytest.mark.any_database
def test_what_a_part_is_its_type_says_and_not_its_name():
    sound = as_workbook(("Texte", [HEADING, ROW]))
    types, book = (
        repacked_part(sound, name) for name in ("[Content_Types].xml", "xl/workbook.xml")
    )
    names = f"<definedNames>{'<row/>' * 60_000}</definedNames></workbook>"
    parts = {
        "[Content_Types].xml": types.replace("/xl/workbook.xml", "/xl/worksheets/b.xml").encode(),
        "xl/worksheets/b.xml": book.replace("</workbook>", names).encode(),
        "xl/worksheets/_rels/b.xml.rels": repacked_part(
            sound, "xl/_rels/workbook.xml.rels"
        ).encode(),
    }

    assert TOO_MANY_FORMATS in reason(repacked(sound, parts))


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/media/image1.png", "x.bin"])
def test_no_part_of_a_workbook_holds_a_dtd_whatever_it_is_called(name):
    sound = as_workbook(("Texte", [HEADING, ROW]))
    dtd = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"
    hidden = b"<?xml version='1.0' encoding='cp037'?>" + dtd.encode("cp037")

    assert DTD in reason(repacked(sound, {name: dtd.encode()}))
    assert DTD in reason(repacked(sound, {name: dtd.encode("utf-16")}))
    assert "keine XLSX-Datei" in reason(repacked(sound, {name: hidden}))


@pytest.mark.any_database
def test_the_heading_is_found_among_the_columns_of_a_table_for_people():
    wide = [*HEADING, *("x" for _column in range(40_000))]
    far = [*("x" for _column in range(200)), *HEADING]

    (entry,) = read(csv_of([wide, ROW])).entries
    assert (entry.id, entry.translation) == ("offers.topic-1.name", ["Housing"])
    assert "Keine Zeile nennt die Spalten" in reason(csv_of([far, ROW]))


def csv_of(rows):
    return "\n".join(";".join(row) for row in rows).encode()


@pytest.mark.any_database
@pytest.mark.parametrize("version", XLIFF)
def test_codes_inside_of_one_another_are_read_to_some_depth(version):
    def file_with(depth):
        marks = f"{'<mrk>' * depth}b{'</mrk>' * depth}"
        return XLIFF[version].format(UNITS[version].format(marks)).encode()

    assert reason(file_with(10)) == ""
    assert reason(file_with(200)) == "Die Codes sind zu tief verschachtelt."


@pytest.mark.any_database
@pytest.mark.parametrize("version", XLIFF)
def test_more_texts_than_anybody_has_are_not_read_to_the_end(version):
    empty = {"2.0": "<unit/>", "1.2": "<trans-unit/>"}[version]

    assert f"mehr als {MAX_UNITS} Texte" in reason(XLIFF[version].format(empty * 40_000).encode())


def test_a_text_longer_than_any_place_is_not_compared_with_ours():
    for text in ("a" * (MAX_SIZE + 1), "<ph ctype='lb'>&lt;br&gt;</ph>" * (MAX_SIZE // 4)):
        data = XLIFF["1.2"].format(UNITS["1.2"].format(text)).encode()
        assert reason(data) == "Der Text ist zu lang."


@pytest.mark.django_db
@pytest.mark.any_database
def test_all_that_the_site_ever_gives_out_is_within_the_bounds():
    units = all_units("de-simple")

    for name, form in FORMATS.items():
        found = read(form.write(units, "de-simple")).entries
        assert len(found) == len(units), name
        assert not [entry.problem for entry in found if entry.problem], name
