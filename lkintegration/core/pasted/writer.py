"""Writes words into the tree of our elements: into which paragraph, between which marks."""

from lkintegration.core.pasted.looks import Mark
from lkintegration.core.pasted.nodes import (
    LISTS,
    Child,
    Item,
    Node,
    is_inline,
    last_words,
    new_child,
)
from lkintegration.core.pasted.opened import Opened, Script
from lkintegration.core.pasted.superscripts import lowered, raised

_SPACES = " \t\n\r\xa0"
_GRID = frozenset(("table", "tr"))  # hold nothing but rows and cells
_LONG_ENOUGH = 500  # to know which text it is
_MOST_SCRIPTS = 8  # in each other


class Writer:
    """Takes the words of a text one run after the other.

    A block begins with its first word; ``end_block`` sees to it that the next word is in another.
    """

    def __init__(self) -> None:
        self.root = Node("root")
        self.left_out: list[str] = []
        self.written = 0  # runs
        self.marker = ""  # bullet or number of the paragraph that is to come
        self._in_gap = False  # in a block in which words were left out
        self._gap_at = -1  # something was left out after so many runs
        self._block: Node | None = None
        self._path: list[tuple[Mark, Node]] = []
        self._last = ""  # character of the block
        self._scripts: list[Script] = []

    @property
    def has_block(self) -> bool:
        return self._block is not None

    def leave_out(self, text: str) -> None:
        """Note words that do not become part of the text; what stands together is one of them."""
        words = " ".join(text.split())
        before = self.left_out[-1] if self._in_gap else ""
        if words and before and self._gap_at == self.written and len(before) < _LONG_ENOUGH:
            self.left_out[-1] = f"{before} {words}"
        elif words:
            self.left_out.append(words)
        self._in_gap |= bool(words)
        self._gap_at = self.written

    def write(self, text: str, at: Opened) -> None:
        """Write a run of words at a place of the text."""
        if self._scripts:
            script = self._scripts[-1]
            script.at = script.at or at
            script.texts.append(text)
            return
        if self._gap_at == self.written and (self._block is None or self._last.isspace()):
            text = text.lstrip(_SPACES)
        if self._block is None and not text.strip():
            if text and not at.kind and at.home.name not in _GRID:
                at.home.children.append(text)
        elif text:
            self._add(text, at)
            self._last = text[-1]
            self.written += 1

    def write_break(self, at: Opened) -> None:
        """Write a line break; where no block is said to begin, it begins none."""
        if self._scripts:
            self.write(" ", at)
        elif self._block is not None or at.kind:
            self._add(Node("br"), at)
            self._last = "\n"
        elif at.home.name not in LISTS | _GRID:
            at.home.children.append(Node("br"))

    def write_space(self, at: Opened) -> None:
        """Write a space, where something stood between words that cannot be read."""
        if self._block is not None and not self._last.isspace():
            self.write(" ", at)

    def end_block(self) -> None:
        """End the paragraph; what follows stands in another."""
        scripts, self._scripts = self._scripts, []
        self._write_scripts(scripts)
        self._block, self._path, self._last, self.marker = None, [], "", ""
        self._in_gap = False
        self._scripts = scripts  # the rest of them may follow in the next paragraph

    def begin_script(self, script: Script) -> None:
        """Keep words back until it is known what they are raised or lowered for."""
        if len(self._scripts) < _MOST_SCRIPTS:
            self._scripts.append(script)

    def end_script(self, script: Script) -> None:
        """Write raised or lowered words, now that all of them are there."""
        if script in self._scripts:
            place = self._scripts.index(script)
            scripts, self._scripts = self._scripts[place:], self._scripts[:place]
            self._write_scripts(scripts)

    def _write_scripts(self, scripts: list[Script]) -> None:
        for place in range(len(scripts) - 1, -1, -1):
            script, outer = scripts[place], scripts[place - 1] if place else None
            text, script.texts = "".join(script.texts), []
            if not text or script.at is None:
                continue
            at, script.at = script.at, None
            word = text.strip()
            start = text[: len(text) - len(text.lstrip())]
            before = start[-1:] or self._before(outer)
            plain = (raised if script.is_raised else lowered)(word, before) if word else ""
            text = f"{start}{plain}{text[len(start) + len(word) :]}"
            if outer:
                outer.at = outer.at or at
                outer.texts.append(text)
            else:
                self.write(text, at)

    def _before(self, outer: Script | None) -> str:
        """Return the character that the next one follows."""
        outer = outer or (self._scripts[-1] if self._scripts else None)
        return outer.texts[-1][-1:] if outer and outer.texts else "" if outer else self._last

    def _add(self, child: Child, at: Opened) -> None:
        """Add text or a line break to the block, which begins with it."""
        if self._block is None:
            self._block = self._begin(at)
        marks = at.look.marks
        same = 0
        for (mark, _node), wanted in zip(self._path, marks, strict=False):
            if mark != wanted:
                break
            same += 1
        del self._path[same:]
        for mark in marks[same:]:
            node = Node(mark.name, href=mark.href)
            self._inmost().children.append(node)
            self._path.append((mark, node))
        self._inmost().children.append(child)

    def _inmost(self) -> Node:
        return self._path[-1][1] if self._path else self._block or self.root

    def _begin(self, at: Opened) -> Node:
        home = place_for_text(at.home)
        last = last_words(home)
        # Text right in its home needs a paragraph where it would go on with another text.
        kind = at.kind or ("p" if last is not None and is_inline(last) else "")
        block = home
        if kind:
            block = Node(kind)
            home.children.append(block)
        marker = self.marker.strip()
        if at.item and kind == "p":
            block.item = Item(at.item.level, marker or None)
        elif marker:
            block.children.append(f"{marker} ")
        return block


def place_for_text(home: Node) -> Node:
    """Return where text and blocks go that stand right in ``home``: not in a list or a row."""
    if home.name in LISTS:
        return new_child(home, "li")
    if home.name == "table":
        return new_child(new_child(home, "tr"), "td")
    return new_child(home, "td") if home.name == "tr" else home
