"""XLIFF 1.2 (OASIS Standard, 1 February 2008): codes are ``<bpt>``, ``<ept>`` and ``<ph>``.

They hold what they stand for, unlike ``<g>`` and ``<x/>``, which need a second file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from lkintegration.core.characters import NOT_IN_XML, for_xml
from lkintegration.core.enums import Standing
from lkintegration.core.languages import SOURCE
from lkintegration.translating.exchange.codes import (
    Code,
    CodeNumbers,
    Piece,
    has_words,
    paired,
    split,
)
from lkintegration.translating.exchange.document import (
    MAX_NESTED,
    MAX_UNITS,
    CodeError,
    Document,
    DocumentEntry,
    FileState,
)
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import (
    XML_SPACE,
    add_text,
    child,
    name_of,
    write_groups,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_N = f"{{{NAMESPACE}}}"
# The attributes of <target>, section 2.3.
STATES: dict[str, dict[str, str]] = {
    Standing.MACHINE: {
        "state": "needs-review-translation",
        "state-qualifier": "mt-suggestion",
    },
    Standing.OUTDATED_MACHINE: {
        "state": "needs-translation",
        "state-qualifier": "mt-suggestion",
    },
    Standing.OUTDATED: {"state": "needs-translation"},
    Standing.REVIEWED: {"state": "signed-off"},
}
_KINDS = {"a": "link", "strong": "bold", "em": "italic", "br": "lb"}
_CHARACTER = "x-character"
_STRUCK_OUT = "x-sdl-deleted"  # words that Trados keeps while changes are tracked
_HEX = re.compile(r"U\+([0-9A-F]{4})")


def write(units: Iterable[Unit], language: str) -> Iterator[bytes]:
    """Yield the parts of a file with the units for translators into ``language``."""
    languages = f'source-language="{SOURCE}" target-language="{language}"'
    around = f"""<?xml version='1.0' encoding='UTF-8'?>
<xliff xmlns="{NAMESPACE}" version="1.2">
 <file original="website" datatype="html" {languages}>
  <body>
   <group/>
  </body>
 </file>
</xliff>"""
    return write_groups(around, units, _write_unit)


def _write_unit(group: Element, unit: Unit) -> None:
    element = child(group, "trans-unit", id=unit.id)
    element.set(XML_SPACE, "preserve")
    if unit.max_length:
        element.set("maxwidth", str(unit.max_length))
        element.set("size-unit", "char")
    if unit.state == Standing.REVIEWED:
        element.set("approved", "yes")
    numbers = CodeNumbers()
    source = child(element, "source")
    _write_pieces(source, split(unit.german, rich=unit.is_rich), numbers.start())
    if unit.translation:
        target = child(element, "target", **STATES[unit.state])
        _write_pieces(target, split(unit.translation, rich=unit.is_rich), numbers.start())
    child(element, "note").text = for_xml(unit.label)


def _write_pieces(text: Element, pieces: Sequence[Piece], numbers: CodeNumbers) -> None:
    closing: dict[int, str] = {}  # the number of the opening code, by place
    for place, (piece, end) in enumerate(paired(pieces)):
        if not isinstance(piece, Code):
            add_text(text, piece)
        elif place in closing:
            child(text, "ept", id=closing[place], rid=closing[place]).text = for_xml(piece)
        elif end is not None:
            number = str(numbers.number(piece))
            kind = _KINDS.get(piece.name, f"x-html-{piece.name}")
            child(text, "bpt", id=number, rid=number, ctype=kind).text = for_xml(piece)
            closing[end] = number
        elif NOT_IN_XML.match(piece):
            code = child(text, "ph", id=str(numbers.number(piece)), ctype=_CHARACTER)
            code.text = f"U+{ord(piece):04X}"
        else:
            kind = _KINDS.get(piece.name, "x-html" if piece.name else "x-gap")
            child(text, "ph", id=str(numbers.number(piece)), ctype=kind).text = for_xml(piece)


def read(root: Element) -> Document:
    """Return what the file holds; a text that cannot be read carries its problem.

    The languages are those of the first part; another part with others has a problem.
    """
    files = root.findall(f"{_N}file")
    languages = [(f.get("source-language", ""), f.get("target-language", "")) for f in files]
    entries: list[DocumentEntry] = []
    for file, own in zip(files, languages, strict=True):
        for element in islice(file.iter(f"{_N}trans-unit"), MAX_UNITS + 1 - len(entries)):
            entry = _read_unit(element)
            if own != languages[0]:
                problem = "Dieser Teil der Datei hat andere Sprachen als der erste."
                entry = DocumentEntry(entry.line, entry.id, problem=problem)
            entries.append(entry)
    source, target = languages[0] if languages else ("", "")
    return Document(source, target, entries)


def _read_unit(element: Element) -> DocumentEntry:
    line, unit_id = element.sourceline, element.get("id", "")
    source, target = element.find(f"{_N}source"), element.find(f"{_N}target")
    try:
        if source is None:
            raise CodeError("Der deutsche Text fehlt.")
        german = _read_pieces(source)
        translation = [] if target is None else _read_pieces(target)
        if target is not None and has_words(translation) and _is_partial(element, target):
            raise CodeError("Der Text ist nur zum Teil übersetzt.")
    except CodeError as error:
        return DocumentEntry(line, unit_id, problem=str(error))
    return DocumentEntry(line, unit_id, german, translation, _state(element, target))


def _is_partial(element: Element, target: Element) -> bool:
    """Return whether a sentence of a text that a program has cut has no translation."""
    german, translated = (
        {mark.get("mid", "") for mark in _sentences(text) if has_words(_read_pieces(mark))}
        for text in (element.find(f"{_N}seg-source"), target)
    )
    return bool(translated) and not german <= translated


def _sentences(text: Element | None) -> list[Element]:
    marks = [] if text is None else text.iter(f"{_N}mrk")
    return [mark for mark in marks if mark.get("mtype") == "seg"]


def _state(element: Element, target: Element | None) -> FileState:
    state = "" if target is None else target.get("state", "")
    if state in {"new", "needs-translation"}:
        return FileState.UNTRANSLATED
    if state.startswith("needs-"):
        return FileState.UNREAD
    if state in {"signed-off", "final", "reviewed"} or element.get("approved") == "yes":
        return FileState.READ
    return FileState.TRANSLATED


def _read_pieces(element: Element, depth: int = 0) -> list[Piece]:
    if depth > MAX_NESTED:
        raise CodeError("Die Codes sind zu tief verschachtelt.")
    pieces: list[Piece] = [element.text] if element.text else []
    for part in element:
        name = name_of(part)
        if name in {"bpt", "ept", "ph", "it"}:
            pieces.append(_code(part))
        elif name == "mrk":  # a remark about the words in it, or a sentence
            pieces += [] if part.get("mtype") == _STRUCK_OUT else _read_pieces(part, depth + 1)
        elif name in {"g", "x", "bx", "ex"}:
            number = part.get("id", "?")
            raise CodeError(f"Code {number} (<{name}>): Es fehlt, wofür er steht.")
        else:
            raise CodeError(f"Das Element <{name}> gehört nicht in einen Text.")
        if part.tail:
            pieces.append(part.tail)
    return pieces


def _code(element: Element) -> Code:
    text = "".join(element.itertext())
    if element.get("ctype") == _CHARACTER:
        match = _HEX.fullmatch(text)
        if not match or 0xD800 <= int(match[1], 16) < 0xE000:
            raise CodeError(f"Code {element.get('id', '?')} ist kein Zeichen.")
        return Code(chr(int(match[1], 16)))
    return Code(text)
