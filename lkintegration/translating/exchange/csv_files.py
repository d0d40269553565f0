"""CSV for small jobs, with formatted text as HTML.

What begins like a formula gets an apostrophe in front (OWASP, "CSV Injection").
"""

import csv
import io
import re
from collections.abc import Iterable

from lkintegration.translating.exchange.document import Document, FileError
from lkintegration.translating.exchange.table import (
    MAX_TITLES,
    NO_HEAD,
    Cell,
    Row,
    names_columns,
    rows_of,
    table_in,
)
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import NotUnicodeError, decoded

_DELIMITERS = ";,\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# The character set of old spreadsheet programs holds every letter of these languages, so that
# nothing was lost when the file was saved.
_OLD_CHARACTERS, _WHOLE_IN_IT = "cp1252", {"de", "en", "fr", "it", "sq"}
_SAVE_AS = "Speichern Sie die Tabelle als „CSV UTF-8“ oder als Excel-Datei (XLSX)."


def write(units: Iterable[Unit], language: str) -> bytes:
    """Return a file that German spreadsheet programs open: semicolons, UTF-8 with its mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in rows_of(units, language):
        writer.writerow([f"'{text}" if _FORMULA.match(text) else text for text in row])
    return file.getvalue().encode("utf-8-sig")


def read(data: bytes) -> Document:
    """Return what the file holds, with semicolons, commas or tabs. Raises ``FileError``."""
    try:
        return _read(decoded(data))
    except NotUnicodeError as error:
        document = _read_old(data)
        if not document or document.target_language.partition("-")[0] not in _WHOLE_IN_IT:
            raise FileError(f"{error} {_SAVE_AS}") from error
        return document


def _read_old(data: bytes) -> Document | None:
    try:
        return _read(data.decode(_OLD_CHARACTERS))
    except (UnicodeDecodeError, FileError):
        return None


def _read(text: str) -> Document:
    if "\0" in text:
        raise FileError("Die Datei ist beschädigt.", text.count("\n", 0, text.index("\0")) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for row in reader:
            rows.append(Row(line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        reason = "Die Tabelle ist beschädigt: Hier endet ein Anführungszeichen nicht oder zu früh."
        raise FileError(reason, line) from error
    if table := table_in(rows, _cell):
        return table.document()
    raise FileError(NO_HEAD, 1)


def _delimiter(text: str) -> str:
    """Return what stands between the columns of the heading, which may have titles above it."""
    for line in text.splitlines()[:MAX_TITLES]:
        for delimiter in _DELIMITERS:
            if names_columns(cell.strip('" ') for cell in line.split(delimiter)):
                return delimiter
    return _DELIMITERS[0]


def _cell(text: str) -> Cell:
    return Cell(text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text)
