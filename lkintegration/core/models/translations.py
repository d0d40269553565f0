"""What is noted about translations, and what the office has decided about languages.

Tables older than this room keep the label of the app that made them.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, translation_languages
from lkintegration.core.models.shown import Shown
from lkintegration.core.rights import LANGUAGE_RIGHTS


class TranslationSource(models.Model):
    """The German from which the texts of one record in one language were made.

    ``texts`` maps a field to ``{"german": …, "own": …}``: the German then, and a digest of the
    translation, by which a new translation is told from an old one.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    language = models.CharField("Sprache", max_length=10)
    texts = models.JSONField(default=dict)

    class Meta:
        app_label = "editorial"
        verbose_name = "Grundlage einer Übersetzung"
        verbose_name_plural = "Grundlagen der Übersetzungen"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="translationsource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id} ({self.language})"


class TranslationStanding(models.Model):
    """Where the translation of one record into one language stands (``core.standings``).

    It follows from the texts, and is stored so that lists and sums need not load them. Records that
    say nothing in German have none.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    language = models.CharField("Sprache", max_length=10)
    standing = models.CharField("Stand", max_length=20, choices=Standing.choices)

    class Meta:
        verbose_name = "Stand einer Übersetzung"
        verbose_name_plural = "Stand der Übersetzungen"
        default_permissions = ()  # nothing to read, nothing to edit
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="translationstanding_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["content_type", "language", "standing", "object_id"],
                name="translationstanding_found",
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id} ({self.language}): {self.standing}"


class LanguageSetting(Shown):
    """What the office has decided for one language of the site."""

    code = models.CharField(
        "Sprache", max_length=10, primary_key=True, choices=translation_languages
    )
    shows_machine_texts = models.BooleanField(
        "zeigt maschinell übersetzte Texte",
        default=True,
        help_text="Ohne Haken lesen alle statt dessen Deutsch, bis ein Mensch geprüft hat.",
    )
    catalog_reviewed = models.BooleanField(
        "Menü, Knöpfe und Hinweise hat ein Mensch geprüft",
        default=False,
        help_text="Mit Haken steht der Hinweis auf die Maschine nur noch über Seiten, deren Text "
        "niemand geprüft hat.",
    )

    class Meta:
        app_label = "editorial"
        verbose_name = "Einstellung einer Sprache"
        verbose_name_plural = "Einstellungen der Sprachen"
        ordering = ["code"]
        permissions = [*LANGUAGE_RIGHTS]

    def __str__(self) -> str:
        return BY_CODE[self.code].autonym if self.code in BY_CODE else self.code
