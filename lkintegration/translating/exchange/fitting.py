"""Whether a text of a file fits its place, and what is stored of it."""

import re
import unicodedata

from django.core.exceptions import SuspiciousOperation

from lkintegration.core.characters import NOT_IN_XML, is_blank, with_plain_line_ends
from lkintegration.core.comparison import gist, words_of
from lkintegration.core.languages import EASY
from lkintegration.core.richtext import clean_html
from lkintegration.translating.exchange.codes import Piece, damage, join, normalized
from lkintegration.translating.exchange.document import MAX_TEXT, DocumentEntry
from lkintegration.translating.exchange.units import Unit

_BLANKS = re.compile(r"[ \t]+")
_AROUND_LINES = re.compile(r" ?\n ?")
_AROUND_BLOCKS = re.compile(r" ?(</?(?:p|ul|ol|li|h[1-6])>|<br>) ?")


class UnfitError(Exception):
    """A text that does not fit; the message says why, in German."""


def fitted(entry: DocumentEntry, unit: Unit) -> str:
    """Return the translation of ``entry`` as it may be stored; empty where there is none.

    A text that programs have only spaced or encoded otherwise is the one that is stored already.
    Raises ``UnfitError``.
    """
    if entry.problem:
        raise UnfitError(entry.problem)
    german, text = (stored(pieces, unit) for pieces in (entry.german, entry.translation))
    if is_blank(text):
        return ""
    try:
        is_same_german = gist(german) == gist(unit.german)
        has_words = bool(gist(text))
    except SuspiciousOperation:  # Django gives up on hundreds of open tags
        raise UnfitError("Der Text besteht nur aus Klammern. Schreiben Sie ihn neu.") from None
    if not is_same_german:
        raise UnfitError("Der deutsche Text ist heute ein anderer. Geben Sie ihn neu aus.")
    if not has_words and gist(unit.german):
        raise UnfitError("In der Übersetzung stehen keine Worte. Übersetzen Sie den Text.")
    if _spaced(text, unit) == _spaced(unit.translation, unit):
        return unit.translation
    text = unicodedata.normalize("NFC", with_plain_line_ends(text)).strip()
    if problem := _problem(text, german, unit):
        raise UnfitError(problem)
    return text


def is_german(text: str, unit: Unit) -> bool:
    """Return whether a translation is the German; in easy German paragraphs may be the work."""
    if unit.language == EASY:
        return _spaced(text, unit) == _spaced(unit.german, unit)
    return gist(text) == gist(unit.german)


def stored(pieces: list[Piece], unit: Unit) -> str:
    """Return the text that consists of ``pieces`` as the unit holds texts."""
    text = join(pieces, rich=unit.is_rich)
    return normalized(text) if unit.is_rich else text


def _spaced(text: str, unit: Unit) -> str:
    """Return ``text`` with the white space and the letters that all programs keep."""
    text = unicodedata.normalize("NFC", with_plain_line_ends(text))
    if unit.is_rich:  # where a line break is a space, and none counts beside a block
        return _AROUND_BLOCKS.sub(r"\1", _BLANKS.sub(" ", text.replace("\n", " "))).strip()
    return _AROUND_LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def _problem(text: str, german: str, unit: Unit) -> str:
    """Return why ``text`` cannot be stored, in German; nothing if it can."""
    allowed = [unit.german, *([unit.translation] if unit.translation else [])]
    if not NOT_IN_XML.search(german) and (not unit.is_rich or clean_html(german) == german):
        allowed.insert(1, german)  # today's German may be formatted otherwise: it says the same
    if problem := damage(text, allowed, rich=unit.is_rich, free=unit.language == EASY):
        return problem
    if not unit.is_rich and (found := NOT_IN_XML.search(text)):
        return f"Unsichtbares Steuerzeichen U+{ord(found[0]):04X}."
    if _has_lost_letters(text, unit):
        return (
            "Das Programm hat die Buchstaben nicht gespeichert. Speichern Sie die Datei als XLSX "
            "oder „CSV UTF-8“."
        )
    if unit.is_one_line and len(text.splitlines()) > 1:
        return "Hier ist nur eine Zeile erlaubt."
    longest = unit.max_length or MAX_TEXT
    if len(text) > longest:
        return f"Zu lang: {len(text)} Zeichen, höchstens {longest} sind möglich."
    return ""


def _has_lost_letters(text: str, unit: Unit) -> bool:
    """Return whether marks stand where letters were."""
    has_letters, had_letters = (
        any(letter.isalpha() for letter in words_of(words)) for words in (text, unit.german)
    )
    return "\ufffd" in text or (had_letters and not has_letters and "?" in text)
