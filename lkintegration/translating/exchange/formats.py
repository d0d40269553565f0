"""The formats: how each is written, how a file tells which it is, and how it is read."""

import codecs
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from lkintegration.core.tables import MEDIA_TYPE
from lkintegration.translating.exchange import csv_files, workbooks, xliff2, xliff12
from lkintegration.translating.exchange.document import (
    MAX_BYTES,
    MAX_SIZE,
    MAX_UNITS,
    Document,
    DocumentEntry,
    FileError,
)
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import decoded, parsed


class Format(NamedTuple):
    """One format of files for translators.

    ``write_parts`` yields a file with units for translators into a language, part by part, so that
    it need not be in memory whole. Raises ``FileError`` where the format cannot hold a text.
    """

    label: str
    extension: str
    media_type: str
    write_parts: Callable[[Iterable[Unit], str], Iterator[bytes]]

    def write(self, units: Iterable[Unit], language: str) -> bytes:
        """Return the whole file. Raises ``FileError``."""
        return b"".join(self.write_parts(units, language))


FORMATS = {
    "xliff2": Format("XLIFF 2.0", "xlf", "application/xliff+xml", xliff2.write),
    "xliff12": Format("XLIFF 1.2", "xlf", "application/x-xliff+xml", xliff12.write),
    "xlsx": Format("Excel (XLSX)", "xlsx", MEDIA_TYPE, workbooks.write),
    "csv": Format("Tabelle (CSV)", "csv", "text/csv; charset=utf-8", csv_files.write),
}


def read(data: bytes) -> Document:
    """Return what a file holds; it says itself which format it has. Raises ``FileError``."""
    if len(data) > MAX_BYTES:
        raise FileError(f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB.")
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise FileError("Die Datei ist leer.")
    if data.startswith(b"PK"):
        document = workbooks.read(data)
    elif _looks_like_xml(data):
        document = _read_xml(decoded(data))
    else:
        document = csv_files.read(data)
    if not document.entries:
        raise FileError("Die Datei enthält keine Texte.")
    if len(document.entries) > MAX_UNITS:
        raise FileError(f"Die Datei enthält mehr als {MAX_UNITS} Texte.")
    document.entries[:] = map(_without_too_much, document.entries)
    return document


def _without_too_much(entry: DocumentEntry) -> DocumentEntry:
    """Return the entry, or why it is refused before anything compares its text with ours."""
    if entry.size <= MAX_SIZE:
        return entry
    return DocumentEntry(entry.line, entry.id[:MAX_SIZE], problem="Der Text ist zu lang.")


def _looks_like_xml(data: bytes) -> bool:
    """Return whether the first letter is that of XML, in whatever character set."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<"


def _read_xml(text: str) -> Document:
    root = parsed(text)
    name = etree.QName(root)
    if name.localname == "xliff" and name.namespace == xliff2.NAMESPACE:
        return xliff2.read(root)
    if name.localname == "xliff" and name.namespace == xliff12.NAMESPACE:
        return xliff12.read(root)
    raise FileError("Das ist keine Datei in XLIFF 2.0 oder 1.2.", root.sourceline)
