"""Says where the blocks of an element go: into which list, row or cell, and as what."""

import re
from collections.abc import Mapping

from lkintegration.core.pasted import signs
from lkintegration.core.pasted.nodes import LISTS, Node, last_words, new_child
from lkintegration.core.pasted.opened import Opened, Table
from lkintegration.core.pasted.writer import place_for_text

_DEEPEST = 16  # a list and its rows are two, a table with its rows and cells three
_MOST_COUNTED = 200
_MOST_COLUMNS = 1000  # as in HTML


class Places:
    """Finds the place of one element after the other."""

    def __init__(self) -> None:
        self._implied_list: Node | None = None

    def set_place(self, element: Opened, attributes: Mapping[str, str]) -> None:
        """Say where the blocks in ``element`` go, and which paragraph its text begins."""
        name, home = element.name, element.home
        may_nest = element.depth < _DEEPEST
        if name in signs.FRAMES:
            return
        if name in signs.HEADINGS:
            element.kind = signs.HEADINGS[name]
        elif name in signs.LISTS and may_nest:
            element.home = self._list(home, signs.LISTS[name], attributes)
        elif name == "li" and (home.name in LISTS or may_nest):
            rows = home if home.name in LISTS else self._implied(home)
            if rows.name == "ol" and not rows.children:
                rows.start = max(rows.start, _count(attributes.get("value")))
            element.home = new_child(rows, "li")
        elif name == "table" and may_nest:
            element.home = new_child(place_for_text(home), "table")
            element.table = Table()
        elif name == "tr" and home.name == "table":
            element.home = new_child(home, "tr")
            if element.table:
                element.table.column = 0
        elif name in ("td", "th") and home.name == "tr":
            element.home = new_child(home, "td")
            self._place_cell(element, attributes)
        elif element.kind not in signs.HEADINGS:
            element.kind = "p"
        if element.home is not home:
            element.kind = ""
            element.depth += 1

    def _list(self, home: Node, name: str, attributes: Mapping[str, str]) -> Node:
        """Return the list that begins here, or the one that it says it goes on with."""
        if home.name in LISTS:  # as Google Docs nests them, not as HTML does
            rows = [row for row in home.children[-1:] if isinstance(row, Node)]
            home = rows[0] if rows else new_child(home, "li")
        else:
            home = place_for_text(home)
        last = last_words(home)
        start = _count(attributes.get("start")) if name == "ol" else 1
        if start > 1 and isinstance(last, Node) and last.name == name:
            rows = [row for row in last.children[:_MOST_COUNTED] if isinstance(row, Node)]
            if start == last.start + len(rows):
                return last
        new = new_child(home, name)
        new.start = start
        return new

    def _implied(self, home: Node) -> Node:
        """Return the list for a row that stands in none."""
        if self._implied_list is None or last_words(home) is not self._implied_list:
            self._implied_list = new_child(place_for_text(home), "ul")
        return self._implied_list

    def note_column(self, table: Table, attributes: Mapping[str, str], *, is_hidden: bool) -> None:
        """Remember of one column or some whether they are hidden."""
        if len(table.hidden) < _MOST_COLUMNS:
            table.hidden += [is_hidden] * _count(attributes.get("span"))

    def _place_cell(self, element: Opened, attributes: Mapping[str, str]) -> None:
        cell, table = element.home, element.table
        cell.columns = _count(attributes.get("colspan"))
        cell.rows = _count(attributes.get("rowspan"))
        if table:
            hidden = table.hidden[table.column : table.column + cell.columns]
            table.column += cell.columns
            if hidden and all(hidden):
                element.change = element.change._replace(is_left_out=True)


def _count(value: str | None) -> int:
    """Return the number that an attribute says; one if it makes no sense."""
    return int(value) if value and re.fullmatch("[1-9][0-9]{0,2}", value.strip()) else 1
