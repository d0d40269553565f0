"""The editions of the concept, their chapters and their guiding goals."""

import json

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from concept.querysets import ConceptQuerySet, GuidingGoalQuerySet, SectionQuerySet
from lkintegration.core.enums import DatePrecision, PublicationStatus
from lkintegration.core.formats import partial_date
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content, Explaining
from lkintegration.core.querysets import manager
from lkintegration.core.richtext import RichTextField
from lkintegration.core.slugs import Sluggable
from lkintegration.core.web_addresses import WebAddressField
from offers.models import Topic


class Concept(Sluggable, Explaining, Content):
    """One edition of the integration concept (Integrationskonzept, Teilhabeplan)."""

    title = models.CharField("Titel", max_length=160)
    adopted_on = models.DateField("beschlossen am", null=True, blank=True)
    adopted_on_precision = models.CharField(
        "Genauigkeit", max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    adopted_by = models.CharField("beschlossen von", max_length=160, blank=True)
    summary = RichTextField("Zusammenfassung", blank=True)
    document_url = WebAddressField("Internetadresse des Dokuments", blank=True)
    follows = models.ForeignKey(
        "self",
        verbose_name="ersetzt die Ausgabe",
        on_delete=models.SET_NULL,
        related_name="successors",
        null=True,
        blank=True,
        help_text="Die Leitziele der ersetzten Ausgabe bleiben unter ihrer Adresse lesbar.",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    slug_source = "title_de"
    kind = Kind(
        own_page="leitziele-ausgabe",
        list_page="leitziele",
        shown_on=("konzept",),
        preview_on="konzept",
    )
    objects = manager(ConceptQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Konzept"
        verbose_name_plural = "Konzepte"
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        before, passed = self.follows, {self.pk}
        while before is not None and before.pk is not None:
            if before.pk in passed:
                raise ValidationError({"follows": "Eine Ausgabe kann sich nicht selbst ersetzen."})
            passed.add(before.pk)
            before = before.follows

    def get_absolute_url(self) -> str:
        """Return the address of the page with the guiding goals of this edition."""
        return reverse("leitziele-ausgabe", args=[self.slug])

    @property
    def adopted(self) -> str:
        """Return the date of adoption as far as it is known; empty where it is not."""
        return partial_date(self.adopted_on, self.adopted_on_precision) if self.adopted_on else ""

    @property
    def public_sections(self) -> "list[Section]":
        """Return the chapters that ``with_sections()`` prepared, in their order."""
        sections = []
        for row in vars(self)["section_rows"]:
            states = row["translation_states"]
            # SQLite hands JSON inside JSON over as text.
            row["translation_states"] = json.loads(states) if isinstance(states, str) else states
            sections.append(Section(**row))
        return sections


class Section(Explaining, Content):
    """A chapter of a concept."""

    concept = models.ForeignKey(
        Concept, verbose_name="Konzept", on_delete=models.CASCADE, related_name="sections"
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Überschrift", max_length=160)
    text = RichTextField("Text", blank=True)

    kind = Kind(shown_on=("konzept",), anchor="abschnitt")
    objects = manager(SectionQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        ordering = ["concept", "order"]
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["concept", "order"],
                name="section_order_once",
                violation_error_message="Diese Stelle in der Reihenfolge ist schon besetzt.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class GuidingGoal(Sluggable, Explaining, Content):
    """A guiding goal (Leitziel) of one edition, as the district council adopted it."""

    concept = models.ForeignKey(
        Concept, verbose_name="Ausgabe", on_delete=models.PROTECT, related_name="goals"
    )
    topic = models.ForeignKey(
        Topic, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="goals"
    )
    number = models.PositiveSmallIntegerField("Nummer", validators=[MinValueValidator(1)])
    title = models.CharField("Titel", max_length=200)
    text = RichTextField("Text", blank=True)
    adopted_on = models.DateField("beschlossen am", null=True, blank=True)

    slug_source = "title_de"
    kind = Kind(
        own_page="leitziel",
        list_page="leitziele",
        shown_on=("leitziele",),
        related=("concept", "topic"),
        found_by=("topic__name",),
        in_feed=True,
        four_eyes=True,  # the council adopts goals; nobody publishes one alone
    )
    objects = manager(GuidingGoalQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Leitziel"
        verbose_name_plural = "Leitziele"
        ordering = ["concept", "number"]
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["concept", "number"],
                name="guidinggoal_number_once",
                violation_error_message="Diese Nummer gibt es in dieser Ausgabe schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("leitziel", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.status == PublicationStatus.PUBLISHED and not self.text_de:  # type: ignore[attr-defined]
            raise ValidationError("Ein Leitziel ohne Text kann nicht veröffentlicht werden.")
