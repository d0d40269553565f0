"""What a file holds, whatever its format, and how it says that it cannot be read."""

from dataclasses import dataclass, field
from enum import IntEnum

from lkintegration.translating.exchange.codes import Piece

MAX_BYTES = 5 * 1024 * 1024
MAX_UNITS = 20_000
MAX_TEXT = 50_000  # characters, where the field itself sets no limit
MAX_SIZE = 2 * MAX_TEXT  # characters and codes of a text in a file, beyond which nobody looks at it
MAX_NESTED = 16  # elements of a text inside of one another; formatted text of ours has half of that


class FileError(Exception):
    """A file that cannot be read; the message says why in German, ``line`` where."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"Zeile {line}: {reason}" if line else reason)


class CodeError(Exception):
    """A text whose codes cannot be read; the message says why in German."""


class FileState(IntEnum):
    """What a file says of one translation; the least that is said of a part holds for the whole."""

    UNTRANSLATED = 0  # whatever stands there, nobody has translated it
    UNREAD = 1  # translated, and somebody must still look at it
    TRANSLATED = 2  # translated, or the file says nothing
    READ = 3  # read and found right


@dataclass(frozen=True)
class DocumentEntry:
    """One text of a file. ``problem`` says in German why it cannot be read."""

    line: int
    id: str
    german: list[Piece] = field(default_factory=list)
    translation: list[Piece] = field(default_factory=list)
    state: FileState = FileState.TRANSLATED
    problem: str = ""

    @property
    def size(self) -> int:
        """Return how much there is of the longer of both texts: its characters and codes."""
        return max(sum(map(len, text)) + len(text) for text in (self.german, self.translation))


@dataclass(frozen=True)
class Document:
    """What was read from a file; the languages are BCP 47 tags as they stand there."""

    source_language: str
    target_language: str
    entries: list[DocumentEntry]
