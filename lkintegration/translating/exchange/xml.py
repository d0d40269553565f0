"""Reads and writes XML without what makes it dangerous: DTDs, entities, the network, any size."""

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby

from lxml import etree
from lxml.etree import _Element as Element

from lkintegration.core.record_keys import RecordKey
from lkintegration.translating.exchange.document import FileError
from lkintegration.translating.exchange.units import Unit

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = {"source", "target", "data", "note"}
# A character set of one byte a letter that an XML file names itself.
_DECLARED = re.compile(
    rb"<\?xml[^>]{1,80}encoding=[\"']((?:iso-8859|windows|koi8)-[0-9a-z]+)[\"']", re.IGNORECASE
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotUnicodeError(FileError):
    """A file in another character set, or a damaged one."""


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in another character set that the file names.

    Raises ``NotUnicodeError``.
    """
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if declared := _DECLARED.match(data):
            with suppress(UnicodeDecodeError, LookupError):
                return data.decode(declared[1].decode())
        line = data.count(b"\n", 0, error.start) + 1
        reason = "Die Datei ist beschädigt oder nicht in UTF-8 gespeichert."
        raise NotUnicodeError(reason, line) from error


def parsed(text: str) -> Element:
    """Return the root element of an XML text. Raises ``FileError``."""
    for forbidden in ("<!DOCTYPE", "<!ENTITY"):
        if (place := text.find(forbidden)) >= 0:
            reason = f"{forbidden} ist in einer Übersetzungsdatei nicht erlaubt."
            raise FileError(reason, text.count("\n", 0, place) + 1)
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the declaration said: the text is decoded already
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        reason = "Das ist kein gültiges XML: Die Datei ist beschädigt oder abgeschnitten."
        raise FileError(reason, error.lineno or 1) from error


def child(parent: Element, name: str, **attributes: str) -> Element:
    """Append an element in the namespace of ``parent``; return it."""
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)


def grouped(parent: Element, units: Iterable[Unit]) -> Iterator[tuple[Element, Unit]]:
    """Yield each unit with the place for it: below ``parent``, a group for each record."""
    for key, texts in groupby(units, key=lambda unit: str(RecordKey.of(unit.record))):
        group = child(parent, "group", id=key)
        for unit in texts:
            yield group, unit


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def add_text(parent: Element, text: str) -> None:
    """Append text behind whatever ``parent`` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def as_bytes(root: Element) -> bytes:
    """Return an XML file with a line for each element, except inside of texts."""
    _break_lines(root, "\n")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _break_lines(element: Element, line_break: str) -> None:
    if name_of(element) in _TEXTS or not len(element):
        return
    element.text = f"{line_break} "
    for part in element:
        _break_lines(part, f"{line_break} ")
        part.tail = f"{line_break} "
    element[-1].tail = line_break
