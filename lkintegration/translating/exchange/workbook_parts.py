"""Looks at the parts of a workbook (XLSX) before anything takes them apart.

Whoever reads a workbook makes objects of its elements, hundreds of bytes of memory for some of the
file. Those of rows, cells and texts (ECMA-376-1, 18.3.1 and 18.4) are cheap; of all others a
workbook needs few.
"""

import io
import re
import zipfile
from typing import Final, NamedTuple

from lkintegration.translating.exchange.document import MAX_UNITS, FileError
from lkintegration.translating.exchange.table import TOO_MANY_ROWS
from lkintegration.translating.exchange.xml import decoded, parsed

NO_WORKBOOK: Final = (
    "Die Tabelle ist beschädigt oder keine XLSX-Datei. Speichern Sie sie als Excel-Datei (XLSX) "
    "oder „CSV UTF-8“."
)
_MAX_UNPACKED = 20 * 1024 * 1024
_MAX_PARTS = 200
_MAX_CELLS = 50 * MAX_UNITS  # tags
_MAX_OTHERS = 50_000  # tags
_MAX_SHEETS = 50
_MAX_FORMULAS = 4_000_000  # characters, if each were as long as the longest: some are made from it
_TABLE = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_TYPES = "[Content_Types].xml"
_CELL = re.compile(rb"</?(?:\w+:)?(?:row|c|v|f|is|si|t|r)[\s/>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# UTF-8 and UTF-16 are all that a part may be in (ECMA-376-2, 8.1.4).
_ENCODING = re.compile(rb"[^<]{0,4}<\?xml[^>]{1,99}encoding\s*=\s*[\"']([^\"']*)")


class _Tags(NamedTuple):
    """How many tags there are of which kind, and how long formulas may get, in characters."""

    cells: int
    others: int
    sheets: int
    formulas: int


def check_parts(data: bytes) -> None:
    """Refuse a workbook that would keep whoever reads it busy. Raises ``FileError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            # zipfile never unpacks more of a part than its heading says.
            if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > _MAX_UNPACKED:
                raise FileError("Die Tabelle ist ausgepackt zu groß.")
            found = _all_tags({info.filename: archive.read(info) for info in infos})
    except FileError:
        raise
    except Exception as error:  # zipfile and zlib raise half a dozen kinds, RuntimeError among them
        raise FileError(NO_WORKBOOK) from error
    if found.cells > _MAX_CELLS:
        raise FileError(TOO_MANY_ROWS)
    if found.others > _MAX_OTHERS or found.sheets > _MAX_SHEETS:
        raise FileError(
            "Die Tabelle hat zu viele Formate oder Blätter. Kopieren Sie die Texte in eine neue."
        )
    if found.formulas > _MAX_FORMULAS:
        raise FileError("Die Tabelle hat zu viele Formeln. Löschen Sie sie.")


def _all_tags(parts: dict[str, bytes]) -> _Tags:
    """Return what all parts hold together. Raises ``FileError``."""
    for content in parts.values():
        _check_xml(content.replace(b"\0", b""))  # of UTF-16
    tables = {name for name in parts if _TABLE.fullmatch(name)} - _named_otherwise(parts)
    found = [_tags(content.replace(b"\0", b""), name in tables) for name, content in parts.items()]
    return _Tags(*map(sum, zip(_Tags(0, 0, 0, 0), *found, strict=True)))


def _named_otherwise(parts: dict[str, bytes]) -> set[str]:
    """Return the parts that are no tables, whatever they are called: their type says what they are.

    ECMA-376-2, 8.1.2. All of them where the workbook has sheets for charts, which are read whole.
    """
    naming = {name: text for name, text in parts.items() if name.endswith((_TYPES, ".rels"))}
    if any(b"&#" in text or b"chartsheet" in text.replace(b"\0", b"") for text in naming.values()):
        return set(parts)
    types = parsed(decoded(parts[_TYPES])).iter("{*}Override")
    kinds = {part.get("PartName", "")[1:]: part.get("ContentType", "") for part in types}
    usual = (".worksheet+xml", ".sharedStrings+xml")
    return {name for name, kind in kinds.items() if not kind.endswith(usual)}


def _check_xml(content: bytes) -> None:
    """Refuse a DTD in a part, whatever the part is called, and what could hide one."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileError("<!DOCTYPE ist in einer Tabelle nicht erlaubt.")
    declared = _ENCODING.match(content)
    if declared and declared[1].lower() not in {b"utf-8", b"utf-16"}:
        raise FileError(NO_WORKBOOK)


def _tags(content: bytes, is_table: bool) -> _Tags:
    cells = sum(1 for _tag in _CELL.finditer(content)) if is_table else 0
    lengths = [content.find(b"</", tag.start()) - tag.start() for tag in _FORMULA.finditer(content)]
    sheets = sum(1 for _tag in _SHEET.finditer(content))
    return _Tags(cells, content.count(b"<") - cells, sheets, len(lengths) * max(lengths, default=0))
