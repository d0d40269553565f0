"""How the concept came about."""

from django.db import models
from django.db.models import F, Q

from lkintegration.core.enums import DatePrecision
from lkintegration.core.formats import partial_span
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content, Explaining
from lkintegration.core.querysets import ContentQuerySet, manager
from lkintegration.core.richtext import RichTextField


class Milestone(Explaining, Content):
    """A step in the history of the concept."""

    date = models.DateField("Datum", help_text="Bestimmt die Reihenfolge.")
    precision = models.CharField(
        "Genauigkeit", max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    end_date = models.DateField("Ende", null=True, blank=True)
    when = models.CharField(
        "Zeitangabe in Worten",
        max_length=60,
        blank=True,
        help_text="Steht statt des Datums, wo es nicht genau bekannt ist.",
    )
    title = models.CharField("Titel", max_length=160)
    text = RichTextField("Text", blank=True)
    source = models.CharField(
        "Quelle für Leserinnen und Leser",
        max_length=200,
        blank=True,
        help_text="Steht unter dem Schritt und führt zur Internetadresse der Quelle.",
    )
    order = models.PositiveSmallIntegerField(
        "Reihenfolge", default=100, help_text="Unterscheidet Schritte mit gleichem Datum."
    )

    kind = Kind(shown_on=("konzept",), named_by="title")
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Schritt der Zeitleiste"
        verbose_name_plural = "Zeitleiste"
        ordering = ["date", "order"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="milestone_order",
                condition=Q(end_date=None) | Q(end_date__gte=F("date")),
                violation_error_message="Das Ende darf nicht vor dem Anfang liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date.year}: {self.title}"

    @property
    def dated(self) -> str:
        """Return the date, or the span of dates, as far as it is known."""
        return partial_span(self.date, self.end_date or self.date, self.precision)

    @property
    def machine_date(self) -> str:
        """Return the first date for the HTML attribute ``datetime``, as far as it is known."""
        length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7}
        return self.date.isoformat()[: length.get(DatePrecision(self.precision), 4)]
