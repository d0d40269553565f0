"""Queries of the concept app."""

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from lkintegration.core.querysets import ContentQuerySet, JSONList
from lkintegration.core.translations import reader_columns


class ConceptQuerySet(ContentQuerySet):
    def with_goals(self) -> Self:
        """Return the editions of which readers can see guiding goals."""
        goals: Any = apps.get_model("concept", "GuidingGoal")
        return self.filter(Exists(goals.objects.published().filter(concept=OuterRef("pk"))))

    def with_own_page(self) -> Self:
        """Return the editions whose page readers can open: it shows their goals."""
        return super().with_own_page().with_goals()

    def with_sections(self) -> Self:
        """Prepare ``public_sections`` of each concept without a query of their own."""
        section: Any = apps.get_model("concept", "Section")
        columns = ["id", "translation_states", "explains_words", *reader_columns(section)]
        rows = section.objects.published().filter(concept=OuterRef("pk")).order_by("order")
        item = JSONObject(**{column: column for column in columns})
        return self.annotate(section_rows=JSONList(rows.annotate(item=item).values("item")))


class SectionQuerySet(ContentQuerySet):
    published_parents = ("concept",)


class GuidingGoalQuerySet(ContentQuerySet):
    published_parents = ("concept", "topic")
