"""Tables for spreadsheet programs (XLSX)."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

# openpyxl is imported by whoever makes or reads a table: it takes 7 MB of a worker.
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_xlsx(
    title: str, rows: Iterable[Iterable[str]], *, column_widths: Sequence[float] = ()
) -> bytes:
    """Return a workbook with one sheet, whose first row names the columns and stays in view.

    Every cell is text, also one that begins with "=": nobody's text runs as a formula in the
    office. With ``column_widths`` the table is one to write into: texts wrap, and stay texts when
    somebody edits them.
    """
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"
            if column_widths:
                _make_writable(cell)
    for column, width in zip(sheet.columns, column_widths, strict=False):
        sheet.column_dimensions[column[0].column_letter].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _make_writable(cell: "Cell") -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if cell.row == 1:
        cell.font = Font(bold=True)
