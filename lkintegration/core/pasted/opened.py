"""The elements that are open while a text is read, and what they make of the words in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lkintegration.core.pasted.looks import Change, Look
from lkintegration.core.pasted.nodes import Item, Node

_MOST_FORMATS = 100  # open at once; more are none that anybody wrote
_COMMENT_BLOCKS = frozenset(("p", "div"))


@dataclass(slots=True)
class Table:
    """Where in a table the next cell stands, and which columns are hidden."""

    hidden: list[bool] = field(default_factory=list)
    column: int = 0


@dataclass(slots=True, eq=False)
class Script:
    """Raised or lowered words, until all of them are there."""

    is_raised: bool
    texts: list[str] = field(default_factory=list)
    at: "Opened | None" = None  # where the first of them stands


@dataclass(slots=True, eq=False)
class Opened:
    """An element that is open, with what is true of the words in it."""

    name: str
    change: Change
    look: Look
    home: Node  # that blocks go into
    kind: str = ""  # of the paragraph that text begins; none for text right in the home
    depth: int = 0  # of lists and tables
    is_format: bool = False
    is_block: bool = False
    is_marker: bool = False  # the bullet or number that Word writes before a row of a list
    has_soft_spaces: bool = False  # Apple's programs write each second space as one that is fixed
    item: Item | None = None
    table: Table | None = None
    script: Script | None = None
    written: int = 0  # that had been written before it

    def pass_on(self, inner: "Opened") -> None:
        """Let ``inner``, an element right in this one that makes no block, go on as this one."""
        inner.home, inner.kind, inner.depth = self.home, self.kind, self.depth
        inner.item, inner.table = self.item, self.table


class OpenElements:
    """All elements that are open, the outermost first.

    Elements for formatting end where their end tag stands, or with the cell of a table that they
    stand in; all others end before what is around them.
    """

    def __init__(self, root: Node) -> None:
        self._all = [Opened("", Change(), Look(), root)]
        self._formats = 0

    @property
    def innermost(self) -> Opened:
        return self._all[-1]

    def __len__(self) -> int:
        return len(self._all)

    def add(self, element: Opened) -> bool:
        """Open an element, whose look follows from where it stands; False if it is one too many."""
        if element.is_format:
            if self._formats >= _MOST_FORMATS:
                return False
            self._formats += 1
        element.look = self.innermost.look.changed_by(element.change)
        self._all.append(element)
        return True

    def end(self) -> Iterator[Opened]:
        """Close the innermost element that is none for formatting; yield what is closed."""
        place = len(self._all) - 1
        while self._all[place].is_format:
            place -= 1
        element = self._all.pop(place)
        yield element
        if element.home.name == "td" and element.name in ("td", "th"):
            yield from self._all[place:]
            self._formats -= len(self._all) - place
            del self._all[place:]
        else:
            self._look_again(place)

    def end_format(self, name: str) -> Opened | None:
        """Close the innermost element for formatting of this name in the cell; None without one."""
        for place in range(len(self._all) - 1, 0, -1):
            element = self._all[place]
            if element.is_format and element.name == name:
                del self._all[place]
                self._formats -= 1
                self._look_again(place)
                return element
            if element.name in ("td", "th"):
                return None
        return None

    def leave_out_comment(self, written: int) -> None:
        """Leave out the paragraph that has just begun, and what holds nothing before it."""
        places: list[int] = []
        for place in range(len(self._all) - 1, 0, -1):
            element = self._all[place]
            if element.written != written or len(places) == 2:
                break
            if element.name in _COMMENT_BLOCKS:
                places.append(place)
        for place in places[-1:]:
            self._all[place].change = self._all[place].change._replace(is_left_out=True)
            self._look_again(place)

    def _look_again(self, place: int) -> None:
        for before, element in zip(self._all[place - 1 :], self._all[place:], strict=False):
            element.look = before.look.changed_by(element.change)
            if element.is_format:
                before.pass_on(element)
