"""What has changed between two texts, word by word."""

import difflib
import html
import re
import unicodedata
from typing import NamedTuple

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.characters import without_marks

AROUND = 40  # words and the spaces between them that are shown on each side of a change

_WORD = re.compile(r"\s+|\S+")
_ADDRESS = re.compile(r'href="([^"]*)"')
_START_OF_BLOCK = re.compile(r"<(?:p|li|ul|ol|h[1-6])>")
_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
_HYPHENS = str.maketrans("\u2010\u2011", "--")  # a program may have kept a line together


class Passage(NamedTuple):
    """One piece of a word-by-word comparison: "same", "gone" or "new"."""

    kind: str
    text: str


def changes_since(german_then: str, german_now: str) -> list[Passage]:
    """Return a comparison of two texts word by word; HTML tags do not count."""
    then, now = (_WORD.findall(words_of(text)) for text in (german_then, german_now))
    passages: list[Passage] = []
    # Exact for a few paragraphs. Beyond them, a text that repeats itself would take minutes.
    is_long = len(then) * len(now) > 250_000
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=is_long)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            passages.append(Passage("same", "".join(then[a:b])))
            continue
        if gone := "".join(then[a:b]):
            passages.append(Passage("gone", gone))
        if new := "".join(now[c:d]):
            passages.append(Passage("new", new))
    return passages


def changes_html(german_then: str, german_now: str) -> SafeString:
    """Return ``changes_since`` with ``<del>`` and ``<ins>``."""
    return _marked(changes_since(german_then, german_now))


def _marked(passages: list[Passage]) -> SafeString:
    elements = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return format_html_join(
        "",
        "{}",
        (
            (format_html(mark_safe(elements[passage.kind]), passage.text),)  # noqa: S308  (ours)
            for passage in passages
        ),
    )


def changes_in_short(then: str, now: str) -> SafeString:
    """Return ``changes_html`` without the middle of long passages that stay as they are."""
    passages = changes_since(then, now)
    last = len(passages) - 1
    shown: list[Passage] = []
    for place, (kind, text) in enumerate(passages):
        if kind == "same":
            shown.append(Passage(kind, _shortened(text, place, last)))
            continue
        if shown and shown[-1].kind != "same":  # apart also where nobody sees colours
            shown.append(Passage("same", " "))
        shown.append(Passage(kind, text))
    return _marked(shown)


def _shortened(text: str, place: int, last: int) -> str:
    """Return a passage with the words that stand next to a change."""
    words = _WORD.findall(text)
    begin = words[:AROUND] if place > 0 else []
    end = words[-AROUND:] if place < last else []
    if len(words) <= len(begin) + len(end) + AROUND:
        return text
    return "".join([*begin, " … ", *end])


def gist(text: str) -> str:
    """Return what a text says: texts with the same gist are one text to whoever translates it.

    This is the one rule for "the same German". Words and the addresses of links count. White space
    of any kind, Unicode's normal forms, marks that nobody sees, hyphens that keep a line together
    and formatting (bold, italic, paragraphs, headings, lists) do not: programs change them, and an
    editor may without saying anything new.
    """
    said = wording(_START_OF_BLOCK.sub(" ", text))
    said = without_marks(said).translate(_HYPHENS)
    return unicodedata.normalize("NFC", " ".join(said.split()))


def wording(text: str) -> str:
    """Return words and addresses of a text as they are written, marks of direction included."""
    return " ".join([*words_of(text).split(), *_ADDRESS.findall(text)])


def words_of(text: str) -> str:
    """Return ``text`` without tags, with a space where a block ends."""
    return html.unescape(strip_tags(_END_OF_BLOCK.sub(" ", text))).strip()
