"""One field that has changed, as staff are told of it."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from lkintegration.core.changes_html import names_change, text_change, value_change
from lkintegration.core.languages import SOURCE, verbose_name


class Texts(NamedTuple):
    """A text before and after, as it is stored."""

    then: str
    now: str
    is_rich: bool

    @property
    def are_alike(self) -> bool:
        """Return whether nothing but white space is different."""
        return self.then.split() == self.now.split()


class Names(NamedTuple):
    """Which records a relation has lost and gained, by their names."""

    lost: list[str]
    gained: list[str]


class FieldChange(NamedTuple):
    """One field before and after, in words; ``language`` is the code of the text's language.

    ``row`` names the row below the record that the field belongs to; empty for its own fields.
    """

    field: str
    language: str
    before: str
    after: str
    column: str = ""
    row: str = ""
    texts: Texts | None = None
    names: Names | None = None

    @property
    def label(self) -> str:
        """Return the field with its row and language: "Titel (Arabisch)"; of a row, its kind."""
        if self.row and not self.column:
            return self.field
        row = f"{self.row}: " if self.row else ""
        return f"{row}{verbose_name(self.field, self.language or SOURCE)}"

    @property
    def is_told(self) -> bool:
        """Return whether it reads otherwise than before."""
        if self.texts:
            return not self.texts.are_alike
        return self.before != self.after

    @property
    def shown(self) -> SafeString:
        """Return what changed as staff see it: of a text the words, of a relation the names."""
        if self.texts:
            return text_change(self.texts.then, self.texts.now, is_rich=self.texts.is_rich)
        if self.names:
            return names_change(self.names.lost, self.names.gained)
        return value_change(self.before, self.after)
