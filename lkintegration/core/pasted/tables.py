"""Tables, which our formatted text does not have: rows become a list, or cells paragraphs."""

import re
from collections.abc import Iterator
from itertools import groupby

from lkintegration.core.pasted.nodes import (
    Child,
    Node,
    has_words,
    is_inline,
    stripped,
    words_of,
)

_SPACE = re.compile(r"[ \t\n]+")
_BETWEEN_CELLS = " · "
_BETWEEN_LINES = " / "
_NOTHING = "–"  # keeps what follows in its column
_MOST_COLUMNS = 12
_LONGEST_CELL = 200


def without_table(table: Node) -> list[Child]:
    """Return the text of ``table``: a list of its rows if they read as such, else its cells."""
    rows = [row for row in table.children if isinstance(row, Node) and row.has_words()]
    titles: list[Child] = []
    while len(rows) > 1 and len(_cells(rows[0])) == 1:
        titles += _blocks(rows.pop(0))
    return titles + (_list(rows) or [block for row in rows for block in _blocks(row)])


def _cells(row: Node) -> dict[int, Node]:
    """Return the cells with words of a row by their column."""
    cells, column = {}, 0
    for cell in row.children:
        if isinstance(cell, Node):
            if cell.has_words():
                cells[column] = cell
            column += cell.columns
    return cells


def _list(rows: list[Node]) -> list[Child]:
    """Return a list with the rows; nothing where that would be no list that one can read."""
    cells = [_cells(row) for row in rows]
    columns = sorted({column for row in cells for column in row})
    if len(rows) < 2 or not 1 < len(columns) <= _MOST_COLUMNS:
        return []
    if not all(_fits(cell) for row in cells for cell in row.values()):
        return []
    return [Node("ul", *(Node("li", *_row(row, columns)) for row in cells))]


def _fits(cell: Node) -> bool:
    return (
        cell.rows == 1
        and all(is_inline(child) or child.name == "p" for child in cell.children)  # type: ignore[union-attr]
        and len(words_of(cell.children)) <= _LONGEST_CELL
    )


def _row(cells: dict[int, Node], columns: list[int]) -> list[Child]:
    children: list[Child] = []
    for column in columns[: columns.index(max(cells)) + 1]:
        if children:
            children.append(_BETWEEN_CELLS)
        children += _on_one_line(cells[column]) if column in cells else [_NOTHING]
    return children


def _on_one_line(cell: Node) -> list[Child]:
    children: list[Child] = []
    for block in blocks_of(cell):
        if children:
            children.append(_BETWEEN_LINES)
        children += _without_breaks(stripped(block.children))
    return children


def _without_breaks(children: list[Child]) -> list[Child]:
    for number, child in enumerate(children):
        if isinstance(child, str):
            children[number] = _SPACE.sub(" ", child)
        else:
            child.children = _without_breaks(child.children)
            if child.name == "br":
                children[number] = _BETWEEN_LINES
    return children


def _blocks(row: Node) -> list[Child]:
    return [
        block
        for cell in row.children
        if isinstance(cell, Node) and cell.has_words()
        for block in blocks_of(cell)
    ]


def blocks_of(cell: Node) -> Iterator[Node]:
    """Yield the blocks of a cell; text that stands in it without one becomes a paragraph."""
    for is_text, run in groupby(cell.children, is_inline):
        if is_text:
            children = stripped(list(run))
            if any(has_words(child) for child in children):
                yield Node("p", *children)
        else:
            yield from (child for child in run if isinstance(child, Node))
