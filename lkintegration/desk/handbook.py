"""The guides of ``docs/`` for staff as pages of the admin: written once, read without a repository.

They keep to a part of Markdown: headings, paragraphs, lists with paragraphs and pictures in them,
tables, bold, code, links. A test finds what is not understood.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from textwrap import dedent
from typing import Final, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = Path(settings.BASE_DIR) / "docs"
# By the name in the address: the file, and what it is for.
GUIDES: Final = {
    "anleitung": ("anleitung.md", "Anleitung: die Aufgaben des Alltags, Schritt für Schritt"),
    "redaktion": ("redaktion.md", "Zum Nachschlagen: alles, was die Verwaltung kann"),
}
_ADDRESSES: Final = {file: name for name, (file, _label) in GUIDES.items()}
_PICTURES: Final = "bilder/"
_ITEM = re.compile(r"(?:- |\d+\. )")
# Only these end a paragraph: a line of it may begin with "23. Dezember".
_FIRST_ITEM = re.compile(r"(?:- |1\. )")
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*"
    r"|(?P<picture>!?)\[(?P<words>[^\[\]]+)\]\((?P<target>[^)\s]+)\)"
)


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
    heading, _, text = (FOLDER / GUIDES[name][0]).read_text(encoding="utf-8").partition("\n")
    titles = re.findall(r"^## (.+)$", text, re.MULTILINE)
    chapters = [Chapter(title, _anchor(title)) for title in titles]
    html = mark_safe(_blocks(text))  # noqa: S308  # nosec B308 B703  (our own file, escaped)
    return Guide(heading.removeprefix("# "), chapters, html)


def _anchor(title: str) -> str:
    """Return the id of a heading, as the code hosts make it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _blocks(text: str) -> str:
    """Return paragraphs, headings, tables and lists as HTML."""
    lines, done = text.splitlines(), ""
    while lines:
        if not lines[0].strip():
            lines.pop(0)
        elif lines[0].startswith("#"):
            done += _heading(lines.pop(0))
        elif lines[0].startswith("|"):
            done += _table(_take(lines, lambda line: line.startswith("|")))
        elif _ITEM.match(lines[0]):
            done += _list(lines)
        else:
            paragraph = _take(lines, lambda line: line.strip() and not _FIRST_ITEM.match(line))
            done += f"<p>{_inline(' '.join(paragraph))}</p>"
    return done


def _take(lines: list[str], belongs: Callable[[str], object]) -> list[str]:
    """Take the first line, and those after it that belong to it, from ``lines``."""
    taken = [lines.pop(0)]
    while lines and belongs(lines[0]):
        taken.append(lines.pop(0))
    return taken


def _heading(line: str) -> str:
    marks, _, title = line.partition(" ")
    level = len(marks)
    return f'<h{level} id="{_anchor(title)}">{_inline(title)}</h{level}>'


def _table(lines: list[str]) -> str:
    first, _rule, *others = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in first)
    rows = "".join(
        f'<tr><th scope="row">{_inline(name)}</th>'
        f"{''.join(f'<td>{_inline(cell)}</td>' for cell in cells)}</tr>"
        for name, *cells in others
    )
    # A wide one is moved sideways, also by keyboard.
    name = escape(", ".join(first))
    return (
        f'<div class="guide-table" tabindex="0" role="region" aria-label="Tabelle: {name}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _list(lines: list[str]) -> str:
    tag = "ul" if lines[0].startswith("- ") else "ol"
    items = ""
    while lines and _ITEM.match(lines[0]):
        first, *others = _take(lines, lambda line: not line or line.startswith("  "))
        body = f"{_ITEM.sub('', first, count=1)}\n{dedent(chr(10).join(others))}"
        items += f"<li>{_blocks(body)}</li>"
    return f"<{tag}>{items}</{tag}>"


def _inline(text: str) -> str:
    return _INLINE.sub(_mark_up, escape(text))


def _mark_up(match: re.Match[str]) -> str:
    if match["code"]:
        return f"<code>{match['code']}</code>"
    if match["bold"]:
        return f"<strong>{_inline_again(match['bold'])}</strong>"
    if match["italic"]:
        return f"<em>{match['italic']}</em>"
    if match["picture"]:
        source = static(f"anleitung/{match['target'].removeprefix(_PICTURES)}")
        return f'<img src="{source}" alt="{match["words"]}" loading="lazy">'
    file, _, anchor = match["target"].partition("#")
    address = reverse("handbuch", args=[_ADDRESSES[file]]) if file in _ADDRESSES else file
    return f'<a href="{address}{"#" if anchor else ""}{anchor}">{match["words"]}</a>'


def _inline_again(text: str) -> str:
    """Return what stands inside of bold text; its characters are escaped already."""
    return _INLINE.sub(_mark_up, text)
