"""The names of records in addresses, forms and translators' files: "offers.service-12"."""

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from lkintegration.core.kinds import kinds

if TYPE_CHECKING:
    from lkintegration.core.models import Content

MOST_DIGITS = 18  # more than any primary key of 64 bits that we shall ever have


class RecordKey(NamedTuple):
    """One record of content: the label of its model in lower case, and its primary key."""

    label: str
    pk: int

    @classmethod
    def of(cls, record: Any) -> Self:
        """Return the key of a saved record."""
        return cls(record._meta.label_lower, record.pk)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key that ``text`` is. Raises ``ValueError`` where it is none."""
        label, _dash, number = text.rpartition("-")
        if not (label and number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
            raise ValueError(text)
        return cls(label, int(number))

    def __str__(self) -> str:
        return f"{self.label}-{self.pk}"

    @property
    def model(self) -> "type[Content] | None":
        """Return the kind of content that the label names; None where it is none."""
        return next((kind for kind in kinds() if kind._meta.label_lower == self.label), None)

    def find(self) -> Any:
        """Return the record; None where there is no such kind or record."""
        return self.model and self.model._default_manager.filter(pk=self.pk).first()


def find_record(text: str) -> Any:
    """Return the record that ``text`` names; None where it names none."""
    try:
        return RecordKey.parse(text).find()
    except ValueError:
        return None
