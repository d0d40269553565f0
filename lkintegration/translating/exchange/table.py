"""A table of texts, one row each: how its heading names the columns, and what stands in them.

Only the columns of a text are read. What else somebody has put into the table is theirs.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from lkintegration.core.enums import Standing
from lkintegration.core.languages import SOURCE
from lkintegration.translating.exchange.codes import Code
from lkintegration.translating.exchange.document import (
    MAX_UNITS,
    Document,
    DocumentEntry,
    FileError,
    FileState,
)
from lkintegration.translating.exchange.units import Unit

KEY, GERMAN, STATE = "Kennung", "Deutsch", "Stand"
MAX_TITLES: Final = 50  # rows above the heading
MAX_COLUMNS: Final = 100  # in which the heading is looked for, and texts are
MAX_ROWS: Final = 10 * MAX_UNITS  # empty ones included
TOO_MANY_ROWS: Final = "Die Tabelle hat zu viele Zeilen. Löschen Sie die leeren am Ende."
NO_HEAD: Final = (
    f"Keine Zeile nennt die Spalten {KEY}, {GERMAN} und genau eine Übersetzung mit dem Kürzel der "
    "Sprache, zum Beispiel „Übersetzung (uk)“. Schreiben Sie sie wieder über die Texte."
)
_TRANSLATION = re.compile(r"übersetzung \(([a-z0-9-]{2,35})\)")
_READ = {"geprüft", Standing.REVIEWED.label.casefold()}  # what people write into the last column


def rows_of(units: Iterable[Unit], language: str) -> Iterator[list[str]]:
    """Yield the heading and a row for each unit."""
    yield [KEY, GERMAN, translation_into(language), STATE]
    for unit in units:
        yield [unit.id, unit.german, unit.translation, unit.state.label]


def translation_into(language: str) -> str:
    """Return the name of the column of a translation."""
    return f"Übersetzung ({language})"


class Cell(NamedTuple):
    """A cell as text; ``instead`` says in German what stands there where it is none."""

    text: str
    instead: str = ""


class Row(NamedTuple):
    """A row with its number, or the line it begins in; its cells are the format's own."""

    line: int
    cells: list[Any]


class Table(NamedTuple):
    """The rows below a heading, and the places of the columns that are read."""

    language: str
    key: int
    german: int
    translation: int
    state: int | None
    rows: Iterable[Row]
    read: Callable[[Any], Cell]

    def document(self) -> Document:
        """Return the texts. Raises ``FileError`` for too many of them."""
        found = filter(None, map(self._entry, self.rows))
        entries = list(islice(found, MAX_UNITS + 1))
        if len(entries) > MAX_UNITS:
            raise FileError(f"Die Datei enthält mehr als {MAX_UNITS} Texte. Teilen Sie sie.")
        return Document(SOURCE, self.language, entries)

    def _entry(self, row: Row) -> DocumentEntry | None:
        columns = {
            KEY: self.key,
            GERMAN: self.german,
            translation_into(self.language): self.translation,
        }
        cells = {name: self._cell(row, place) for name, place in columns.items()}
        if not any(cell.text.strip() or cell.instead for cell in cells.values()):
            return None
        key, german, translation = (cell.text for cell in cells.values())
        for name, cell in cells.items():
            if cell.instead:
                from openpyxl.utils import get_column_letter  # noqa: PLC0415  (core/tables.py)

                problem = _no_text(get_column_letter(columns[name] + 1), name, cell.instead)
                return DocumentEntry(row.line, key.strip(), problem=problem)
        is_read = self.state is not None and _plain(self._cell(row, self.state).text) in _READ
        state = FileState.READ if is_read else FileState.TRANSLATED
        return DocumentEntry(row.line, key.strip(), _whole(german), _whole(translation), state)

    def _cell(self, row: Row, place: int) -> Cell:
        return self.read(row.cells[place]) if place < len(row.cells) else Cell("")


def table_in(rows: Iterable[Row], read: Callable[[Any], Cell]) -> Table | None:
    """Return the table whose heading is one of the first rows; None where there is none.

    ``read`` says what a cell holds. The table takes the rest of ``rows``.
    """
    rows = iter(rows)
    for row in islice(rows, MAX_TITLES):
        names = [_plain(read(cell).text) for cell in row.cells[:MAX_COLUMNS]]
        into = [match for name in names if (match := _TRANSLATION.fullmatch(name))]
        if len(into) == 1 and names_columns(names):
            key, german, translation = map(
                names.index, (KEY.casefold(), GERMAN.casefold(), into[0][0])
            )
            state = names.index(STATE.casefold()) if STATE.casefold() in names else None
            return Table(into[0][1], key, german, translation, state, rows, read)
    return None


def names_columns(names: Iterable[str]) -> bool:
    """Return whether a row may be the heading, as far as its cells say."""
    return {KEY.casefold(), GERMAN.casefold()} <= {_plain(name) for name in names}


def _no_text(letter: str, name: str, instead: str) -> str:
    return (
        f"In Spalte {letter} („{name}“) steht kein Text, sondern {instead}. Stellen Sie die Zelle "
        "auf „Text“ und schreiben Sie ihn noch einmal."
    )


def _plain(text: str) -> str:
    """Return what a heading says, however a program has written it."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _whole(text: str) -> list[str | Code]:
    """Return a text whose words and codes nobody has told apart yet."""
    return [Code(text)] if text else []
