"""The fields of action."""

from django.db import models

from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, manager
from lkintegration.core.slugs import Sluggable
from offers.enums import TopicIcon


class Topic(Sluggable, Content):
    """A field of action (Handlungsfeld)."""

    name = models.CharField("Name", max_length=120)
    description = models.TextField("Beschreibung", blank=True)
    cross_cutting = models.BooleanField("Querschnittsthema", default=False)
    icon = models.CharField(
        "Zeichnung", max_length=10, choices=TopicIcon.choices, default=TopicIcon.COMPASS
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    kind = Kind(shown_on=("home", "leitziele"))
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def drawing(self) -> str:
        """Return the name of the template with the drawing."""
        return f"icons/{TopicIcon(self.icon)}.svg"
