"""The paragraphs of a text, without its tags."""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

LINK: Final = "\0"  # before the address of a link: no text holds it
LINE_BREAK: Final = "\n"

_KINDS = {"h2": "heading", "h3": "subheading", "li": "item"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol"}
_PIECE = re.compile(r"<(/?)(\w+)([^>]*)>|<[!/][^>]*>|([^<]+|<)")
_ADDRESS = re.compile(r'href="([^"]*)"')
_BREAK = f" {LINK}{LINK} "
_MARK = re.compile(rf"{LINK}([^{LINK}]*){LINK}")


class Paragraph(NamedTuple):
    """Its kind ("paragraph", "heading", "subheading", or "item" of a list) and its words.

    A break of a line is a word, and so is the address of a link, behind the words that it is on.
    """

    kind: str
    words: tuple[str, ...]


def paragraphs_of(text: str, *, is_rich: bool) -> list[Paragraph]:
    """Return the paragraphs of formatted text; those of a plain one are its lines."""
    if is_rich:
        return list(_formatted(text))
    lines = (tuple(line.split()) for line in text.splitlines())
    return [Paragraph("paragraph", words) for words in lines if words]


def _formatted(text: str) -> Iterator[Paragraph]:
    kind, inside, address = "paragraph", "", ""
    for closes, name, attributes, said in _PIECE.findall(text.replace(LINK, "")):
        tag = name.lower()
        if said:
            inside += html.unescape(said)
        elif tag == "br":
            inside += _BREAK
        elif tag == "a":
            found = _ADDRESS.search(attributes)
            if closes and address:
                inside += f"{LINK}{address}{LINK}"
            address = "%20".join(html.unescape(found[1]).split()) if found else ""
        elif tag in _BLOCKS:
            if words := tuple(_words(inside)):
                yield Paragraph(kind, words)
            inside = ""
            if tag != "p":  # one inside an item of a list is the item
                kind = "paragraph" if closes else _KINDS.get(tag, "paragraph")
    if words := tuple(_words(inside)):
        yield Paragraph(kind, words)


def _words(text: str) -> Iterator[str]:
    for part in text.split():
        if word := _MARK.sub("", part):
            yield word
        for address in _MARK.findall(part):
            yield f"{LINK}{address}" if address else LINE_BREAK
