"""Where a page uses explained words for the first time: found in its HTML, and marked.

Only running text is looked at: no heading, link, button, form or what is folded away, because a
link in there would be in the way or could not be seen. In a page of another language a German word
is one that is marked as German (``core.german_words``), or stands in a text that is not translated.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from lkintegration.core.german_words import end_of
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.serving.reader_texts import PLAIN_END, PLAIN_START

ANCHOR = "w-"  # before the key of a word, in the address of its explanation within the page

# Where a link would be in the way or could not be seen, or what names something.
_QUIET = {
    *("a", "address", "button", "caption", "details", "dt", "form", "label", "legend", "nav"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "script", "select", "style", "summary", "svg"),
    *("textarea", "th", "time", "title"),
}
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_TAG = re.compile(r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-z]\w*)(?P<attributes>[^>]*+)>", re.DOTALL)
# What is only spoken, what nobody sees, what leads on (the keyboard comes to that first), and small
# print: sources, roles of people, remarks.
_IS_ASIDE = re.compile(
    r'\s(?:hidden\b|aria-hidden|class="[^"]*\b(?:badges|hidden|hint|lead|muted)\b)'
)
_LANGUAGE = re.compile(r'\slang="([^"]*)"')
_SPACE = r"(?:\s|&nbsp;)+"
# What belongs to an address or to a longer word with hyphens is another word.
_BEFORE, _AFTER = r"(?<![\w./@&#-])", r"(?![\w@-]|\.\w)"


class Found(NamedTuple):
    """An explained word in a text: its key, and where it stands."""

    key: str
    start: int
    end: int


class Finder:
    """Finds explained words in texts, the longest first where several begin alike."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """Take the ways in which texts write each word, by its key."""
        self._single: dict[str, str] = {}
        phrases: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for key, written in words.items():
            for form in written:
                first, *others = form.split()
                if others:
                    phrases[first].append((others, key))
                else:
                    self._single.setdefault(first, key)
        self._phrases = {
            first: [
                (re.compile(_SPACE + _SPACE.join(map(re.escape, others)) + _AFTER), key)
                for others, key in sorted(rest, key=lambda phrase: -len(" ".join(phrase[0])))
            ]
            for first, rest in phrases.items()
        }
        initials = {first[0] for first in (*self._single, *phrases)}
        self._word = (
            re.compile(rf"{_BEFORE}[{''.join(sorted(map(re.escape, initials)))}]\w*+(?:-\w++)*+")
            if initials
            else None
        )
        self._ends = re.compile(_AFTER)

    def find(self, html: str, start: int, end: int) -> Iterator[Found]:
        """Yield the explained words between two places of a text."""
        while self._word and (word := self._word.search(html, start, end)):
            found = self._at(html, word)
            if found:
                yield found
            start = found.end if found else word.end()

    def _at(self, html: str, word: re.Match[str]) -> Found | None:
        for rest, key in self._phrases.get(word[0], ()):
            if more := rest.match(html, word.end()):
                return Found(key, word.start(), more.end())
        key = self._single.get(word[0], "")
        if key and self._ends.match(html, word.end()):
            return Found(key, word.start(), word.end())
        return None


def find_terms(html: str, finder: Finder, language: str, skip: Container[str] = ()) -> list[Found]:
    """Return where a page uses explained words for the first time, but those whose key is skipped.

    ``html`` has its German words marked. What stands between ``PLAIN_START`` and ``PLAIN_END`` is
    left alone.
    """
    first: dict[str, Found] = {}
    for start, end in _running_text(html, is_german=language in {SOURCE, EASY}):
        for found in finder.find(html, start, end):
            if found.key not in skip:
                first.setdefault(found.key, found)
    return list(first.values())


def link_terms(html: str, terms: Iterable[Found]) -> str:
    """Return the page with links at ``terms``, and without ``PLAIN_START`` and ``PLAIN_END``."""
    pieces: list[str] = []
    done = 0
    for key, start, end in terms:
        pieces += (html[done:start], f'<a href="#{ANCHOR}{key}">{html[start:end]}</a>')
        done = end
    linked = "".join([*pieces, html[done:]])
    return linked.replace(PLAIN_START, "").replace(PLAIN_END, "")


def _running_text(html: str, *, is_german: bool) -> Iterator[tuple[int, int]]:
    """Yield where German text begins and ends between two tags."""
    german_until = len(html) if is_german else 0
    position = 0
    while tag := _TAG.search(html, position):
        begins, ends = tag.span()
        if position < begins and position < german_until:
            yield position, begins
        position = ends
        name, attributes = tag["name"], tag["attributes"]
        if tag[0] == PLAIN_START:
            position = _after(PLAIN_END, html, position)
        elif not name or tag["end"] or name in _VOID:
            continue
        elif name in _QUIET or (attributes and _IS_ASIDE.search(attributes)):
            position = end_of(name, html, position)
        elif attributes and (language := _LANGUAGE.search(attributes)):
            if language[1] in {SOURCE, EASY}:
                german_until = max(german_until, end_of(name, html, position))
            elif position < german_until:
                position = end_of(name, html, position)
    if position < min(german_until, len(html)):
        yield position, len(html)


def _after(sign: str, html: str, position: int) -> int:
    found = html.find(sign, position)
    return found + len(sign) if found >= 0 else len(html)
