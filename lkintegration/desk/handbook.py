"""The guides of ``docs/`` for staff as pages of the admin: written once, read without a repository.

markdown-it-py reads them. What a page of the admin needs beyond that is added to its tokens: ids of
headings, names of tables and rows, the addresses of pictures and of the guides.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER: Final = Path(settings.BASE_DIR) / "docs"
# By the name in the address: the file, and what it is for.
GUIDES: Final = {
    "anleitung": ("anleitung.md", "Anleitung: die Aufgaben des Alltags, Schritt für Schritt"),
    "redaktion": ("redaktion.md", "Zum Nachschlagen: alles, was die Verwaltung kann"),
}
_ADDRESSES: Final = {file: name for name, (file, _label) in GUIDES.items()}
_PICTURES: Final = "bilder/"


class Chapter(NamedTuple):
    """A heading of the second level: what it is called, and its id on the page."""

    title: str
    anchor: str


class Guide(NamedTuple):
    """A guide as a page shows it."""

    title: str
    chapters: list[Chapter]
    text: SafeString


@cache
def read_guide(name: str) -> Guide:
    """Return the guide ``name`` of ``GUIDES``."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  (few workers ever show a guide)

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    text = (FOLDER / GUIDES[name][0]).read_text(encoding="utf-8")
    _open, title, _close, *tokens = markdown.parse(text)
    chapters = [
        Chapter(words.content, _anchor(words.content))
        for heading, words in pairwise(tokens)
        if heading.type == "heading_open" and heading.tag == "h2"
    ]
    html = markdown.renderer.render(list(_completed(tokens)), markdown.options, {})
    shown = mark_safe(html)  # noqa: S308  # nosec B308 B703  (our own file, no HTML in it)
    return Guide(title.content, chapters, shown)


def _anchor(title: str) -> str:
    """Return the id of a heading, as the code hosts make it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _completed(tokens: list["Token"]) -> "Iterator[Token]":
    """Yield ``tokens`` with all that the admin needs of them."""
    for at, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                token.attrSet("id", _anchor(tokens[at + 1].content))
            case "paragraph_open" | "paragraph_close":
                token.hidden = False  # one distance in all lists, with pictures in them or without
            case "th_open":
                token.attrSet("scope", "col")
            case "td_open" if tokens[at - 1].type == "tr_open":
                token.tag = tokens[at + 2].tag = "th"
                token.attrSet("scope", "row")
            case "inline":
                for part in token.children or []:
                    _lead(part)
        if token.type == "table_open":
            yield _frame_of_table(tokens[at:])
        yield token
        if token.type == "table_close":
            yield token.copy(type="div_close", tag="div")


def _frame_of_table(tokens: list["Token"]) -> "Token":
    """Return what begins around the table that begins ``tokens``: a wide one moves by keyboard."""
    head = takewhile(lambda token: token.type != "thead_close", tokens)
    name = ", ".join(token.content for token in head if token.type == "inline")
    attrs = {
        "class": "guide-table",
        "tabindex": 0,
        "role": "region",
        "aria-label": f"Tabelle: {name}",
    }
    return tokens[0].copy(type="div_open", tag="div", attrs=attrs)


def _lead(part: "Token") -> None:
    """Let a picture or a link lead to where the admin has it."""
    if part.type == "image":
        picture = str(part.attrs["src"]).removeprefix(_PICTURES)
        part.attrs |= {"src": static(f"anleitung/{picture}"), "loading": "lazy"}
    elif part.type == "link_open":
        file, mark, anchor = str(part.attrs["href"]).partition("#")
        if file in _ADDRESSES:
            part.attrs["href"] = f"{reverse('handbuch', args=[_ADDRESSES[file]])}{mark}{anchor}"
