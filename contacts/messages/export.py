"""Messages as a table to take away: for an answer to a data request, or for the files."""

from collections.abc import Iterable

from contacts.models import Message
from contacts.reply_languages import german_name
from lkintegration.core.account_names import account_name
from lkintegration.core.characters import for_xml
from lkintegration.core.dates import written_time
from lkintegration.core.tables import write_xlsx

COLUMNS = (
    *("reference", "received_at", "kind", "contact", "page", "topic", "text"),
    *(
        "name",
        "email",
        "phone",
        "page_language",
        "language",
        "state",
        "assigned_to",
        "delivery",
        "delivered_at",
    ),
)


def workbook(messages: Iterable[Message]) -> bytes:
    """Return ``messages`` as an XLSX file, one row each, with German headings."""
    headings = [str(Message._meta.get_field(name).verbose_name) for name in COLUMNS]  # type: ignore[union-attr]
    rows = ([_shown(message, name) for name in COLUMNS] for message in messages)
    return write_xlsx("Nachrichten", [headings, *rows])


def _shown(message: Message, name: str) -> str:
    if name == "language":
        return german_name(message.language)
    if name == "assigned_to":
        return for_xml(account_name(message.assigned_to))
    display = getattr(message, f"get_{name}_display", None)
    value = display() if display else getattr(message, name)
    if value and name.endswith("_at"):
        return written_time(value)
    return for_xml(str(value or ""))
