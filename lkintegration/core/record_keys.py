"""The names of records in addresses, forms and translators' files: "offers.service-12"."""

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from django.db.models import Model

from lkintegration.core.kinds import kinds

if TYPE_CHECKING:
    from lkintegration.core.models import Content

# A number of at most 18 digits fits every database's column of 64 bits. No zero in front: a record
# has one name.
PATTERN: Final = r"[a-z_]+\.[a-z_]+-[1-9][0-9]{0,17}"


class RecordKey(NamedTuple):
    """One record of content: the label of its model in lower case, and its primary key."""

    label: str
    pk: int

    @classmethod
    def of(cls, record: Model) -> Self:
        """Return the key of a saved record."""
        return cls(record._meta.label_lower, record.pk)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key that ``text`` is. Raises ``ValueError`` where it is none."""
        if not re.fullmatch(PATTERN, text):
            raise ValueError(text)
        label, _dash, number = text.rpartition("-")
        return cls(label, int(number))

    def __str__(self) -> str:
        return f"{self.label}-{self.pk}"

    @property
    def model(self) -> "type[Content] | None":
        """Return the kind of content that the label names; None where it is none."""
        return next((kind for kind in kinds() if kind._meta.label_lower == self.label), None)

    def find(self) -> "Content | None":
        """Return the record; None where there is no such kind or record."""
        return self.model._default_manager.filter(pk=self.pk).first() if self.model else None


def find_record(text: str) -> "Content | None":
    """Return the record that ``text`` names; None where it names none."""
    try:
        return RecordKey.parse(text).find()
    except ValueError:
        return None
