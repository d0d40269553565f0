"""Messages as a table to take away: for an answer to a data request, or for the files."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from contacts.models import Message
from lkintegration.core.characters import for_xml
from lkintegration.core.dates import written_time

COLUMNS = (
    *("reference", "received_at", "kind", "contact", "page", "topic", "text"),
    *("name", "email", "phone", "language", "state", "assigned_to", "delivery", "delivered_at"),
)


def workbook(messages: Iterable[Message]) -> bytes:
    """Return ``messages`` as an XLSX file, one row each, with German headings."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Nachrichten"
    sheet.freeze_panes = "A2"
    sheet.append([str(Message._meta.get_field(name).verbose_name) for name in COLUMNS])  # type: ignore[union-attr]
    for row, message in enumerate(messages, start=2):
        for column, name in enumerate(COLUMNS, start=1):
            cell = sheet.cell(row, column, _shown(message, name))
            # Text that begins with "=" stays text: a reader must not run formulas in the office.
            cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _shown(message: Message, name: str) -> str:
    display = getattr(message, f"get_{name}_display", None)
    value = display() if display else getattr(message, name)
    if value and name.endswith("_at"):
        return written_time(value)
    return for_xml(str(value or ""))
