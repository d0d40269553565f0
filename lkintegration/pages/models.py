"""The texts of the home page, of the lists' introductions and of the legal pages."""

from django.db import models
from django.urls import reverse
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.kinds import Kind
from lkintegration.core.languages import LANGUAGES, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, manager
from lkintegration.core.richtext import RichTextField, blanks
from lkintegration.pages.enums import PageKey


class Page(Content):
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

    def blanks(self) -> list[str]:
        """Return the gaps that staff still have to fill in, the German ones first.

        A gap of another language carries its name: "Aufsichtsbehörde (Englisch)".
        """
        found = []
        for language in LANGUAGES:
            texts = [
                getattr(self, build_localized_fieldname(field, language.code)) or ""
                for field in ("lead", "body")
            ]
            where = "" if language.code == SOURCE else f" ({language.german})"
            found += [f"{name}{where}" for name in blanks(" ".join(texts))]
        return found
