"""The elements of formatted text as a tree, and as HTML."""

import re
from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import NamedTuple, Union

from lkintegration.core.characters import is_blank
from lkintegration.core.languages import SOURCE

BLOCKS = frozenset(("p", "h2", "h3", "ul", "ol", "li"))
_NUMBER = re.compile(r"\w{1,5}[.)]|\(\w{1,5}\)")
_DIGITS = re.compile(r"[0-9]+")
GERMAN = "span"  # a German word in a text of another language
LISTS = frozenset(("ul", "ol"))


class Item(NamedTuple):
    """What Word says of a paragraph that is a row of a list."""

    level: int
    marker: str | None  # the bullet or number that is written before it; None where none is

    @property
    def is_numbered(self) -> bool:
        return bool(_NUMBER.fullmatch(self.marker or ""))

    @property
    def number(self) -> int | None:
        """Return the number that is written; None for a letter or a bullet."""
        found = _DIGITS.search(self.marker or "") if self.is_numbered else None
        return int(found[0]) if found else None


class Node:
    """An element of ours, or a table, row or cell that is to become some."""

    __slots__ = ("children", "columns", "href", "item", "name", "rows", "start")

    def __init__(self, name: str, *children: "Child", href: str = "") -> None:
        self.name = name
        self.href = href
        self.children = list(children)
        self.item: Item | None = None
        self.columns = self.rows = 1  # that a cell goes over
        self.start = 1  # number of the first row of a list

    @property
    def is_block(self) -> bool:
        return self.name in BLOCKS

    def has_words(self) -> bool:
        return any(has_words(child) for child in self.children)


Child = Union[Node, str]  # noqa: UP007  (Node names it before it is there)


def new_child(home: Node, name: str) -> Node:
    """Return a new element at the end of ``home``."""
    child = Node(name)
    home.children.append(child)
    return child


def has_words(child: Child) -> bool:
    """Return whether there is anything to read."""
    return child.has_words() if isinstance(child, Node) else not is_blank(child)


def is_white(child: Child) -> bool:
    """Return whether ``child`` is white space; marks of direction and joiners are none."""
    return not child.strip() if isinstance(child, str) else not child.has_words()


def last_words(home: Node) -> Child | None:
    """Return the last child with words; what nobody can see is passed over, but not for long."""
    return next((child for child in islice(reversed(home.children), 50) if has_words(child)), None)


def is_inline(child: Child) -> bool:
    """Return whether ``child`` is text, marked text or a line break."""
    return isinstance(child, str) or not child.is_block


def words_of(children: Iterable[Child]) -> str:
    """Return the text of ``children`` without their elements."""
    return "".join(
        words_of(child.children) if isinstance(child, Node) else child for child in children
    )


def stripped(children: list[Child]) -> list[Child]:
    """Return ``children`` without white space and line breaks at both ends, in marks too."""
    rows = list(children)
    for end in (0, -1):
        while rows and is_white(rows[end]):
            del rows[end]
        if rows:
            rows[end] = _stripped(rows[end], end)
    return rows


def _stripped(child: Child, end: int) -> Child:
    if isinstance(child, str):
        return child.rstrip() if end else child.lstrip()
    while is_white(child.children[end]):
        del child.children[end]
    child.children[end] = _stripped(child.children[end], end)
    return child


def html_of(children: Iterable[Child]) -> str:
    """Return ``children`` as HTML."""
    return "".join(_html(child) for child in children)


def _html(child: Child) -> str:
    if isinstance(child, str):
        return escape(child, quote=False)
    if child.name == "br":
        return "<br>"
    attribute = f' href="{escape(child.href)}"' if child.href else ""
    if child.name == GERMAN:
        attribute = f' lang="{SOURCE}"'
    return f"<{child.name}{attribute}>{html_of(child.children)}</{child.name}>"
