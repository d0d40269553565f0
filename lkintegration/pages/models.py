"""The texts of the home page, of the lists' introductions and of the legal pages."""

from typing import Any

from django.db import models
from django.urls import reverse

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
        """Return the gaps in the German text that staff still have to fill in."""
        german: Any = self  # the columns that modeltranslation adds
        return blanks(f"{german.lead_de} {german.body_de}")
