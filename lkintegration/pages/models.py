"""The texts of the home page, of the lists' introductions and of the legal pages."""

from django.db import models
from django.urls import reverse
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.blanks import blanks
from lkintegration.core.kinds import Kind
from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE, Language
from lkintegration.core.models import Content, Explaining
from lkintegration.core.querysets import ContentQuerySet, manager
from lkintegration.core.richtext import RichTextField
from lkintegration.pages.enums import PageKey


class Page(Explaining, Content):
    """Title, opening and text of one page; the page itself has its place in the code."""

    key = models.CharField(
        "Seite",
        max_length=20,
        choices=PageKey.choices,
        unique=True,
        error_messages={"unique": "Für diese Seite gibt es schon einen Text."},
    )
    title = models.CharField("Überschrift", max_length=120)
    lead = models.TextField("Einleitung", blank=True)
    body = RichTextField("Text", blank=True)

    TEXTS = ("title", "lead", "body")

    kind = Kind(in_feed=True)
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Seitentext"
        verbose_name_plural = "Seitentexte"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.get_key_display()

    def get_absolute_url(self) -> str:
        return reverse(self.key)

    def blanks(self) -> dict[Language, list[str]]:
        """Return the names of what staff still have to fill in, by language, German first."""
        found = {language: self._blanks_in(language) for language in LANGUAGES}
        return {language: names for language, names in found.items() if names}

    def _blanks_in(self, language: Language) -> list[str]:
        columns = [build_localized_fieldname(name, language.code) for name in self.TEXTS]
        return [name for column in columns for name in blanks(getattr(self, column))]

    @property
    def missing(self) -> str:
        """Return for staff what the page lacks; empty where it lacks nothing.

        Translations repeat what the German lacks: its names stand for all, with the number of
        languages. Only where it lacks nothing the others are named, each with its blanks' number.
        """
        found = self.blanks()
        german = found.get(BY_CODE[SOURCE])
        if german:
            languages = f" (in {len(found)} Sprachen)" if len(found) > 1 else ""
            return ", ".join(dict.fromkeys(german)) + languages
        return ", ".join(f"{language.german} ({len(names)})" for language, names in found.items())
