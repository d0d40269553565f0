"""CSV and XLSX for small jobs: one row a text, formatted text as HTML.

What begins like a formula stays text in both: CSV puts an apostrophe in front (OWASP, "CSV
Injection"), XLSX says that the cell is text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook

from lkintegration.core import tables
from lkintegration.core.characters import NOT_IN_XML
from lkintegration.core.languages import SOURCE
from lkintegration.translating.exchange.codes import Code
from lkintegration.translating.exchange.document import (
    MAX_UNITS,
    Document,
    DocumentEntry,
    FileError,
)
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import decoded

KEY, GERMAN, STATE = "Kennung", "Deutsch", "Stand"
_TRANSLATION = re.compile(r"Übersetzung \(([A-Za-z0-9-]{2,35})\)")
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}_)|\r|{NOT_IN_XML.pattern}")
_WIDTHS = (28, 70, 70, 24)
_MAX_CELL = 32_767  # characters, by Excel
_MAX_UNPACKED = 50 * 1024 * 1024
_MAX_PARTS = 200


def _rows(units: Iterable[Unit], language: str) -> Iterator[list[str]]:
    yield [KEY, GERMAN, f"Übersetzung ({language})", STATE]
    for unit in units:
        yield [unit.id, unit.german, unit.translation, unit.state.label]


def write_csv(units: Iterable[Unit], language: str) -> bytes:
    """Return a file that German spreadsheet programs open: semicolons, UTF-8 with its mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in _rows(units, language):
        writer.writerow([f"'{text}" if _FORMULA.match(text) else text for text in row])
    return file.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> Document:
    """Return what the file holds, with semicolons, commas or tabs. Raises ``FileError``."""
    text = decoded(data)
    if "\0" in text:
        raise FileError("Die Datei ist beschädigt.", text.count("\n", 0, text.index("\0")) + 1)
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, [_without_apostrophe(cell) for cell in row]))
            line = reader.line_num + 1
    except csv.Error as error:
        reason = "Die Tabelle ist beschädigt: Hier endet ein Anführungszeichen nicht oder zu früh."
        raise FileError(reason, line) from error
    return _document(rows)


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def write_xlsx(units: Iterable[Unit], language: str) -> bytes:
    """Return the units as a workbook with one sheet. Raises ``FileError`` for too long a text."""
    rows = ([_escaped(text, row[0]) for text in row] for row in _rows(units, language))
    return tables.write_xlsx("Texte", rows, column_widths=_WIDTHS)


def _escaped(text: str, key: str) -> str:
    """Return ``text`` as a cell holds it; ``key`` names the text if it is too long for one."""
    cell = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(cell) > _MAX_CELL:
        raise FileError(f"{key} ist zu lang für eine Tabelle. Nehmen Sie XLIFF.")
    return cell


def read_xlsx(data: bytes) -> Document:
    """Return what the first sheet holds. Raises ``FileError``."""
    _refuse_bombs(data)
    rows: list[tuple[int, list[str]]] = []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MAX_UNITS + 2, max_col=10)
        for number, row in enumerate(cells, start=1):
            rows.append((number, [_cell(cell, number) for cell in row]))
    except FileError:
        raise
    except Exception as error:  # openpyxl names none: whatever is wrong with a file goes through
        raise FileError("Die Tabelle ist beschädigt oder keine XLSX-Datei.") from error
    return _document(rows)


def _cell(cell: Any, line: int) -> str:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        raise FileError("Hier steht eine Formel statt eines Textes.", line)
    if getattr(cell, "data_type", "") == "e":
        raise FileError(f"Hier steht ein Fehlerwert statt eines Textes: {value}", line)
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise FileError(f"Hier steht eine Zahl oder ein Datum statt eines Textes: {value}", line)
    text = "" if value is None else str(value)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _refuse_bombs(data: bytes) -> None:
    """Look at the parts of the workbook before anything reads them; raise ``FileError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            # zipfile never unpacks more of a part than its heading says.
            if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > _MAX_UNPACKED:
                raise FileError("Die Tabelle ist ausgepackt zu groß.")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    content = parts.read(info).replace(b"\0", b"")
                    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                        raise FileError("<!DOCTYPE ist in einer Tabelle nicht erlaubt.")
    except FileError:
        raise
    except Exception as error:  # zipfile and zlib raise half a dozen kinds, RuntimeError among them
        raise FileError("Die Tabelle ist beschädigt oder keine XLSX-Datei.") from error


def _document(rows: Sequence[tuple[int, list[str]]]) -> Document:
    heading = [cell.strip() for cell in rows[0][1]] if rows else []
    columns = {name: heading.index(name) for name in heading}
    named = [match for name in heading if (match := _TRANSLATION.fullmatch(name))]
    if KEY not in columns or GERMAN not in columns or len(named) != 1:
        names = f"{KEY}, {GERMAN}, Übersetzung (Kürzel der Sprache)"
        raise FileError(f"Die erste Zeile muss die Spalten nennen: {names}.", 1)
    places = [columns[name] for name in (KEY, GERMAN, named[0][0])]
    entries = []
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        padded = [*row, *[""] * len(heading)]
        key, german, translation = (padded[place] for place in places)
        entries.append(DocumentEntry(line, key.strip(), _whole(german), _whole(translation)))
    return Document(SOURCE, named[0][1], entries)


def _whole(text: str) -> list[str | Code]:
    """Return a text whose words and codes nobody has told apart yet."""
    return [Code(text)] if text else []
