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
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    # Each row is written at once, in the same cells, so that no table is in memory.
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(column_widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    try:
        cells: list[Cell] = []
        for number, row in enumerate(rows):
            texts = list(row)
            if number < 2:  # the heading, and the first row that looks like all others
                cells = [WriteOnlyCell(sheet) for _text in texts]
                for cell in cells if column_widths else ():
                    _make_writable(cell, is_heading=not number)
            for cell, text in zip(cells, texts, strict=True):
                cell.value, cell.data_type = text, "s"
            sheet.append(cells)
    finally:
        book.save(file)  # whatever happens: it removes the file in which the rows were
    return file.getvalue()


def _make_writable(cell: "Cell", *, is_heading: bool) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_heading:
        cell.font = Font(bold=True)
