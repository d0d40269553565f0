"""XLIFF 2.0 (OASIS Standard, 5 August 2014): codes are ``<pc>`` and ``<ph>`` with original data."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from lkintegration.core.characters import NOT_IN_XML, for_xml
from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, SOURCE
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
from lkintegration.translating.exchange.segments import Segment, in_order
from lkintegration.translating.exchange.units import Unit
from lkintegration.translating.exchange.xml import (
    XML_SPACE,
    add_text,
    child,
    name_of,
    write_groups,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_N = f"{{{NAMESPACE}}}"
# Section 4.3.1.31; what is old must be translated again.
STATES: dict[str, str] = {
    Standing.MISSING: "initial",
    Standing.MACHINE: "translated",
    Standing.OUTDATED_MACHINE: "initial",
    Standing.OUTDATED: "initial",
    Standing.REVIEWED: "reviewed",
}
# A program that leaves the state out says nothing; the standard's default would undo its work.
_STATES_READ = {
    "initial": FileState.UNTRANSLATED,
    "reviewed": FileState.READ,
    "final": FileState.READ,
}
_KINDS = {
    "a": {"type": "link"},
    "strong": {"type": "fmt", "subType": "xlf:b"},
    "em": {"type": "fmt", "subType": "xlf:i"},
    "br": {"type": "fmt", "subType": "xlf:lb"},
    "": {"type": "other"},
}


def write(units: Iterable[Unit], language: str) -> Iterator[bytes]:
    """Yield the parts of a file with the units for translators into ``language``."""
    around = f"""<?xml version='1.0' encoding='UTF-8'?>
<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="{SOURCE}" trgLang="{language}">
 <file id="content" original="website" srcDir="ltr" trgDir="{BY_CODE[language].direction}">
  <group/>
 </file>
