"""Workbooks (XLSX) for small jobs, with formatted text as HTML.

What begins like a formula stays text: each cell says that it is text.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lkintegration.core import tables
from lkintegration.core.characters import NOT_IN_XML
from lkintegration.translating.exchange.document import Document, FileError
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
from lkintegration.translating.exchange.workbook_parts import NO_WORKBOOK, check_parts

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}_)|\r|{NOT_IN_XML.pattern}")
_WIDTHS = (28, 70, 70, 24)
_MAX_CELL = 32_767  # characters, by Excel


def write(units: Iterable[Unit], language: str) -> Iterator[bytes]:
    """Yield the units as a workbook with one sheet. Raises ``FileError`` for too long a text."""
    yield written(rows_of(units, language))


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
    check_parts(data)
    from openpyxl import load_workbook  # noqa: PLC0415  (7 MB: core/tables.py)

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        return _table_of(book.worksheets).document()
    except FileError:
        raise
    except Exception as error:  # openpyxl names none: whatever is wrong with a file goes through
        raise FileError(NO_WORKBOOK) from error


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
