"""What translating needs to remember between two requests."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from lkintegration.core.languages import translation_languages


class ProviderUsage(models.Model):
    """How many characters went to the translation service in one month, or are on their way."""

    month = models.DateField(unique=True)  # its first day
    characters = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "editorial"  # where its table was made
        default_permissions = ()  # a counter between workers: nothing to read, nothing to edit

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}: {self.characters}"


class TranslationUpload(models.Model):
    """A file with translations between its preview and the yes or no of the one who sent it.

    It waits here rather than in a worker, because the next request may reach another one.
    """

    LIFETIME = datetime.timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField("Sprache", max_length=10, choices=translation_languages)
    reviewed_by = models.CharField("geprüft von", max_length=60, blank=True)
    name = models.CharField("Datei", max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "editorial"  # where its table was made
        verbose_name = "eingereichte Übersetzung"
        verbose_name_plural = "eingereichte Übersetzungen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
