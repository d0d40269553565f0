"""German words in pages of other languages, marked as German.

So a screen reader says them in a German voice, and where text runs from right to left they stand
apart: brackets and commas beside them keep their places.

In a page of another script every run of Latin letters is marked. In a page in Latin letters those
words are that translations leave German (``ALWAYS`` and ``german_words.txt``). Names of places and
people need no mark; names that hold German words stand in the list whole.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from lkintegration.core.languages import BY_CODE, EASY, SOURCE

ALWAYS = ("JMD", "MBE", "Landkreis Lörrach", "Landratsamt Lörrach")  # machines leave them, too
_LIST = Path(__file__).with_name("german_words.txt")  # a word or some that belong together, a line

START, END = f'<bdi lang="{SOURCE}">', "</bdi>"
# Elements that say themselves what they hold, and those that can hold no other element.
_CLOSED = (
    r"(?:option|script|style|svg|textarea|title)\b|(?!(?:img|input)\b)[a-z][^<>]*\s(?:lang|dir)="
)
_CLOSED_TAG = rf"<(?={_CLOSED})(?P<element>[a-z]\w*)[^>]*+>"
_TAG = rf"<!--.*?-->|<(?!{_CLOSED})/?[a-z][^>]*+>"
_SPACE = r"(?:\s|&nbsp;)"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_POSTCODE = rf",{_SPACE}(?=\d{{5}}{_SPACE}[{_LATIN}])"
_ISOLATE = "\u2066\u2068"  # begin what translators set apart by signs, often with a comma in it
_ISOLATED = "[^\u2066-\u2069<>]*\u2069"
_RUN = rf"""
    (?P<words>
        [{_ISOLATE}]{_ISOLATED}
        |https?://[^\s<]*[\w/]
        |\d*[{_LATIN}][{_LATIN}\d]*+
        (?:(?:{_SPACE}(?:&amp;{_SPACE})?|[-–./_@’']|&(?:amp|\#x27);|{_POSTCODE})[{_LATIN}\d]++)*+
    )
"""
_IN_ANOTHER_SCRIPT = re.compile(
    rf"(?:{_TAG}|[^<&\d{_ISOLATE}{_LATIN}]++|&(?:\#?\w++;)?|\d++(?![{_LATIN}])|<(?![a-z/!])"
    rf"|[{_ISOLATE}](?!{_ISOLATED}))*+"
    rf"(?:{_CLOSED_TAG}|{_RUN})",
    re.DOTALL | re.VERBOSE,
)


def mark_german_words(html: str, language: str) -> str:
    """Return what stands in the body of a page in ``language``, with German words marked."""
    if language in {SOURCE, EASY}:
        return html
    is_latin = BY_CODE[language].is_latin
    pattern = _known_words().pattern if is_latin else _IN_ANOTHER_SCRIPT
    pieces: list[str] = []
    position = done = 0
    while found := pattern.match(html, position):
        position = found.end()
        if element := found["element"]:
            position = _end_of(element, html, position)
            continue
        start, end = found.span("words")
        if is_latin:
            end = _known_words().end_at(html, start, found["words"])
        if html[start] in _ISOLATE:
            pieces += (html[done:start], _without_signs(html[start:end], language))
            done = end
        elif end:
            pieces += (html[done:start], START, html[start:end], END)
            position = done = end
    return "".join([*pieces, html[done:]])


def _without_signs(isolated: str, language: str) -> str:
    """Return text between signs for isolation: without them where each word of it is marked."""
    marked = mark_german_words(isolated[1:-1], language)
    return marked if START in marked else isolated


def _end_of(element: str, html: str, position: int) -> int:
    """Return where an element ends that has begun before ``position``."""
    depth = 1
    for tag in _tags_of(element).finditer(html, position):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)


@cache
def _tags_of(element: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){element}(?![\w-])[^>]*>")


class _KnownWords:
    """The words of the lists, each found by the first of those that belong together."""

    def __init__(self, phrases: list[str]) -> None:
        by_first = defaultdict(list)
        for phrase in sorted(phrases, key=len, reverse=True):
            first = re.match(r"\w+", phrase)
            if first:
                words = f"{_SPACE}+".join(re.escape(word) for word in phrase.split())
                by_first[first[0]].append(words)
        self._by_first = {
            first: re.compile(rf"(?:{'|'.join(words)})(?!\w)") for first, words in by_first.items()
        }
        initials = "".join(sorted({first[0] for first in by_first}))
        self.pattern = re.compile(
            rf"(?:{_TAG}|[^<\w]++|(?![{initials}])\w++|<(?![a-z/!]))*+"
            rf"(?:{_CLOSED_TAG}|(?P<words>\w++))",
            re.DOTALL,
        )

    def end_at(self, html: str, start: int, first: str) -> int:
        """Return where known words end that begin with ``first`` at ``start``; 0 without any."""
        phrases = self._by_first.get(first)
        found = phrases and phrases.match(html, start)
        return found.end() if found else 0


@cache
def _known_words() -> _KnownWords:
    return _KnownWords([*ALWAYS, *_LIST.read_text(encoding="utf-8").splitlines()])
