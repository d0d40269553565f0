"""Readable addresses: made from the German name, kept alive after a change."""

from collections.abc import Collection
from typing import Any, Self, Unpack
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from lkintegration.core.save_options import SaveOptions
from lkintegration.core.transliteration import in_ascii

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def german_slug(text: str, max_length: int = 60) -> str:
    """Return ``text`` as the last part of an address: never empty, and in ASCII.

    Umlauts are spelled out as in German (DIN 5007-2), other letters as ``in_ascii`` has them.
    """
    spelled_out = normalize("NFC", text).lower().translate(_GERMAN)
    return slugify(in_ascii(spelled_out))[:max_length].strip("-_") or "seite"


class Sluggable(models.Model):
    """A record with an address of its own.

    The address is made from the field that ``slug_source`` names, so nobody has to know what a
    slug is. An address that changes is remembered, and readers of the old one are sent on.
    """

    slug_source = "name_de"
    reserved_slugs: frozenset[str] = frozenset()  # last parts of addresses that are pages already

    slug = models.SlugField(
        "Adresse der Seite",
        max_length=80,
        unique=True,
        blank=True,
        help_text="Leer lassen: Die Adresse entsteht aus dem deutschen Namen. "
        "Nach einer Änderung führt die alte Adresse weiter zur Seite.",
    )
    # Old addresses between spaces (" alt neuer "): one portable lookup, no table of its own.
    former_slugs = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True

    _stored_slug = ""

    def save(self, **options: Unpack[SaveOptions]) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        before = self._stored_slug or self._slug_in_database()
        if before and before != self.slug:
            known = set(self.former_slugs.split()) | {before}
            self.former_slugs = f" {' '.join(sorted(known - {self.slug}))} "
            if (columns := options.get("update_fields")) is not None:
                options["update_fields"] = {*columns, "former_slugs"}
        super().save(**options)
        self._stored_slug = self.slug

    def keep_addresses_of(self, before: "Sluggable") -> None:
        """Let the addresses that the record has and had as ``before`` lead to it."""
        known = {*self.former_slugs.split(), *before.former_slugs.split(), before.slug}
        known -= {self.slug, ""}
        self.former_slugs = f" {' '.join(sorted(known))} " if known else ""

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError({"slug": "Unter dieser Adresse steht schon eine andere Seite."})

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[object],
        **modes: Any,
    ) -> Self:
        instance = super().from_db(db, field_names, values, **modes)
        instance._stored_slug = instance.__dict__.get("slug", "")
        return instance

    def _slug_in_database(self) -> str:
        """Return the stored address of a record that was loaded without it."""
        if self._state.adding:
            return ""
        rows = type(self)._default_manager.filter(pk=self.pk)
        return rows.values_list("slug", flat=True).first() or ""

    def _free_slug(self) -> str:
        base = german_slug(str(getattr(self, self.slug_source)))
        others = type(self)._default_manager.exclude(pk=self.pk)
        taken = {*others.filter(slug__startswith=base).values_list("slug", flat=True)}
        taken |= self.reserved_slugs
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return base if base not in taken else next(slug for slug in numbered if slug not in taken)
