"""What the editorial work needs to remember about content."""

import datetime
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.permissions import LANGUAGE_RIGHTS


def translation_languages() -> list[tuple[str, str]]:
    """Return the languages into which German is translated, by their own names."""
    return [(entry.code, entry.autonym) for entry in LANGUAGES if entry.code != SOURCE]


class LoadedRecord(models.Model):
    """What ``load_content`` last wrote into one record, so that it never undoes staff's work.

    ``fingerprints`` maps a field to a digest of the value that was loaded. A field whose value no
    longer matches was changed by staff. A row whose record is gone was deleted by staff.
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    fingerprints = models.JSONField(default=dict)

    class Meta:
        verbose_name = "geladener Datensatz"
        verbose_name_plural = "geladene Datensätze"
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loadedrecord_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


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
        verbose_name = "Grundlage einer Übersetzung"
        verbose_name_plural = "Grundlagen der Übersetzungen"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="translationsource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id} ({self.language})"


class WorkingCopy(models.Model):
    """What is to be published of one record: a prepared change of it, or a draft as it stands.

    ``kept`` is what the browser sent when the change was prepared; empty for a draft. With
    ``of_goals`` the record is an edition (``concept.Concept``), and its goals are to be published
    together. ``sent_state`` tells whether what was sent for review is still what is there.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    of_goals = models.BooleanField(default=False)
    kept = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    changed_at = models.DateTimeField(auto_now=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    sent_at = models.DateTimeField(null=True)
    sent_state = models.CharField(max_length=64, default="")
    note = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "Arbeitskopie"
        verbose_name_plural = "Arbeitskopien"
        default_permissions = ()  # they follow the record's
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "of_goals"], name="workingcopy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class LanguageSetting(models.Model):
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
        verbose_name = "Einstellung einer Sprache"
        verbose_name_plural = "Einstellungen der Sprachen"
        ordering = ["code"]
        permissions = LANGUAGE_RIGHTS

    def __str__(self) -> str:
        return BY_CODE[self.code].autonym if self.code in BY_CODE else self.code


class ProviderUsage(models.Model):
    """How many characters went to the translation service in one month, or are on their way."""

    month = models.DateField(unique=True)  # its first day
    characters = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()  # a counter between workers: nothing to read, nothing to edit

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}: {self.characters}"


class TranslationUpload(models.Model):
    """A file with translations between its preview and the yes or no of the one who sent it.

    It waits here rather than in a worker, because the next request may reach another one.
    """

    KEPT = datetime.timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField("Sprache", max_length=10, choices=translation_languages)
    reviewed_by = models.CharField("geprüft von", max_length=60, blank=True)
    name = models.CharField("Datei", max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "eingereichte Übersetzung"
        verbose_name_plural = "eingereichte Übersetzungen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
