"""Splits a text into words for the translator and codes that nobody must damage.

Codes are the tags of formatted text with their addresses, gaps (``[[…]]``) and characters that XML
cannot hold (XML 1.0, section 2.2).
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from lkintegration.core.blanks import BLANK
from lkintegration.core.characters import NOT_IN_XML
from lkintegration.core.richtext import GERMAN_WORD, clean_html

_TAG = r'<(?:[^<>"]|"[^"]*")*>'
_CODE = re.compile(rf"{BLANK}|{NOT_IN_XML.pattern}")
_RICH_CODE = re.compile(rf"{_TAG}|{BLANK}|{NOT_IN_XML.pattern}")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_NOT_XML_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"})


class Code(str):
    """A part of a text that stays as it is; the string is what the text holds at this place."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Return the name of the tag, in small letters; empty for anything else."""
        found = _NAME.match(self)
        return found[1].lower() if found else ""

    @property
    def closes(self) -> bool:
        return self.startswith("</")

    @property
    def opens(self) -> bool:
        return bool(self.name) and not self.closes and self.name != "br"

    @property
    def says_something(self) -> bool:
        """Return whether it is a link or a gap, without which a text says less."""
        return self.name == "a" or not self.name

    @property
    def is_language_mark(self) -> bool:
        """Return whether it marks a German word, of which the German text has none."""
        return self.name == "span"


Piece = str | Code


class Placed(NamedTuple):
    """A piece with the place of its partner: the closing tag of an opening one, else None."""

    piece: Piece
    end: int | None


def split(text: str, *, rich: bool) -> list[Piece]:
    """Return ``text`` as words and codes; words of formatted text as people read them.

    ``join`` gives cleaned formatted text and every plain text back, byte by byte.
    """
    pieces: list[Piece] = []
    end = 0
    for match in (_RICH_CODE if rich else _CODE).finditer(text):
        pieces += _words(text[end : match.start()], rich)
        pieces.append(Code(match[0]))
        end = match.end()
    return pieces + _words(text[end:], rich)


def _words(text: str, rich: bool) -> list[Piece]:
    return [html.unescape(text) if rich else text] if text else []


def join(pieces: Iterable[Piece], *, rich: bool) -> str:
    """Return the text that consists of ``pieces``; words are escaped as nh3 escapes them."""
    return "".join(
        piece.translate(_NOT_XML_TEXT) if rich and not isinstance(piece, Code) else piece
        for piece in pieces
    )


def has_words(pieces: Iterable[Piece]) -> bool:
    """Return whether there is anything but codes and white space."""
    return any(not isinstance(piece, Code) and piece.strip() for piece in pieces)


def normalized(text: str) -> str:
    """Return formatted text with its words escaped in the one way in which it is stored."""
    return join(split(text, rich=True), rich=True)


def paired(pieces: Sequence[Piece]) -> list[Placed]:
    """Return the pieces, each opening tag with the place of its closing one.

    A tag without a partner has none: it can only stand for itself.
    """
    ends: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Code):
            continue
        if piece.opens:
            waiting.append((place, piece.name))
        elif piece.closes and waiting and waiting[-1][1] == piece.name:
            ends[waiting.pop()[0]] = place
    return [Placed(piece, ends.get(place)) for place, piece in enumerate(pieces)]


class CodeNumbers:
    """Numbers the codes of a unit so that the same code has one number in source and target."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._known: dict[tuple[str, int], int] = {}

    def start(self) -> "CodeNumbers":
        """Begin a text; must be called before each of source and target."""
        self._seen: Counter[str] = Counter()
        return self

    def number(self, code: Code) -> int:
        self._seen[code] += 1
        key = (str(code), self._seen[code])
        if key not in self._known:
            self._known[key] = next(self._numbers)
        return self._known[key]


def damage(new: str, allowed: Sequence[str], *, rich: bool, free: bool) -> str:
    """Return what is wrong with the codes of ``new``, in German; nothing if it may be stored.

    Right are the codes of one of the texts ``allowed``, the German first. With ``free`` paragraphs,
    lists and emphasis may be others; links and gaps may not. Marks of German words always may.
    """
    pieces = split(new, rich=rich)
    problem = _foreign(pieces, [split(text, rich=rich) for text in allowed], rich)
    if problem:
        return problem
    wanted = [_codes(text, rich=rich, free=free) for text in allowed]
    found = _codes(new, rich=rich, free=free)
    if found not in wanted:
        return _difference(found, wanted[0])
    if rich and clean_html(new) != new:
        return "Die Formatierung ist zerstört: Codes stehen in falscher Reihenfolge."
    return ""


def _foreign(pieces: list[Piece], allowed: list[list[Piece]], rich: bool) -> str:
    known = {piece for text in allowed for piece in text if isinstance(piece, Code)}
    for piece in pieces:
        if isinstance(piece, Code):
            if piece in known:
                continue
            if NOT_IN_XML.match(piece):
                return f"Unsichtbares Steuerzeichen U+{ord(piece):04X}."
            opening: str = piece
            if piece.closes:
                opening = GERMAN_WORD if piece.is_language_mark else f"<{piece.name}>"
            if piece.name and opening not in clean_html(f"{opening}x</{piece.name}>"):
                return f"HTML, das hier nicht erlaubt ist: {shortened(piece)}"
            known.add(piece)
        elif (found := _MARKUP.search(piece)) and not any(
            _MARKUP.search(word) for text in allowed for word in text if not isinstance(word, Code)
        ):
            return (
                f"HTML als gewöhnlicher Text: {shortened(found[0])}"
                if rich
                else f"Hier steht nur Text ohne HTML: {shortened(found[0])}"
            )
    return ""


def _codes(text: str, *, rich: bool, free: bool) -> Counter[str]:
    codes = (piece for piece in split(text, rich=rich) if isinstance(piece, Code))
    return Counter(
        str(code) for code in codes if code.says_something or not (free or code.is_language_mark)
    )


def _difference(found: Counter[str], wanted: Counter[str]) -> str:
    words = [
        f"{label}: {', '.join(shortened(code) for code in sorted(codes.elements()))}."
        for label, codes in (("Es fehlt", wanted - found), ("Es ist zu viel", found - wanted))
        if codes
    ]
    return f"Formatierung, Verweise und Lücken müssen bleiben. {' '.join(words)}"


def shortened(text: str) -> str:
    """Return the beginning of a text for a message."""
    return text if len(text) <= 80 else f"{text[:79]}…"
