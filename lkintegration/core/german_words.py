"""German words in pages of other languages, marked as German.

So a screen reader says them in a German voice, and where text runs from right to left they stand
apart: brackets and commas beside them keep their places.

In a page of another script every run of Latin letters is marked. In a page in Latin letters those
words are that translations leave German: ``ALWAYS``, those of ``german_words.txt``, and those that
records are about (``Content.german_words``). Names of places and people need no mark; names that
hold German words stand in the list whole.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

from lkintegration.core.languages import BY_CODE, EASY, SOURCE

ALWAYS = ("JMD", "MBE", "Landkreis Lörrach", "Landratsamt Lörrach")  # machines leave them, too
# A word or some that belong together, a line.
_LIST = Path(__file__).with_name("german_words.txt").read_text(encoding="utf-8")
LISTED = (*ALWAYS, *_LIST.splitlines())

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


def mark_german_words(
    html: str, language: str, known: "Callable[[], KnownWords] | None" = None
) -> str:
    """Return what stands in the body of a page in ``language``, with German words marked.

    ``known`` returns the words that count as German among others in Latin letters; without it, they
    are those of the lists.
    """
    if language in {SOURCE, EASY}:
        return html
    words = (known or listed_words)() if BY_CODE[language].is_latin else None
    pattern = words.pattern if words else _IN_ANOTHER_SCRIPT
    pieces: list[str] = []
    position = done = 0
    while found := pattern.match(html, position):
        position = found.end()
        if element := found["element"]:
            position = end_of(element, html, position)
            continue
        start, end = found.span("words")
        if words:
            end = words.end_at(html, start, found["words"])
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


def end_of(element: str, html: str, position: int) -> int:
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


class KnownWords:
    """Words and phrases, each found by its first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._single: set[str] = set()
        self._longer: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted(phrases, key=len, reverse=True):
            first = re.match(r"\w+", phrase)
            if first and first[0] == phrase:
                self._single.add(phrase)
            elif first:
                words = f"{_SPACE}+".join(re.escape(word) for word in phrase.split())
                self._longer[first[0]].append(words)
        initials = "".join(sorted({first[0] for first in (*self._single, *self._longer)}))
        self.pattern = re.compile(
            rf"(?:{_TAG}|[^<\w]++|(?![{initials}])\w++|<(?![a-z/!]))*+"
            rf"(?:{_CLOSED_TAG}|(?P<words>\w++))",
            re.DOTALL,
        )

    def end_at(self, html: str, start: int, first: str) -> int:
        """Return where known words end that begin with ``first`` at ``start``; 0 without any."""
        if phrases := self._longer.get(first):
            found = _any_of(tuple(phrases)).match(html, start)
            if found:
                return found.end()
        return start + len(first) if first in self._single else 0


@lru_cache(maxsize=1_000)  # the same in most languages, and before and after most changes
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases)})(?!\w)")


@cache
def listed_words() -> KnownWords:
    """Return the words that are German whatever the content."""
    return KnownWords(LISTED)
