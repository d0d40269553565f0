"""Reads and writes XML without what makes it dangerous: DTDs, entities, the network, any size."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
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
    """Append an element; return it. Its namespace is that of the file into which it is written."""
    return etree.SubElement(parent, name, attributes)


def write_groups(
    around: str, units: Iterable[Unit], write_unit: Callable[[Element, Unit], None]
) -> Iterator[bytes]:
    """Yield the parts of an XML file, so that no more than one record of it is in memory.

    ``around`` is all that stands around the texts, with ``<group/>`` in the place for them, which
    become a group for each record; ``write_unit`` appends a unit to its group. There is a line for
    each element, except inside of texts.
    """
    place = around.index("<group/>")
    line_break = around[around.rindex("\n", 0, place) : place]
    yield around[:place].removesuffix(line_break).encode()
    for key, texts in groupby(units, key=lambda unit: RecordKey.of(unit.record)):
        group = etree.Element("group", id=str(key))
        for unit in texts:
            write_unit(group, unit)
        _break_lines(group, line_break)
        yield line_break.encode() + bytes(etree.tostring(group, encoding="UTF-8"))
    yield around[place:].removeprefix("<group/>").encode()


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def add_text(parent: Element, text: str) -> None:
    """Append text behind whatever ``parent`` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _break_lines(element: Element, line_break: str) -> None:
    """Write each element on a line of its own; no white space gets into a text."""
    if element.tag in _TEXTS or not len(element):
        return
    element.text = inside = f"{line_break} "
    for part in element:
        _break_lines(part, inside)
        part.tail = inside
    part.tail = line_break
