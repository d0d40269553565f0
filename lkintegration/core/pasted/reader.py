"""Reads pasted HTML into a tree of our elements, and notes what it leaves out."""

import re
from collections.abc import Callable, Mapping

from lkintegration.core.characters import for_xml, with_plain_line_ends, without_controls
from lkintegration.core.pasted import signs
from lkintegration.core.pasted.looks import change_of
from lkintegration.core.pasted.nodes import Item
from lkintegration.core.pasted.opened import Opened, OpenElements, Script
from lkintegration.core.pasted.places import Places
from lkintegration.core.pasted.styles import Style, StyleSheet, is_block, is_hidden
from lkintegration.core.pasted.writer import Writer

_DEEPEST = 2000  # the parser goes on to 2,048
_LEVEL = re.compile(r"l\d+ level(\d)\b")
_COMMENT_TEXT = "#cmnt_ref"  # Google Docs: at the beginning of a comment, back to its place


class TooDeepError(ValueError):
    """Elements are nested deeper than the parser goes."""


class Reader:
    """What lxml's parser tells about the elements and texts that it meets.

    Raises ``TooDeepError``.
    """

    def __init__(self, sheet: StyleSheet, is_address: Callable[[str], bool]) -> None:
        self.writer = Writer()
        self._open = OpenElements(self.writer.root)
        self._sheet = sheet
        self._is_address = is_address
        self._texts: list[str] = []
        self._places = Places()

    def data(self, text: str) -> None:
        self._texts.append(text)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_text()
        now = self._open.innermost
        if opened := signs.opened_by(name, attributes):
            self._open_format(opened, attributes)
        elif closed := signs.closed_by(name, attributes):
            self._close_format(closed)
        elif name == "br":
            if now.look.is_shown:
                self.writer.write_break(now)
            elif not now.look.is_code:
                self.writer.write_space(now)
        elif name == "hr":
            self.writer.end_block()
        elif name == "col":
            self._note_column(attributes)
        elif name in signs.VOID:
            self.writer.write_space(now)
        else:
            self._open_element(name, attributes)

    def end(self, name: str) -> None:
        self._end_text()
        if name in signs.VOID:
            return
        for element in self._open.end():
            self._ended(element)

    def close(self) -> Writer:
        self._end_text()
        self.writer.end_block()
        return self.writer

    def _end_text(self) -> None:
        if not self._texts:
            return
        text = with_plain_line_ends(for_xml("".join(self._texts), " "))
        self._texts.clear()
        now = self._open.innermost
        if now.name in signs.RAW:
            text = signs.without_signs(text)
        if now.has_soft_spaces:
            text = text.replace("\xa0", " ")
        if now.look.is_code:
            return
        if not now.look.is_shown:
            self.writer.leave_out(text)
        elif now.is_marker and not self.writer.has_block:
            self.writer.marker += text
        elif now.look.keeps_lines:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.writer.write_break(now)
                self.writer.write(line, now)
        else:
            self.writer.write(text, now)

    def _open_format(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "wbr":
            return
        if name == "a":
            self._close_format("a")
            if attributes.get("href", "").startswith(_COMMENT_TEXT):
                self._open.leave_out_comment(self.writer.written)
        element = self._opened(name, attributes, self._sheet.style_of(name, attributes))
        element.is_format = True
        self._enter(element)

    def _close_format(self, name: str) -> None:
        if name == signs.BLOCK:
            self.writer.end_block()
        elif element := self._open.end_format(name):
            self._ended(element)

    def _open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        style = self._sheet.style_of(name, attributes)
        element = self._opened(name, attributes, style)
        if element.is_block:
            level = _LEVEL.match(style.get("mso-list", ""))
            element.item = Item(int(level[1]), None) if level else None
            self._places.set_place(element, attributes)
        self._enter(element)

    def _opened(self, name: str, attributes: Mapping[str, str], style: Style) -> Opened:
        now = self._open.innermost
        change = change_of(name, attributes, style)
        if not all(mark.name != "a" or self._is_address(mark.href) for mark in change.marks):
            change = change._replace(marks=tuple(m for m in change.marks if m.name != "a"))
        if name == "comment" and now.table:  # LibreOffice Calc
            change = change._replace(is_left_out=True)
        element = Opened(name, change, now.look, now.home, now.kind, now.depth, item=now.item)
        element.table = now.table
        element.written = self.writer.written
        element.is_block = name in signs.BLOCKS or name in signs.FRAMES or is_block(style)
        element.is_marker = now.is_marker or style.get("mso-list") == "ignore"
        element.has_soft_spaces = "Apple-converted-space" in attributes.get("class", "")
        raised = name == "sup" or style.get("vertical-align") == "super"
        lowered = name == "sub" or style.get("vertical-align") == "sub"
        if (raised or lowered) and not element.is_block:
            element.script = Script(raised)
        return element

    def _enter(self, element: Opened) -> None:
        if element.is_block:
            self.writer.end_block()
        if len(self._open) > _DEEPEST:
            raise TooDeepError
        if self._open.add(element) and element.script:
            self.writer.begin_script(element.script)

    def _ended(self, element: Opened) -> None:
        if element.script:
            self.writer.end_script(element.script)
        if element.is_block:
            self.writer.end_block()

    def _note_column(self, attributes: Mapping[str, str]) -> None:
        if table := self._open.innermost.table:
            style = self._sheet.style_of("col", attributes)
            is_gone = "hidden" in attributes or is_hidden(style)
            self._places.note_column(table, attributes, is_hidden=is_gone)


def parsed(html: str, is_address: Callable[[str], bool]) -> Writer:
    """Return the tree of ``html`` and what it leaves out, before it is put in order."""
    html = without_controls(html.replace("\v", "\n"))
    sheet = signs.sheet_of(html)
    try:
        target = Reader(sheet, is_address)
        writer: Writer = signs.parse(signs.with_signs(html, for_all=False), target)
    except TooDeepError:
        target = Reader(sheet, is_address)
        writer = signs.parse(signs.with_signs(html, for_all=True), target)
    return writer
