"""Queries of the contacts app. Each ``with_…`` prepares what a template shows, in one query."""

from typing import Self

from django.apps import apps
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from lkintegration.core.querysets import ContentQuerySet, JSONList


def _rows(model: str, owner: str, **columns: str) -> JSONList:
    rows = apps.get_model("contacts", model).objects.filter(**{owner: OuterRef("pk")})
    return JSONList(rows.annotate(item=JSONObject(**columns)).values("item"))


def hours_of(owner: str) -> JSONList:
    """Return the opening hours of a ``"contact"`` or ``"location"`` as JSON rows."""
    return _rows(
        "OpeningHours",
        owner,
        weekday="weekday",
        opens="opens",
        closes="closes",
        by_appointment="by_appointment",
    )


def language_tags(relation: str) -> JSONList:
    """Return the language tags of the outer record, reached over ``relation`` of Language."""
    languages: QuerySet = apps.get_model("contacts", "Language").objects.filter(
        **{relation: OuterRef("pk")}
    )
    return JSONList(languages.annotate(item=JSONObject(tag=F("tag"))).values("item"))


class LocationQuerySet(ContentQuerySet):
    published_parents = ("organisation",)

    def with_card(self) -> Self:
        """Prepare everything the card of a place shows."""
        return self.for_reader("organisation").annotate(hours=hours_of("location"))


class ContactPersonQuerySet(ContentQuerySet):
    published_parents = ("organisation",)

    def with_card(self) -> Self:
        """Prepare everything the card of a person shows."""
        return self.for_reader("organisation", "location").annotate(
            hours=hours_of("contact"), language_tags=language_tags("contacts")
        )

    def office(self) -> Self:
        """Return the person whose number stands on every page, as none or one row."""
        return self.published().filter(represents_office=True).with_card()
