"""Choices that every kind of content shares. Labels are German: only staff read them."""

from django.db import models


class PublicationStatus(models.TextChoices):
    """Where a record stands between the first draft and the archive."""

    DRAFT = "draft", "Entwurf"
    IN_REVIEW = "in_review", "in Prüfung"
    PUBLISHED = "published", "veröffentlicht"
    ARCHIVED = "archived", "archiviert"


class Evidence(models.TextChoices):
    """How far a statement may be trusted on a public page."""

    OWN = "own", "eigene Angabe des Amtes"
    PUBLIC = "public", "öffentliche Quelle mit Datum"
    UNVERIFIED = "unverified", "alt oder ungeprüft"


class TranslationState(models.TextChoices):
    """Who made the text of one language, and whether a person has read it."""

    MACHINE = "machine", "maschinell übersetzt"
    REVIEWED = "reviewed", "von einem Menschen geprüft"


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "auf den Tag genau"
    MONTH = "month", "nur Monat und Jahr"
    YEAR = "year", "nur das Jahr"
    CIRCA = "circa", "etwa in diesem Jahr"
