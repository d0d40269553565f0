"""Queries of the contacts app. Each ``with_…`` prepares what a template shows, in one query."""

from functools import lru_cache
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from modeltranslation.utils import build_localized_fieldname

from contacts.enums import MessageState
from lkintegration.core.collation import sort_key
from lkintegration.core.languages import SOURCE
from lkintegration.core.present_time import Today
from lkintegration.core.querysets import ContentQuerySet, JSONList
from lkintegration.core.translations import current_language
from lkintegration.mailing.querysets import OutgoingQuerySet


# Expressions are built once: a query that uses one works on a copy.
@lru_cache
def hours_of(owner: str) -> JSONList:
    """Return the opening hours of a ``"contact"`` or ``"location"`` as JSON rows."""
    return _rows("OpeningHours", ("weekday", "opens", "closes", "by_appointment"), owner)


def closures_of(owner: str, key: str = "pk") -> JSONList:
    """Return the closed periods of a ``"contact"`` or ``"location"`` that have not ended.

    ``key`` is the column of the outer record that holds the primary key of the owner.
    """
    return _closures(owner, key, current_language())


@lru_cache(maxsize=128)
def _closures(owner: str, key: str, language: str) -> JSONList:
    return JSONList(_closed_periods(language).filter(**{owner: OuterRef(key)}))


def closures_at(owner: str, owners: models.QuerySet) -> models.QuerySet:
    """Return the closed periods of several persons or places, the rows of a ``JSONList``."""
    periods = _closed_periods(current_language())
    return periods.filter(**{f"{owner}__in": owners})


def _closed_periods(language: str) -> models.QuerySet:
    """Return the closed periods that have not ended, as ``contacts.closures.Row``."""
    periods = apps.get_model("contacts", "ClosedPeriod").objects
    row = JSONObject(
        first_day="first_day",
        last_day="last_day",
        person="contact_id",
        place="location_id",
        german=build_localized_fieldname("reason", SOURCE),
        reason=build_localized_fieldname("reason", language),
    )
    going_on = periods.filter(Q(last_day__gte=Today()) | Q(last_day=None))
    return going_on.annotate(item=row).values("item")


@lru_cache
def language_tags(relation: str) -> JSONList:
    """Return the language tags of the outer record, reached over ``relation`` of Language."""
    return _rows("Language", ("tag",), relation)


def _rows(model: str, columns: tuple[str, ...], owner: str) -> JSONList:
    rows = apps.get_model("contacts", model).objects.filter(**{owner: OuterRef("pk")})
    item = JSONObject(**{column: column for column in columns})
    return JSONList(rows.annotate(item=item).values("item"))


class LocationQuerySet(ContentQuerySet):
    published_parents = ("organisation",)

    def with_card(self) -> Self:
        """Prepare everything the card of a place shows."""
        return self.for_reader("organisation").annotate(
            hours=hours_of("location"), closures=closures_of("location")
        )


class ContactPersonQuerySet(ContentQuerySet):
    published_parents = ("organisation",)

    def with_card(self) -> Self:
        """Prepare everything the card of a person shows."""
        return self.for_reader("organisation", "location", "location__organisation").annotate(
            hours=hours_of("contact"),
            closures=closures_of("contact"),
            location_closures=closures_of("location", "location_id"),
            language_tags=language_tags("contacts"),
        )

    def in_order_of_names(self) -> list[Any]:
        """Return the persons by their order, then by name as the reader's alphabet has it."""
        key = sort_key(current_language())
        return sorted(
            self.order_by("pk"),
            key=lambda person: (
                person.order,
                key(person.family_name or person.given_name),
                key(person.given_name),
            ),
        )

    def office(self) -> Self:
        """Return the person whose number stands on every page, as none or one row."""
        return self.published().filter(represents_office=True).with_card()


class MessageQuerySet(OutgoingQuerySet):
    def unfinished(self) -> Self:
        """Return what staff still have to deal with."""
        return self.exclude(state=MessageState.ANSWERED)
