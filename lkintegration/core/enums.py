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
    """Who made the text of one language, and whether it still says what the German says."""

    MACHINE = "machine", "maschinell übersetzt"
    REVIEWED = "reviewed", "von einem Menschen geprüft"
    OUTDATED_MACHINE = "outdated-machine", "veraltet, maschinell übersetzt"
    OUTDATED = "outdated", "veraltet"

    @property
    def is_machine(self) -> bool:
        """Return whether no person has read the text."""
        return self in {self.MACHINE, self.OUTDATED_MACHINE}

    @property
    def is_outdated(self) -> bool:
        """Return whether the German has changed since the text was made."""
        return self in {self.OUTDATED, self.OUTDATED_MACHINE}

    @classmethod
    def of(cls, *, machine: bool, outdated: bool) -> "TranslationState":
        """Return the state with these two properties."""
        if machine:
            return cls.OUTDATED_MACHINE if outdated else cls.MACHINE
        return cls.OUTDATED if outdated else cls.REVIEWED


class Standing(models.TextChoices):
    """Where the translation of a record into one language stands, in the order of a text's life.

    The last four are the states that are noted for a translation with all its texts.
    """

    MISSING = "missing", "fehlt"
    INCOMPLETE = "incomplete", "unvollständig"
    MACHINE = TranslationState.MACHINE.value, TranslationState.MACHINE.label
    OUTDATED_MACHINE = (
        TranslationState.OUTDATED_MACHINE.value,
        TranslationState.OUTDATED_MACHINE.label,
    )
    OUTDATED = TranslationState.OUTDATED.value, TranslationState.OUTDATED.label
    REVIEWED = TranslationState.REVIEWED.value, TranslationState.REVIEWED.label

    @property
    def word(self) -> str:
        """Return the label where there is little room."""
        short = {
            Standing.MACHINE: "maschinell",
            Standing.OUTDATED_MACHINE: "veraltet, maschinell",
            Standing.REVIEWED: "geprüft",
        }
        return short.get(self) or str(self.label)


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "auf den Tag genau"
    MONTH = "month", "nur Monat und Jahr"
    YEAR = "year", "nur das Jahr"
    CIRCA = "circa", "etwa in diesem Jahr"
