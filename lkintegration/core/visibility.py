"""Whether readers can see a record now, and why not: what ``published()`` filters by, in words.

Staff read it: in lists, above forms, after saving. ``tests/core/test_visibility.py`` proves for
every kind that it never says anything else than the queryset does.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from django.db.models import Model, Value
from django.utils import timezone

from lkintegration.core.dates import written_moment
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import content_of, is_content
from lkintegration.core.models import Content


class Hindrance(NamedTuple):
    """What keeps readers from seeing a record: ``because`` (German) ``record`` is hidden itself.

    ``is_own`` says that it is the record in question, and not one that it belongs to.
    """

    record: Content
    because: str
    is_own: bool

    def __str__(self) -> str:
        return self.because if self.is_own else f"{named(self.record)} ist {self.because}"


def named(record: Model) -> str:
    """Return what a record is and what it is called: "Träger „Verein Brücke“"."""
    return f"{record._meta.verbose_name} „{record}“"


def published_parents(model: type[Content]) -> tuple[str, ...]:
    """Return the relations whose records must be public as well, so that one of ``model`` is."""
    return content_of(model).published_parents


def hindrances(record: Content, at: datetime.datetime | None = None) -> list[Hindrance]:
    """Return what keeps readers from seeing ``record`` at ``at`` (now); nothing if they see it.

    A query for each parent that is not loaded (``published_parents``).
    """
    at = at or timezone.now()
    parents = (getattr(record, name) for name in published_parents(type(record)))
    subjects = [record, *(parent for parent in parents if parent is not None)]
    return [
        Hindrance(subject, because, is_own=subject is record)
        for subject in subjects
        if (because := hidden_because(subject, at))
    ]


def hidden_because(record: Content, at: datetime.datetime) -> str:
    """Return in German why the record itself is not public at ``at``; empty if it is."""
    if record.status != PublicationStatus.PUBLISHED:
        return str(record.get_status_display())
    if record.publish_from and record.publish_from > at:
        return f"erst ab {written_moment(record.publish_from)} öffentlich"
    if record.publish_until and record.publish_until <= at:
        return f"seit {written_moment(record.publish_until)} nicht mehr öffentlich"
    return ""


def hidden_beside(record: Content) -> list[Content]:
    """Return what ``record`` names and readers do not see with it: places, contacts, topics.

    What hides the record itself is not among it. One query where nothing is hidden.
    """
    relations = list(_relations_beside(record))
    if not relations:
        return []
    first, *others = (
        rows.hidden().order_by().values_list(Value(number), "pk")
        for number, (_model, rows) in enumerate(relations)
    )
    keys: dict[type[Content], set[int]] = {}
    for number, key in first.union(*others):
        keys.setdefault(relations[number][0], set()).add(key)
    return [found for model, own in keys.items() for found in _with_parents(model, own)]


def _with_parents(model: type[Content], keys: Iterable[int]) -> Iterable[Content]:
    rows: Any = content_of(model).filter(pk__in=keys).order_by("pk")
    parents = published_parents(model)
    return cast("Iterable[Content]", rows.select_related(*parents) if parents else rows)


def _relations_beside(record: Content) -> Iterator[tuple[type[Content], Any]]:
    """Yield the kinds that ``record`` names, each with the rows that it names."""
    parents = published_parents(type(record))
    for field in (*record._meta.fields, *record._meta.many_to_many):
        model = field.related_model
        if field.name in parents or not model or not is_content(model):
            continue
        if field.many_to_many:
            yield model, getattr(record, field.name).all()
        elif (key := getattr(record, field.attname)) is not None:
            yield model, content_of(model).filter(pk=key)