</xliff>"""
    return write_groups(around, units, _write_unit)


def _write_unit(group: Element, unit: Unit) -> None:
    element = child(group, "unit", id=unit.id)
    notes = child(element, "notes")
    child(notes, "note", category="context").text = for_xml(unit.label)
    if unit.max_length:
        child(notes, "note", category="length").text = f"Höchstens {unit.max_length} Zeichen."
    texts = {"source": split(unit.german, rich=unit.is_rich)}
    if unit.translation:
        texts["target"] = split(unit.translation, rich=unit.is_rich)
    data = _write_data(element, texts.values())
    substate = {"subState": f"lki:{unit.state}"} if unit.translation else {}
    segment = child(element, "segment", state=STATES[unit.state], **substate)
    numbers = CodeNumbers()
    for name, pieces in texts.items():
        text = child(segment, name)
        text.set(XML_SPACE, "preserve")
        _write_pieces(text, pieces, data, numbers.start())


def _write_data(element: Element, texts: Iterable[Sequence[Piece]]) -> dict[str, str]:
    """Write what each code stands for, once; return under which id."""
    codes = dict.fromkeys(piece for text in texts for piece in text if isinstance(piece, Code))
    ids = {str(code): f"d{number}" for number, code in enumerate(codes, start=1)}
    original = child(element, "originalData") if ids else None
    for code, data_id in ids.items():
        data = child(original, "data", id=data_id)
        data.set(XML_SPACE, "preserve")
        if NOT_IN_XML.match(code):
            child(data, "cp", hex=f"{ord(code):04X}")
        else:
            data.text = for_xml(code)
    return ids


def _write_pieces(
    text: Element, pieces: Sequence[Piece], data: dict[str, str], numbers: CodeNumbers
) -> None:
    open_elements = [text]
    ends: set[int] = set()
    for place, (piece, end) in enumerate(paired(pieces)):
        here = open_elements[-1]
        if not isinstance(piece, Code):
            add_text(here, piece)
        elif place in ends:
            open_elements.pop()
        elif end is not None:
            references = {"dataRefStart": data[piece], "dataRefEnd": data[str(pieces[end])]}
            shown = {"dispStart": for_xml(piece), "dispEnd": for_xml(str(pieces[end]))}
            number = {"id": str(numbers.number(piece))}
            attributes = number | references | shown | _KINDS.get(piece.name, {})
            open_elements.append(child(here, "pc", **attributes))
            ends.add(end)
        else:
            shown = {"disp": f"U+{ord(piece):04X}" if NOT_IN_XML.match(piece) else for_xml(piece)}
            number = {"id": str(numbers.number(piece)), "dataRef": data[piece]}
            child(here, "ph", **number, **shown, **_KINDS.get(piece.name, {}))


def read(root: Element) -> Document:
    """Return what the file holds; a text that cannot be read carries its problem."""
    entries = [_read_unit(element) for element in islice(root.iter(f"{_N}unit"), MAX_UNITS + 1)]
    return Document(root.get("srcLang", ""), root.get("trgLang", ""), entries)


def _read_unit(element: Element) -> DocumentEntry:
    line, unit_id = element.sourceline, element.get("id", "")
    try:
        data = _read_data(element)
        parts = [
            _read_part(part, data) for part in element if name_of(part) in {"segment", "ignorable"}
        ]
        german = [piece for part in parts for piece in part.source]
        segments = [part for part in parts if part.state is not None]
        if not any(part.target for part in segments):
            return DocumentEntry(line, unit_id, german)
        if len(segments) > 1 and any(part.is_open for part in segments):
            raise CodeError("Der Text ist nur zum Teil übersetzt.")
        translation = [piece for part in in_order(parts) for piece in part.translation]
    except CodeError as error:
        return DocumentEntry(line, unit_id, problem=str(error))
    state = min(part.state for part in segments if part.state is not None)
    return DocumentEntry(line, unit_id, german, translation, state)


def _read_part(element: Element, data: dict[str, Code]) -> Segment:
    source, target = element.find(f"{_N}source"), element.find(f"{_N}target")
    if source is None:
        raise CodeError("Der deutsche Text fehlt.")
    german = _read_pieces(source, data)
    translation = None if target is None else _read_pieces(target, data)
    place = "" if target is None else target.get("order", "")
    if name_of(element) == "ignorable":  # an empty target says that nothing stands here
        return Segment(german, translation, place, None)
    if not (has_words(german) or translation):
        return Segment(german, None, place, None)
    state = _STATES_READ.get(element.get("state", ""), FileState.TRANSLATED)
    return Segment(german, translation, place, state)


def _read_data(element: Element) -> dict[str, Code]:
    return {
        data.get("id", ""): Code("".join(map(str, _read_pieces(data, {}))))
        for data in element.iterfind(f"{_N}originalData/{_N}data")
    }


def _read_pieces(element: Element, data: dict[str, Code], depth: int = 0) -> list[Piece]:
    if depth > MAX_NESTED:
        raise CodeError("Die Codes sind zu tief verschachtelt.")
    pieces: list[Piece] = [element.text] if element.text else []
    for part in element:
        name = name_of(part)
        if name == "pc":
            start, end = (_code(part, f"dataRef{side}", data) for side in ("Start", "End"))
            pieces += [start, *_read_pieces(part, data, depth + 1), end]
        elif name in {"ph", "sc", "ec"}:
            pieces.append(_code(part, "dataRef", data))
        elif name == "cp":
            pieces.append(_character(part.get("hex", "")))
        elif name == "mrk":  # a remark about the words in it
            pieces += _read_pieces(part, data, depth + 1)
        elif name not in {"sm", "em"}:
            raise CodeError(f"Das Element <{name}> gehört nicht in einen Text.")
        if part.tail:
            pieces.append(part.tail)
    return pieces


def _code(element: Element, attribute: str, data: dict[str, Code]) -> Code:
    try:
        return data[element.get(attribute, "")]
    except KeyError:
        number = element.get("id", "?")
        raise CodeError(f"Code {number}: Es fehlt, wofür er steht ({attribute}).") from None


def _character(digits: str) -> Code:
    try:
        number = int(digits, 16)
        chr(number).encode()  # half a surrogate pair is no character
        return Code(chr(number))
    except (ValueError, OverflowError):
        raise CodeError(f"<cp hex=„{digits[:10]}“> ist kein Zeichen.") from None
