"""CSV for small jobs, with formatted text as HTML.

What begins like a formula gets an apostrophe in front (OWASP, "CSV Injection").
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lkintegration.core.record_keys import PATTERN
from lkintegration.translating.exchange.document import Document, DocumentEntry, FileError
from lkintegration.translating.exchange.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TITLES,
    NO_HEAD,
    TOO_MANY_ROWS,
    Cell,
    Row,
    names_columns,
    rows_of,
    table_in,
)
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import NotUnicodeError, decoded

_DELIMITERS = ";,\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# The character set of old spreadsheet programs holds every letter of these languages, so that
# nothing was lost when the file was saved.
_OLD_CHARACTERS, _WHOLE_IN_IT = "cp1252", {"de", "en", "fr", "it", "sq"}
_BEGIN = re.compile(rf'"?({PATTERN}\.[a-z_]+)"?[{_DELIMITERS}]')
_MOST_DAMAGED = 100  # rows
_MOST_LINES = 500_000  # those inside of texts included
_QUOTE = "Hier endet ein Anführungszeichen nicht oder zu früh."
_SAVE_AS = "Speichern Sie die Tabelle als „CSV UTF-8“ oder als Excel-Datei (XLSX)."


def write(units: Iterable[Unit], language: str) -> Iterator[bytes]:
    """Yield the rows of a file that German spreadsheet programs open.

    It has semicolons, and is in UTF-8 with its mark.
    """
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL)
    yield codecs.BOM_UTF8
    for row in rows_of(units, language):
        writer.writerow([f"'{text}" if _FORMULA.match(text) else text for text in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


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
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise FileError(TOO_MANY_ROWS)
    if "\0" in text:
        raise FileError("Die Datei ist beschädigt.", text.count("\n", 0, text.index("\0")) + 1)
    damaged: list[DocumentEntry] = []
    table = table_in(_some(_rows(text, damaged)), _cell)
    if table is None:
        raise FileError(NO_HEAD, 1)
    document = table.document()
    document.entries.extend(damaged)
    return document


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows. Raises ``FileError`` for too many of them."""
    yield from islice(rows, MAX_ROWS)
    if next(rows, None) is not None:
        raise FileError(TOO_MANY_ROWS)


def _rows(text: str, damaged: list[DocumentEntry]) -> Iterator[Row]:
    """Yield the rows; note those ``damaged`` by a quotation mark, as long as they have a name.

    The next row is the next line that begins with a name. Raises ``FileError``.
    """
    lines, delimiter = list(io.StringIO(text, newline="")), _delimiter(text)
    begin = 0  # the line in which the row begins that is read
    while begin < len(lines):
        start = begin
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        try:
            for row in reader:
                yield Row(begin + 1, row)
                begin = start + reader.line_num
        except csv.Error as error:
            name = _BEGIN.match(lines[begin])
            if not name or len(damaged) == _MOST_DAMAGED:
                raise FileError(f"Die Tabelle ist beschädigt: {_QUOTE}", begin + 1) from error
            damaged.append(DocumentEntry(begin + 1, name[1], problem=_QUOTE))
            following = (n for n in range(begin + 1, len(lines)) if _BEGIN.match(lines[n]))
            begin = next(following, len(lines))


def _delimiter(text: str) -> str:
    """Return what stands between the columns of the heading, which may have titles above it."""
    for line in text.splitlines()[:MAX_TITLES]:
        for delimiter in _DELIMITERS:
            cells = line.split(delimiter, MAX_COLUMNS)[:MAX_COLUMNS]
            if names_columns(cell.strip('" ') for cell in cells):
                return delimiter
    return _DELIMITERS[0]


def _cell(text: str) -> Cell:
    return Cell(text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text)
