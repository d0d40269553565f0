"""What the catalogue reads of public services: of all, or of those few that have changed.

Of 10,000 rows, what modeltranslation and the types of columns do to each takes longer than the
query. Neither has anything to do with plain numbers and texts.
"""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from lkintegration.core.querysets import ValueList
from lkintegration.core.translations import reader_text
from offers.enums import Area
from offers.models import OLDEST, Service

FIRST, INSTITUTIONS = "first", "institutions"
ROLE = Case(
    When(institutions_only=True, then=Value(INSTITUTIONS)),
    When(first_contact=True, then=Value(FIRST)),
    default=Value(""),
)
RELATIONS = ("municipalities", "languages", "topics")
Facet = tuple[str, Any]  # something that filters ask for, and which of its values


def read_rows(now: datetime.datetime, keys: Collection[int] | None = None) -> list[Any]:
    """Return a row for each service that is public ``now``, the one checked last first."""
    services = Service.objects.rewrite(False).published(now)
    return list(
        _those(services, "pk", keys)
        .annotate(
            role=ROLE, site=Cast("website", TextField()), checked=Cast("checked_on", TextField())
        )
        .order_by(F("checked_on").desc(nulls_last=True), "order", "pk")
        .values_list(
            *("pk", "order", "checked", "min_age", "max_age", "area", "programme", "role", "site"),
            named=True,
        )
    )


def rank(row: Any) -> tuple[int, int, int]:
    """Return by what rows are in the order in which they are read."""
    checked = int(row.checked.replace("-", "")) if row.checked else 0
    return -checked, row.order, row.pk


def facets(row: Any) -> Iterator[Facet]:
    """Yield what the service is, beside its relations."""
    yield "area", row.area
    if row.area == Area.GERMANY and row.site:
        yield "online", row.programme  # used from anywhere; "" for no programme
    # An institution has no age: who names one asks for a person.
    if row.role == INSTITUTIONS:
        yield "role", INSTITUTIONS
        return
    yield "ages", (row.min_age, row.max_age)
    if row.role == FIRST:
        yield "first", (row.programme, *both_ages(row.min_age, row.max_age))


def both_ages(low: int | None, high: int | None) -> tuple[int, int]:
    """Return the lowest and the highest age; who names no limit serves everybody."""
    return 0 if low is None else low, OLDEST if high is None else high


def read_relation(
    field: str, keys: Collection[int] | None = None
) -> Iterator[tuple[int, list[int]]]:
    """Yield the records in the relation ``field``, each with its services.

    They come as one list a record, because a row a pair takes longer.
    """
    relation = getattr(Service, field)
    rows = relation.through.objects.values_list(relation.field.m2m_reverse_name())
    yield from _those(rows, "service", keys).annotate(services=ValueList("service"))


def read_names(
    languages: Collection[str], keys: Collection[int] | None = None
) -> dict[str, dict[int, str]]:
    """Return the names of services by language and key, as lists: a row a name takes longer."""
    names = {f"in_{number}": code for number, code in enumerate(languages)}
    found = _those(Service.objects.all(), "pk", keys).aggregate(
        keys=ValueList("pk"),
        **{column: ValueList(reader_text("name", code)) for column, code in names.items()},
    )
    return {
        code: dict(zip(found["keys"] or [], found[column] or [], strict=True))
        for column, code in names.items()
    }


def _those(rows: QuerySet[Any, Any], column: str, keys: Collection[int] | None) -> Any:
    return rows if keys is None else rows.filter(**{f"{column}__in": keys})
