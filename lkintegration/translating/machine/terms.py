"""Names that stay as they are in every language, and the proof that a translation left them.

Before a text leaves, each name, gap (``[[…]]``), e-mail and web address in it is wrapped in
``<span translate="no">``. What comes back must have all of them and all tags, or it is refused.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

from contacts.models import Municipality, Organisation
from lkintegration.core.blanks import BLANK
from lkintegration.core.characters import is_blank
from lkintegration.core.german_words import ALWAYS
from lkintegration.serving.german_words import words_of_content

_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,:;!?)]"
_TAG = re.compile(r"<[^>]*>")
_OURS = re.compile(r"</?span\b[^>]*>", re.IGNORECASE)  # and marks of German words
_SHIELD = '<span translate="no">{}</span>'
_LETTER = re.compile(r"[^\W\d_]")
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "br"}


class LostError(Exception):
    """A translation lacks something that it must have; the message names it, in German."""


class Terms:
    """The names to keep; longer ones before those that they contain."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted({*ALWAYS, *(name for name in names if name)}, key=len, reverse=True)
        words = "|".join(_loosely(name) for name in known)
        self._pattern = re.compile(rf"<[^>]*>|{BLANK}|{_ADDRESS}|(?<!\w)(?:{words})(?!\w)")

    def shielded(self, text: str, *, rich: bool) -> str:
        """Return ``text`` as HTML in which everything to keep is marked; ``rich`` if it is HTML."""
        markup = _OURS.sub("", text) if rich else _as_html(text)
        return self._pattern.sub(
            lambda found: found[0] if found[0].startswith("<") else _SHIELD.format(found[0]), markup
        )


def known_terms() -> Terms:
    """Return the names of municipalities, the short names of organisations, what stays German.

    That is ``ALWAYS``, and the words that records are about, in all their forms.
    """
    places = list(Municipality.objects.values_list("name", flat=True))
    short = Organisation.objects.values_list("short_name_de", flat=True)
    # "Rheinfelden (Baden)" is Rheinfelden in most texts.
    return Terms(
        [
            *places,
            *(name.partition(" (")[0] for name in places),
            *(n or "" for n in short),
            *words_of_content(),
        ]
    )


def characters(shielded: str) -> int:
    """Return how many characters of a text are paid for: all outside tags."""
    return len(_TAG.sub("", shielded))


def has_words(shielded: str) -> bool:
    """Return whether there is anything to translate beside tags, names and numbers."""
    shields = re.compile(r"<span translate=\"no\">.*?</span>", re.DOTALL)
    return bool(_LETTER.search(html.unescape(_TAG.sub("", shields.sub("", shielded)))))


def accepted(answer: str, shielded: str, *, rich: bool) -> str:
    """Return the translation ``answer`` of ``shielded`` as it is to be stored.

    Raises ``LostError`` where it is empty, has lost or gained a tag, an address of a link or a
    name, or holds what no database takes.
    """
    sent, got = _Reading(shielded), _Reading(answer)
    if is_blank(got.text):
        raise LostError("Die Übersetzung ist leer.")
    if "\0" in answer or any("\ud800" <= character <= "\udfff" for character in answer):
        raise LostError("Die Übersetzung enthält unlesbare Zeichen.")
    if not got.is_sound or got.blocks != sent.blocks or Counter(got.tags) != Counter(sent.tags):
        different = (Counter(sent.tags) - Counter(got.tags)) or Counter(got.tags)
        raise LostError(f"Die Formatierung ist anders, zum Beispiel {next(iter(different), '–')}.")
    if lost := _lost(sent.shielded, got.text):
        raise LostError(f"Es fehlt: {', '.join(lost)}.")
    return _OURS.sub("", answer).strip() if rich else got.plain


def _lost(shielded: list[str], text: str) -> list[str]:
    text = " ".join(text.split())
    lost = []
    for name, number in sorted(Counter(shielded).items(), key=lambda item: -len(item[0])):
        if text.count(name) < number:
            lost.append(name)
        text = text.replace(name, " ")  # what it contains must be there for itself
    return lost


class _Reading(HTMLParser):
    """What a text says and how it is marked up, without our own marks."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.blocks: list[str] = []
        self.shielded: list[str] = []
        self.is_sound = True
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._inside = False
        self.feed(markup)
        self.close()
        self.is_sound &= not self._open

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def plain(self) -> str:
        """Return the lines of a text without formatting; spaces of the markup mean nothing."""
        return "\n".join(_one_space(line).strip() for line in self.text.split("\n")).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self._inside = True
            return
        self._note(tag, f"<{tag}{''.join(f' {name}={value}' for name, value in sorted(attrs))}>")
        if tag == "br":
            self._pieces.append("\n")
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._inside = False
        elif tag != "br":
            self._note(tag, f"</{tag}>")
            self.is_sound &= bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self._pieces.append(_one_space(data))
        if self._inside:
            self.shielded.append(" ".join(data.split()))

    def _note(self, tag: str, whole: str) -> None:
        self.tags.append(whole)
        if tag in _BLOCKS:
            self.blocks.append(whole)


def _as_html(text: str) -> str:
    return "<br>".join(html.escape(line, quote=False) for line in text.splitlines())


def _one_space(text: str) -> str:
    # Not those that forbid a break: French sets them before "?" and inside quotation marks.
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _loosely(name: str) -> str:
    """Return a pattern for ``name`` inside HTML, whatever spaces stand between its words."""
    words = (re.escape(html.escape(word, quote=False)) for word in name.split())
    return r"(?:\s|&nbsp;)+".join(words)
