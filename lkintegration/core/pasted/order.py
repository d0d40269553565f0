"""Puts the tree of a pasted text in order: nothing empty, Word's lists as lists, no tables."""

import re
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
from lkintegration.core.pasted.tables import without_table

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


def _with_lists(children: list[Child]) -> list[Child]:
    """Return ``children`` with the rows among them in lists, as deep as their level says."""
    found: list[Child] = []
    open_lists: list[tuple[int, Node]] = []
    for child in children:
        item = _item(child) if isinstance(child, Node) else None
        if item is None or not isinstance(child, Node):
            if not (open_lists and _is_space(child)):
                open_lists = []
                found.append(child)
            continue
        name = "ol" if item.is_numbered else "ul"
        level = min(item.level, _DEEPEST)
        while open_lists and not _goes_on(*open_lists[-1], level, name):
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            above = open_lists[-1][1].children[-1] if open_lists else None
            open_lists.append((level, Node(name)))
            (above.children if isinstance(above, Node) else found).append(open_lists[-1][1])
        open_lists[-1][1].children.append(Node("li", *stripped(child.children)))
    return found


def _goes_on(list_level: int, rows: Node, level: int, name: str) -> bool:
    """Return whether a row belongs into a list, or below the last one of its rows."""
    return list_level < level or (list_level == level and rows.name == name)


def _item(node: Node) -> Item | None:
    """Return which row of a list a paragraph is, and take its bullet or number away."""
    first = node.children[0] if node.name == "p" and node.children else None
    found = _MARKER.match(first) if isinstance(first, str) else None
    if node.item and node.item.is_numbered is not None:
        return node.item
    fixed_spaces = found[2].count("\xa0") if found else 0
    if not found or not (node.item or fixed_spaces >= _FEWEST_FIXED_SPACES):
        return node.item
    rest = [str(first)[found.end() :], *node.children[1:]]
    if not any(has_words(child) for child in rest):
        return None
    node.children = rest
    return Item(node.item.level if node.item else 1, found[1][0].isdigit())
