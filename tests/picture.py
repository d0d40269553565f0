"""Draws the rooms and the imports between them: ``make picture`` writes ``docs/rooms.svg``.

The rooms and their order are those of the contract of import-linter in pyproject.toml, the imports
those of the code. Every room stands on a line of its own with what it may import below it. From its
right edge one path goes out and down, and comes in at every room that it imports, with the number
of imports from module to module. What goes up, or to a neighbour that is none of its business, is
red and broken.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "rooms.svg"

# In pixels.
MARGIN, LINE, GAP, LANE = 24, 46, 16, 42
BOX_HEIGHT, LETTER, ARROW, DOT, CORNER, OUT, IN = 34, 8, 9, 13, 8, -9, 7
FOOT = 56

STYLE = """
    svg { --ground: #faf7f0; --band: #f0eadc; --box: #0d5752; --name: #fff; --ink: #24312f;
      --line: #6b7f7b; --dot: #fff; --wrong: #b3261e; }
    @media (prefers-color-scheme: dark) { svg { --ground: #10201f; --band: #182d2b; --box: #a5dccb;
      --name: #0b1a19; --ink: #e6efec; --line: #86a09b; --dot: #10201f; --wrong: #ff9b8f; } }
    text { font: 14px system-ui, sans-serif; fill: var(--ink); }
    .ground { fill: var(--ground); } .band { fill: var(--band); } .box { fill: var(--box); }
    .name { fill: var(--name); font-weight: 600; } .number { font-size: 12px; text-anchor: middle; }
    .path { fill: none; stroke: var(--line); stroke-width: 2; } .head { fill: var(--line); }
    .dot { fill: var(--dot); stroke: var(--line); stroke-width: 1.5; }
    .wrong .path { stroke: var(--wrong); stroke-width: 2; stroke-dasharray: 7 4; }
    .wrong .head { fill: var(--wrong); } .wrong .dot { stroke: var(--wrong); stroke-width: 2.5; }
"""


class Room(NamedTuple):
    """One room: its name, its line counted from the top, and whether it may use its neighbours."""

    name: str
    row: int
    is_open: bool

    @property
    def label(self) -> str:
        """Return the name as the path of a folder or module."""
        return self.name.replace(".", "/")


Imports = Counter[tuple[Room, Room]]


def settings() -> dict[str, Any]:
    """Return what pyproject.toml says to import-linter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found: dict[str, Any] = project["tool"]["importlinter"]
    return found


def rooms(linter: dict[str, Any]) -> list[Room]:
    """Return the rooms of the first contract about layers, from the top to the ground.

    Rooms that a ``|`` parts may not import each other; those that a ``:`` parts may.
    """
    layers = next(
        contract["layers"]
        for contract in linter["contracts"]
        if contract["type"] == "layers" and "containers" not in contract
    )
    return [
        Room(name.strip(" ()"), row, is_open=":" in layer)
        for row, layer in enumerate(layers)
        for name in layer.replace(":", "|").split("|")
    ]


def home(module: str, among: list[Room]) -> Room | None:
    """Return the room that a module belongs to, the innermost one; None if it is in none."""
    found = [room for room in among if f"{module}.".startswith(f"{room.name}.")]
    return max(found, key=lambda room: len(room.name), default=None)


def imports(linter: dict[str, Any], among: list[Room]) -> Imports:
    """Return how many modules of a room import how many of another: the pairs of both."""
    graph = grimp.build_graph(
        *linter["root_packages"],
        exclude_type_checking_imports=linter.get("exclude_type_checking_imports", False),
        cache_dir=None,
    )
    homes = {module: home(module, among) for module in sorted(graph.modules)}
    pairs = (
        (homes[importer], homes[imported])
        for importer in homes
        for imported in graph.find_modules_directly_imported_by(importer)
    )
    return Counter((u, v) for u, v in pairs if u is not None and v is not None and u != v)


def is_wrong(importer: Room, imported: Room) -> bool:
    """Return whether an import goes up, or to a closed neighbour."""
    if importer.row == imported.row:
        return not importer.is_open
    return importer.row > imported.row


class Drawing:
    """Where each room and each path lies."""

    def __init__(self, among: list[Room], counted: Imports) -> None:
        self.rooms, self.counted = among, counted
        self.edge = MARGIN + max(len(room.label) for room in among) * LETTER + 32
        importers = {importer for importer, _imported in counted}
        # The lowest room next to the boxes: so no path crosses another on its way out.
        outwards = [room for room in reversed(among) if room in importers]
        self.lanes = {room: self.edge + LANE * (n + 1) for n, room in enumerate(outwards)}
        self.width = self.edge + LANE * (len(outwards) + 1) + MARGIN
        self.heights = {
            room: MARGIN + LINE // 2 + LINE * n + GAP * room.row for n, room in enumerate(among)
        }
        self.foot = self.heights[among[-1]] + LINE // 2 + GAP
        self.height = self.foot + FOOT

    def svg(self) -> str:
        """Return the whole picture."""
        pairs = [
            (importer, imported)
            for importer in self.rooms
            for imported in self.rooms
            if self.counted[importer, imported]
        ]
        # What is wrong last, so that nothing covers it.
        pairs.sort(key=lambda pair: is_wrong(*pair))
        groups = {row: [room for room in self.rooms if room.row == row] for row in self.rows()}
        parts = [
            f'<rect class="ground" width="{self.width}" height="{self.height}" rx="12"/>',
            *(self.band(group) for group in groups.values()),
            *(self.path(*pair) for pair in pairs),
            *(self.dot(*pair) for pair in pairs),
            *(self.box(room) for room in self.rooms),
            *self.legend(any(is_wrong(*pair) for pair in pairs)),
        ]
        return "\n".join(
            [
                '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"',
                f'  viewBox="0 0 {self.width} {self.height}" width="{self.width}">',
                '  <title id="title">The rooms of the house and what they import</title>',
                f'  <desc id="desc">{escape(self.description())}</desc>',
                f"  <style>{STYLE}  </style>",
                *(f"  {part}" for part in parts),
                "</svg>\n",
            ]
        )

    def rows(self) -> list[int]:
        """Return the numbers of the lines."""
        return sorted({room.row for room in self.rooms})

    def description(self) -> str:
        """Return the picture in words, from the top to the ground."""
        return " ".join(self.sentence(room) for room in self.rooms)

    def sentence(self, room: Room) -> str:
        """Return what one room imports."""
        used = [
            f"{other.label} {self.counted[room, other]}{' (upwards!)' * is_wrong(room, other)}"
            for other in self.rooms
            if self.counted[room, other]
        ]
        return f"{room.label} imports {', '.join(used) or 'nothing'}."

    def band(self, group: list[Room]) -> str:
        """Return the ground that rooms of one line share."""
        top = self.heights[group[0]] - LINE // 2
        return (
            f'<rect class="band" x="{MARGIN // 2}" y="{top}" width="{self.width - MARGIN}" '
            f'height="{LINE * len(group)}" rx="8"/>'
        )

    def box(self, room: Room) -> str:
        """Return a room with its name."""
        y = self.heights[room]
        return (
            f'<rect class="box" x="{MARGIN}" y="{y - BOX_HEIGHT // 2}" '
            f'width="{self.edge - MARGIN}" height="{BOX_HEIGHT}" rx="6"/>'
            f'<text class="name" x="{MARGIN + 12}" y="{y + 5}">{escape(room.label)}</text>'
        )

    def path(self, importer: Room, imported: Room) -> str:
        """Return the way from a room to one that it imports, with a head where it comes in."""
        x, y = self.lanes[importer], self.heights[importer] + OUT
        target = self.heights[imported] + IN
        turn = CORNER if target > y else -CORNER
        way = f"M{self.edge} {y}H{x - CORNER}Q{x} {y} {x} {y + turn}V{target}H{self.edge + ARROW}"
        head = f"M{self.edge + 1} {target}l{ARROW} -5v10z"
        return (
            f"<g{self.kind(importer, imported)}>"
            f'<path class="path" d="{way}"/><path class="head" d="{head}"/></g>'
        )

    def dot(self, importer: Room, imported: Room) -> str:
        """Return the number of imports, where the way of a room turns to one that it imports."""
        x, y = self.lanes[importer], self.heights[imported] + IN
        number = self.counted[importer, imported]
        told = escape(f"{importer.label} imports {imported.label}: {number}")
        return (
            f"<g{self.kind(importer, imported)}><title>{told}</title>"
            f'<circle class="dot" cx="{x}" cy="{y}" r="{DOT}"/>'
            f'<text class="number" x="{x}" y="{y + 4}">{number}</text></g>'
        )

    def kind(self, importer: Room, imported: Room) -> str:
        """Return the attribute of what should not be."""
        return ' class="wrong"' if is_wrong(importer, imported) else ""

    def legend(self, has_wrong: bool) -> list[str]:
        """Return how to read the picture."""
        lines = [
            "A room’s path leaves at its right and comes in where an arrow ends.",
            "The number: imports from module to module.",
        ]
        if has_wrong:
            lines[1] += " Red and broken: not downwards."
        return [
            f'<text x="{MARGIN}" y="{self.foot + 18 + 20 * n}">{line}</text>'
            for n, line in enumerate(lines)
        ]


def draw() -> str:
    """Return the picture of the code as it is."""
    linter = settings()
    among = rooms(linter)
    return Drawing(among, imports(linter, among)).svg()


if __name__ == "__main__":
    PICTURE.write_text(draw())
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")
