"""Workbooks (XLSX) for small jobs, with formatted text as HTML.

What begins like a formula stays text: each cell says that it is text.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lkintegration.core import tables
from lkintegration.core.characters import NOT_IN_XML
from lkintegration.translating.exchange.document import MAX_UNITS, Document, FileError
from lkintegration.translating.exchange.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    NO_HEAD,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Table,
    rows_of,
    table_in,
)
from lkintegration.translating.exchange.units import Unit

_NO_WORKBOOK = (
    "Die Tabelle ist beschädigt oder keine XLSX-Datei. Speichern Sie sie als Excel-Datei (XLSX) "
    "oder „CSV UTF-8“."
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}_)|\r|{NOT_IN_XML.pattern}")
_WIDTHS = (28, 70, 70, 24)
_MAX_CELL = 32_767  # characters, by Excel
_MAX_UNPACKED = 20 * 1024 * 1024
_MAX_PARTS = 200
# Whoever reads a workbook makes objects of its elements, hundreds of bytes of memory for some of
# the file. Those of rows, cells and texts (ECMA-376-1, 18.3.1 and 18.4) are cheap; of all others a
# workbook needs few.
_TABLE = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_CELL = re.compile(rb"</?(?:\w+:)?(?:row|c|v|f|is|si|t|r)[\s/>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MAX_CELLS = 50 * MAX_UNITS  # tags
_MAX_OTHERS = 50_000  # tags
_MAX_SHEETS = 50
_MAX_FORMULAS = 4_000_000  # characters, if each were as long as the longest: some are made from it
# UTF-8 and UTF-16 are all that a part may be in (ECMA-376-2, 8.1.4).
_ENCODING = re.compile(rb"[^<]{0,4}<\?xml[^>]{1,99}encoding\s*=\s*[\"']([^\"']*)")


def write(units: Iterable[Unit], language: str) -> bytes:
    """Return the units as a workbook with one sheet. Raises ``FileError`` for too long a text."""
    return written(rows_of(units, language))


def written(rows: Iterable[list[str]]) -> bytes:
    """Return a workbook of these rows. Raises ``FileError`` for a text too long for a cell."""
    cells = ([_escaped(text, row[0]) for text in row] for row in rows)
    return tables.write_xlsx("Texte", cells, column_widths=_WIDTHS)


def _escaped(text: str, key: str) -> str:
    """Return ``text`` as a cell holds it; ``key`` names the text if it is too long for one."""
    cell = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(cell) > _MAX_CELL:
        raise FileError(f"{key} ist zu lang für eine Tabelle. Nehmen Sie XLIFF.")
    return cell


def read(data: bytes) -> Document:
    """Return what the sheet with the texts holds, wherever it stands. Raises ``FileError``."""
    _check_parts(data)
    from openpyxl import load_workbook  # noqa: PLC0415  (7 MB: core/tables.py)

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        return _table_of(book.worksheets).document()
    except FileError:
        raise
    except Exception as error:  # openpyxl names none: whatever is wrong with a file goes through
        raise FileError(_NO_WORKBOOK) from error


def _table_of(sheets: list[Any]) -> Table:
    """Return the one table of a workbook; what nobody sees counts where there is no other."""
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    for some in (shown, [sheet for sheet in sheets if sheet not in shown]):
        found = {sheet.title: table_in(_rows(sheet), _cell) for sheet in some}
        found = {name: table for name, table in found.items() if table}
        if len(found) > 1:
            names = " und ".join(f"„{name}“" for name in found)
            raise FileError(f"Auf den Blättern {names} stehen Texte. Lassen Sie nur eines stehen.")
        for table in filter(None, found.values()):
            return table
    raise FileError(NO_HEAD, 1)


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write wrong ones, and rows behind them would be lost
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise FileError(TOO_MANY_ROWS)
        yield Row(number, cells)


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return Cell("", "eine Formel")
    if kind == "e":
        return Cell("", f"ein Fehlerwert ({value})")
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        return Cell("", f"eine Zahl oder ein Datum ({value})")
    text = "" if value is None else str(value)
    return Cell(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def _check_parts(data: bytes) -> None:
    """Look at every part of the workbook before anything reads it. Raises ``FileError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            # zipfile never unpacks more of a part than its heading says.
            if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > _MAX_UNPACKED:
                raise FileError("Die Tabelle ist ausgepackt zu groß.")
            tags = [_tags(info.filename, parts.read(info)) for info in infos]
    except FileError:
        raise
    except Exception as error:  # zipfile and zlib raise half a dozen kinds, RuntimeError among them
        raise FileError(_NO_WORKBOOK) from error
    found = _Tags(*map(sum, zip(_Tags(0, 0, 0, 0), *tags, strict=True)))
    if found.cells > _MAX_CELLS:
        raise FileError(TOO_MANY_ROWS)
    if found.others > _MAX_OTHERS or found.sheets > _MAX_SHEETS:
        raise FileError(
            "Die Tabelle hat zu viele Formate oder Blätter. Kopieren Sie die Texte in eine neue."
        )
    if found.formulas > _MAX_FORMULAS:
        raise FileError("Die Tabelle hat zu viele Formeln. Löschen Sie sie.")


class _Tags(NamedTuple):
    """How many tags there are of which kind, and how long formulas may get, in characters."""

    cells: int
    others: int
    sheets: int
    formulas: int


def _tags(name: str, content: bytes) -> _Tags:
    """Return what the part called ``name`` holds. Raises ``FileError``."""
    content = content.replace(b"\0", b"")  # of UTF-16
    _check_xml(content)
    cells = sum(1 for _tag in _CELL.finditer(content)) if _TABLE.fullmatch(name) else 0
    formulas = [
        content.find(b"</", tag.start()) - tag.start() for tag in _FORMULA.finditer(content)
    ]
    sheets = sum(1 for _tag in _SHEET.finditer(content))
    return _Tags(
        cells, content.count(b"<") - cells, sheets, len(formulas) * max(formulas, default=0)
    )


def _check_xml(content: bytes) -> None:
    """Refuse a DTD in a part, whatever the part is called, and what could hide one."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileError("<!DOCTYPE ist in einer Tabelle nicht erlaubt.")
    declared = _ENCODING.match(content)
    if declared and declared[1].lower() not in {b"utf-8", b"utf-16"}:
        raise FileError(_NO_WORKBOOK)
