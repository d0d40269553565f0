"""What staff should check: details that are due, and those a reader found fault with."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from contacts.enums import MessageKind
from contacts.models import Message
from lkintegration.core.kinds import kinds
from lkintegration.core.record_keys import RecordKey, find_record
from lkintegration.editing.record_urls import change_url

ON_A_PAGE = 50
LONG_AGO = datetime.date.min  # stands for "never"


def checked_kinds() -> list[Any]:
    """Return the kinds of content whose details staff confirm."""
    return [kind for kind in kinds() if kind.kind.in_check_list]


class Entry(NamedTuple):
    """One record to check; ``faults`` counts what readers reported and nobody has dealt with."""

    record: Any
    faults: int

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)

    @property
    def key(self) -> str:
        """Return what names the record in the form of the list."""
        return str(RecordKey.of(self.record))

    @property
    def admin_url(self) -> str:
        return change_url(self.record)

    @property
    def faults_url(self) -> str:
        return f"{reverse('admin:contacts_message_changelist')}?kind__exact={MessageKind.FAULT}"


def may_check(request: HttpRequest, model: Any) -> bool:
    """Return whether the user may change what readers see of ``model``."""
    own: Any = admin.site.get_model_admin(model)
    return bool(own.has_change_permission(request) and own.has_publish_permission(request))


def count_entries(request: HttpRequest) -> int:
    """Return how many records this user should check."""
    models = _kinds_of(request)
    return _ordered_keys(models).count() if models else 0


def entries(request: HttpRequest, page: str) -> Page[Entry]:
    """Return a page of what this user should check; the nearest page where there is none ``page``.

    Faults come first, then what was checked longest ago.
    """
    models = _kinds_of(request)
    found: Any = Paginator(_ordered_keys(models), ON_A_PAGE).get_page(page)
    found.object_list = _load(models, list(found.object_list))
    return found


def _kinds_of(request: HttpRequest) -> list[Any]:
    return [model for model in checked_kinds() if may_check(request, model)]


def _due(model: Any) -> QuerySet:
    """Return the public records of ``model`` that are due for a check and not at fault."""
    due = model.objects.published().due_for_check(timezone.localdate())
    return due.exclude(pk__in=_faults(model).values("about_id"))


def _faults(model: Any) -> QuerySet:
    """Return the reports of faults in records of ``model`` with which nobody has dealt."""
    kind = ContentType.objects.get_for_model(model)
    faults = Message.objects.unfinished().filter(kind=MessageKind.FAULT, about_type=kind)
    return faults.exclude(about_id=None).order_by()


def _ordered_keys(models: list[Any]) -> Any:
    """Return a row for each record of ``models`` to check, in the order of the list."""
    if not models:
        return []
    first, *others = [rows for place, model in enumerate(models) for rows in _keys(model, place)]
    rows: Any = first.union(*others, all=True)
    return rows.order_by("-faults", "checked", "place", "pk")


def _keys(model: Any, place: int) -> Iterator[QuerySet]:
    """Yield the records to check by what they are ordered by, without their texts.

    Those at fault are found from the reports, which are few: from the records, each would look
    through all reports of its kind.
    """
    due = _due(model).annotate(
        faults=Value(0), checked=Coalesce("checked_on", Value(LONG_AGO)), place=Value(place)
    )
    # Without modeltranslation, which would give the columns in another order.
    yield due.order_by().rewrite(False).values_list("faults", "checked", "place", "pk")
    public = model.objects.published().filter(pk=OuterRef("about_id")).order_by()
    at_fault = _faults(model).filter(Exists(public)).values("about_id")
    counted = at_fault.annotate(
        faults=Count("pk"),
        checked=Coalesce(Subquery(public.values("checked_on")), Value(LONG_AGO)),
        place=Value(place),
    )
    yield counted.values_list("faults", "checked", "place", "about_id")


def _load(models: list[Any], keys: list[tuple[int, Any, int, int]]) -> list[Entry]:
    """Return the records that ``keys`` name, in the same order; one query a kind."""
    records = {
        place: model.objects.with_names().in_bulk([pk for *_, of, pk in keys if of == place])
        for place, model in enumerate(models)
    }
    return [
        Entry(records[place][pk], faults)
        for faults, _checked, place, pk in keys
        if pk in records[place]
    ]


def confirm(request: HttpRequest, key: str) -> Any:
    """Confirm the record that ``key`` names; return it, or None where there is nothing to confirm.

    A user without the right to change it confirms nothing.
    """
    record = find_record(key)
    if (
        record is None
        or type(record) not in checked_kinds()
        or not may_check(request, type(record))
    ):
        return None
    user = cast("User", request.user)
    record.confirm(user)
    LogEntry.objects.log_actions(
        user.pk, [record], CHANGE, "Angaben geprüft und bestätigt.", single_object=True
    )
    return record
