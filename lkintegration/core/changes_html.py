"""How a change is shown to staff, wherever they meet one: review, history, merging, translating.

What is gone is struck out, what is new is underlined, and both say so to who hears the page. Of a
long text only the paragraphs that changed are shown.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.paragraphs import LINE_BREAK, LINK
from lkintegration.core.text_changes import (
    GONE,
    NEW,
    SAME,
    ChangedParagraph,
    Passage,
    changed_paragraphs,
)

AROUND: Final = 20  # words that are shown on each side of a change in a long paragraph

_SAID: Final = '<span class="visually-hidden" lang="de">{}</span>'
_GONE: Final = f"<del>{_SAID.format('entfernt: ')}{{}}</del>"
_NEW: Final = f"<ins>{_SAID.format('neu: ')}{{}}</ins>"
_SHOWN: Final = {GONE: _GONE, NEW: _NEW, SAME: "{}"}
_NOTE: Final = '<p class="note"><bdi lang="de" dir="ltr">{}</bdi></p>'
_KINDS: Final = {
    "paragraph": "Absatz",
    "heading": "Überschrift",
    "subheading": "Zwischenüberschrift",
    "item": "Punkt einer Liste",
}


def text_change(then: str, now: str, *, is_rich: bool = True) -> SafeString:
    """Return how ``now`` differs from ``then``; empty where they are the same."""
    paragraphs = changed_paragraphs(then, now, is_rich=is_rich)
    if paragraphs:
        return _in_frame(_join(_paragraph(paragraph) for paragraph in paragraphs))
    if " ".join(then.split()) == " ".join(now.split()):
        return SafeString("")
    return _in_frame(_note("Nur die Formatierung ist anders, zum Beispiel fett oder kursiv."))


def value_change(then: str, now: str) -> SafeString:
    """Return how one value became another: "nein → ja"."""
    shown = [format_html(form, value) for form, value in ((_GONE, then), (_NEW, now)) if value]
    return _in_frame(format_html("<p>{}</p>", format_html_join(" → ", "{}", [(s,) for s in shown])))


def names_change(lost: Iterable[str], gained: Iterable[str]) -> SafeString:
    """Return which names went and which came."""
    shown = [*(format_html(_GONE, name) for name in lost), *(format_html(_NEW, n) for n in gained)]
    return _in_frame(_join(format_html('<p class="item">{}</p>', name) for name in shown))


def _in_frame(shown: SafeString) -> SafeString:
    return format_html('<div class="comparison">{}</div>', shown)


def _join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  (each is safe)


def _note(words: str) -> SafeString:
    return format_html(_NOTE, words)


def _paragraph(paragraph: ChangedParagraph) -> SafeString:
    kind, passages = paragraph.kind, paragraph.passages
    before, left_out = paragraph.kind_before, paragraph.left_out
    last = len(passages) - 1
    shown = [
        format_html(_SHOWN[passage.kind], _written(_shortened(passage, place, last)))
        for place, passage in enumerate(passages)
    ]
    text = format_html_join(" ", "{}", [(part,) for part in shown if part])
    return _join(
        [
            format_html('<p class="{}">{}</p>', kind, text) if passages else SafeString(""),
            _note(f"{_KINDS[kind]}, vorher {_KINDS[before]}") if before else SafeString(""),
            _note(_left_out(left_out)) if left_out else SafeString(""),
        ]
    )


def _left_out(number: int) -> str:
    return "1 Absatz unverändert" if number == 1 else f"{number} Absätze unverändert"


def _shortened(passage: Passage, place: int, last: int) -> Sequence[str]:
    """Return the words of a passage; of a long one that stays, those next to a change.

    The address of a link is told only where it changed.
    """
    if passage.kind != SAME:
        return passage.words
    words = [word for word in passage.words if not word.startswith(LINK)]
    begin = words[:AROUND] if place > 0 else []
    end = words[-AROUND:] if place < last else []
    if len(words) <= len(begin) + len(end) + AROUND:
        return words
    return [*begin, "…", *end]


def _written(words: Sequence[str]) -> str:
    said = (f"(führt zu {word[1:]})" if word.startswith(LINK) else word for word in words)
    return " ".join(said).replace(f" {LINE_BREAK} ", LINE_BREAK)
