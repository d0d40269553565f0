"""Records that readers see something of."""

from collections.abc import Collection
from typing import Any, ClassVar, Self, Unpack

from django.db import models

from lkintegration.core.generation import renew_generation
from lkintegration.core.richtext import is_blank_in
from lkintegration.core.save_options import SaveOptions
from lkintegration.core.writes import tell_of


class Shown(models.Model):
    """A record that readers see something of: a change of it begins a new generation.

    Text of which nobody sees anything is none, whoever checks or saves the record.

    ``told_by_name`` are the columns whose change the history tells by the name of the record,
    before and after: "Montag 09:00–12:00 → Montag 09:00–13:00".
    """

    told_by_name: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save the record; every worker shows it from the next look at the database on."""
        self._empty_blank_texts()
        super().save(**options)
        renew_generation(type(self), [self.pk])
        tell_of(type(self), [self.pk])

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """Return a loaded record.

        Django looks for each column among ``field_names``, which is a list: with the columns of
        twelve languages that takes longer than all the rest.
        """
        return super().from_db(db, frozenset(field_names), values, **more)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check each field; a required one of which nobody sees anything is missing."""
        self._empty_blank_texts()
        super().clean_fields(exclude)

    def _empty_blank_texts(self) -> None:
        # Not through the attributes: behind the untranslated name stands the column of the active
        # language, and a column that was not loaded would be.
        loaded = self.__dict__
        for field in self._meta.concrete_fields:
            text = loaded.get(field.attname)
            if text and isinstance(text, str) and is_blank_in(field, text):
                loaded[field.attname] = ""
