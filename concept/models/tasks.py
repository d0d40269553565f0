"""What the integration officer does."""

from django.core.validators import MinValueValidator
from django.db import models

from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, manager


class Task(Content):
    """One of the integration officer's main tasks.

    The key terms are the office's own German words and stay German in every language.
    """

    number = models.PositiveSmallIntegerField(
        "Nummer",
        unique=True,
        validators=[MinValueValidator(1)],
        error_messages={"unique": "Diese Nummer gibt es schon."},
    )
    key_terms = models.CharField("Fachbegriffe", max_length=200)
    explanation = models.TextField("in einfachen Worten")

    kind = Kind(shown_on=("aufgaben",), named_by="key_terms")
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Aufgabe"
        verbose_name_plural = "Aufgaben"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.key_terms}"
