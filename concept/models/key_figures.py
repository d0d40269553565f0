"""The district in numbers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from lkintegration.core.enums import DatePrecision
from lkintegration.core.formats import partial_date
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, manager


class KeyFigure(Content):
    """A number about the district, with its date and its source."""

    heading = models.CharField(
        "Zwischenüberschrift",
        max_length=160,
        blank=True,
        help_text="Steht über dieser Zahl und gilt auch für die folgenden desselben Stands.",
    )
    label = models.CharField("Bezeichnung", max_length=160)
    qualifier = models.CharField(
        "Zusatz vor der Zahl", max_length=40, blank=True, help_text="z. B. rund, etwas mehr als"
    )
    value = models.DecimalField(
        "Wert", max_digits=12, decimal_places=1, validators=[MinValueValidator(0)]
    )
    unit = models.CharField("Einheit", max_length=40)
    share = models.DecimalField(
        "Anteil an der Bevölkerung in Prozent",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    as_of = models.DateField("Stand")
    as_of_precision = models.CharField(
        "Genauigkeit", max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    source = models.CharField(
        "Quelle für Leserinnen und Leser",
        max_length=200,
        help_text="Steht unter den Zahlen und führt zur Internetadresse der Quelle.",
    )
    note = models.TextField(
        "Anmerkung",
        blank=True,
        help_text="Steht unter den Zahlen: was geschätzt ist, warum eine alte Zahl hier steht.",
    )
    estimate = models.BooleanField(
        "Schätzung", default=False, help_text="Auch wenn nur ein Teil der Zahl geschätzt ist."
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    kind = Kind(shown_on=("konzept",), named_by="label")
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.label} ({self.as_of.year})"

    @property
    def dated(self) -> str:
        """Return the date of the figure as far as it is known."""
        return partial_date(self.as_of, self.as_of_precision)
