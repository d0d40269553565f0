"""A text as it is read: its lines, the sentences in them, the words."""

import html
import re
from typing import NamedTuple

from lkintegration.core.blanks import BLANK

_BLOCK = re.compile(r"</?(?:p|li|ul|ol)\b[^>]*>|<br\b[^>]*>|\n")
_LINE = re.compile(r"\n")
_HEADING = re.compile(r"<h[23]>(.*?)</h[23]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_STRONG = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")  # of a message
_END = re.compile(r"(?<=[.!?])[“\")]*\s+(?=[^\sa-zäöüß])")
# A point after these ends no sentence, and none after the number of a day.
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|bzw|usw|ggf|ca|Nr|Art|Abs|Dr|Prof|St|Str|Tel|evtl|inkl|vgl|Hrsg|Bd)\.$"
)
_DAY = re.compile(r"\b\d{1,2}\.$")
_AFTER_DAY = re.compile(
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Geburtstag|Lebensjahr|Jahrhundert|\d)"
)
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")


class Line(NamedTuple):
    """A paragraph, a heading, an item of a list, or a line.

    ``strong`` is what is bold in it, all of a heading; None where nothing can be.
    """

    text: str
    strong: str | None = None


def lines_of(text: str, *, is_rich: bool) -> list[Line]:
    """Return the lines of formatted text, where ``is_rich``, or of plain text; no empty ones."""
    pattern = _BLOCK if is_rich else _LINE
    text = _HEADING.sub(r"\n<strong>\1</strong>\n", re.sub(BLANK, "…", text))
    found = [_line(part, is_rich=is_rich) for part in pattern.split(text)]
    return [line for line in found if line.text]


def _line(part: str, *, is_rich: bool) -> Line:
    part = _PLACEHOLDER.sub("…", part)
    if not is_rich:
        return Line(" ".join(part.split()))
    return Line(_plain(part), _plain(" ".join(_STRONG.findall(part))))


def _plain(part: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", part)).split())


def sentences_of(line: str) -> list[str]:
    """Return the sentences of a line; what stands before and after a colon is one."""
    found, start = [], 0
    for end in _END.finditer(line):
        before, after = line[start : end.start()], line[end.end() :]
        is_day = _DAY.search(before) and _AFTER_DAY.match(after)
        if not is_day and not _ABBREVIATION.search(before):
            found.append(before)
            start = end.end()
    return [*found, line[start:]]


def parts_of(sentence: str) -> list[str]:
    """Return what stands before and after a colon or semicolon: read with a pause between."""
    return [part for part in re.split(r"[:;]\s", sentence) if part]


def words_in(text: str) -> list[str]:
    """Return the words of ``text`` without numbers."""
    return _WORD.findall(text)


def length_of(part: str) -> int:
    """Return how many words and numbers a part of a sentence has."""
    return sum(any(c.isalnum() for c in word) for word in part.split())
