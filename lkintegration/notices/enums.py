"""Choices of the notices app. Only staff read their labels."""

from django.db import models


class Scope(models.TextChoices):
    """Where a notice stands. Said, not concluded from empty fields.

    Whatever takes its service away leaves a notice that stands nowhere, never one on every page.
    """

    SITE = "site", "auf jeder Seite der Website"
    SERVICE = "service", "bei einem Angebot"
    LOCATION = "location", "bei einem Ort"
