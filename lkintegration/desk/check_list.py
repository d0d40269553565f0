"""What staff should check: details that are due, and those a reader found fault with."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from contacts.enums import MessageKind
from contacts.models import Message
from lkintegration.core.kinds import kinds
from lkintegration.core.record_keys import RecordKey, find_record
from lkintegration.editing.content_admin import change_url


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


def entries(request: HttpRequest) -> list[Entry]:
    """Return what this user should check, faults first, then what was checked longest ago."""
    found = [
        entry for model in checked_kinds() if may_check(request, model) for entry in _entries(model)
    ]
    long_ago = datetime.date.min
    return sorted(found, key=lambda entry: (-entry.faults, entry.record.checked_on or long_ago))


def _entries(model: Any) -> Iterator[Entry]:
    reported = Message.objects.unfinished().filter(
        kind=MessageKind.FAULT, about_type=ContentType.objects.get_for_model(model)
    )
    faults = Counter(reported.values_list("about_id", flat=True))
    public = model.objects.published()
    records = public.due_for_check(timezone.localdate()) | public.filter(pk__in=faults)
    for record in records.select_related().order_by("pk"):
        yield Entry(record, faults[record.pk])


def confirm(request: HttpRequest, key: str) -> Any:
    """Confirm the record that ``key`` names; return it, or None where there is nothing to confirm.

    A user without the right to change it confirms nothing.
    """
    record = find_record(key)
    if type(record) not in checked_kinds() or not may_check(request, type(record)):
        return None
    user: Any = request.user
    record.confirm(user)
    LogEntry.objects.log_actions(
        user.pk, [record], CHANGE, "Angaben geprüft und bestätigt.", single_object=True
    )
    return record
