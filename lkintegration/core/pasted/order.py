"""Puts the tree of a pasted text in order: nothing empty, Word's lists as lists, no tables."""

import re
from collections.abc import Iterator
from itertools import groupby

from lkintegration.core.pasted.nodes import (
    Child,
    Item,
    Node,
    has_words,
    is_inline,
    is_white,
    stripped,
)
from lkintegration.core.pasted.tables import blocks_of, without_table

# Word writes lists as paragraphs: bullet or number, spaces that do not break, text. A single such
# space is German typography ("1. Mai").
_MARKER = re.compile(r"\s*([·•▪§o–-]|\d{1,3}[.)])(\s+)")
_FEWEST_FIXED_SPACES = 2
_DEEPEST = 8
_HOLDS_BLOCKS = frozenset(("root", "li", "td"))


def in_order(node: Node) -> list[Child]:
    """Return what ``node`` comes to: itself, what is left of it, or nothing."""
    if node.name == "br":
        return [node]
    node.children = _children(node)
    if node.name == "table":
        return without_table(node)
    if node.start > 1:
        return list(_with_numbers(node))
    if node.name in ("tr", "td") or has_words(node):
        return [node]
    return [] if node.is_block else list(node.children)


def _children(node: Node) -> list[Child]:
    stays: list[Child] = []
    holds_blocks = node.name in _HOLDS_BLOCKS
    after_gap = False  # something that set two texts apart is gone
    for child in node.children:
        left = in_order(child) if isinstance(child, Node) else [child]
        after_gap |= not left and isinstance(child, Node) and child.is_block
        for each in left:
            if after_gap and has_words(each):
                if is_inline(each) and stays and is_inline(stays[-1]) and has_words(stays[-1]):
                    stays.append(Node("br"))
                after_gap = False
            if not (holds_blocks and _is_needless(each, stays, after_gap=after_gap)):
                stays.append(each)
    stays = _joined(stays)
    return _with_lists(stays) if holds_blocks else stays


def _joined(children: list[Child]) -> list[Child]:
    """Return ``children`` with text in one piece that nothing stands between."""
    joined: list[Child] = []
    for is_text, run in groupby(children, lambda child: isinstance(child, str)):
        together = list(run)
        joined += ["".join(map(str, together))] if is_text else together
    return joined


def _is_needless(child: Child, stays: list[Child], *, after_gap: bool) -> bool:
    """Return whether ``child`` is a line break or white space where a block ends anyway."""
    if isinstance(child, str):
        return after_gap and _is_space(child)
    before = next((each for each in reversed(stays) if not _is_space(each)), None)
    return child.name == "br" and (before is None or not is_inline(before))


def _is_space(child: Child) -> bool:
    return isinstance(child, str) and is_white(child)


def _with_numbers(rows: Node) -> Iterator[Child]:
    """Yield the rows of a list that begins later than with 1, which ours cannot, as paragraphs."""
    items = [row for row in rows.children if isinstance(row, Node)]
    for number, row in enumerate(items, rows.start):
        first, *rest = blocks_of(row)
        if first.name == "p":
            first.children.insert(0, f"{number}. ")
        else:
            yield Node("p", f"{number}.")
        yield first
        yield from rest


def _with_lists(children: list[Child]) -> list[Child]:
    """Return ``children`` with the rows among them in lists, as deep as their level says."""
    found: list[Child] = []
    open_lists: list[tuple[int, Node]] = []
    for child in children:
        if open_lists and _is_space(child):
            continue
        item, words = _item(child)
        name = "ol" if item and item.is_numbered else "ul"
        level = min(item.level, _DEEPEST) if item else 0
        while open_lists and not _goes_on(*open_lists[-1], level, name):
            open_lists.pop()
        goes_on = bool(open_lists) and open_lists[-1][0] == level
        next_number = len(open_lists[-1][1].children) + 1 if goes_on else 1
        if not item:
            found.append(child)
        elif item.number not in (None, next_number):  # a list of ours would count anew
            open_lists = []
            is_word_s = isinstance(child, Node) and child.item
            found.append(Node("p", f"{item.marker} ", *words) if is_word_s else child)
        else:
            if not goes_on:
                above = open_lists[-1][1].children[-1] if open_lists else None
                open_lists.append((level, Node(name)))
                (above.children if isinstance(above, Node) else found).append(open_lists[-1][1])
            open_lists[-1][1].children.append(Node("li", *words))
    return found


def _goes_on(list_level: int, rows: Node, level: int, name: str) -> bool:
    """Return whether a row belongs into a list, or below the last one of its rows."""
    return list_level < level or (list_level == level and rows.name == name)


def _item(child: Child) -> tuple[Item | None, list[Child]]:
    """Return which row of a list a paragraph is, and its words without bullet and number."""
    if isinstance(child, str) or child.name != "p":
        return None, []
    item, (first, *rest) = child.item, child.children
    if item and item.marker:
        return item, stripped(child.children)
    found = _MARKER.match(first) if isinstance(first, str) else None
    is_marked = found and (item or found[2].count("\xa0") >= _FEWEST_FIXED_SPACES)
    words = stripped([str(first)[found.end() :], *rest]) if found and is_marked else []
    if found and words:
        return Item(item.level if item else 1, found[1]), words
    return item, stripped(child.children)
