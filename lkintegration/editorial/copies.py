"""Working copies: prepared by one person, looked at, sent for review, published at one stroke."""

import hashlib
import json
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lkintegration.core.admin_copies import Kept
from lkintegration.core.admin_rights import set_status
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.history import Change
from lkintegration.core.permissions import may
from lkintegration.editorial.models import WorkingCopy
from lkintegration.editorial.work import kinds, record_key


def copy_of(record: Any, of_goals: bool = False) -> WorkingCopy | None:
    """Return the working copy of ``record``, if there is one."""
    return _copies(record).filter(of_goals=of_goals).select_related("author", "sent_by").first()


def _copies(record: Any) -> Any:
    kind = ContentType.objects.get_for_model(record)
    return WorkingCopy.objects.filter(content_type=kind, object_id=record.pk)


def kept_of(record: Any) -> Kept | None:
    """Return the change that is prepared for ``record``; None where there is none."""
    found = copy_of(record)
    return (found.kept or None) if found else None


def keep(request: HttpRequest, record: Any, kept: Kept) -> str:
    """Keep a change of ``record``; return the address of the page where it is dealt with.

    A change that had been sent for review must be sent again: the reviewer has not seen this one.
    """
    author: Any = request.user
    WorkingCopy.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        of_goals=False,
        defaults={
            "kept": kept,
            "author": author,
            "sent_by": None,
            "sent_at": None,
            "sent_state": "",
        },
    )
    return desk_url(record)


def forget(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Forget the working copies of a record that is deleted."""
    if type(instance) in kinds():
        _copies(instance).delete()


def desk_url(record: Any) -> str:
    """Return the address of the page where the working copy of ``record`` is dealt with."""
    return reverse("freigabe", args=[record_key(record)])


def record_of(key: str) -> Any:
    """Return the record that ``key`` names ("offers.service-12"); None where there is none."""
    label, _dash, number = key.rpartition("-")
    model = next((kind for kind in kinds() if kind._meta.label_lower == label), None)
    if model is None or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        return None
    return model._default_manager.filter(pk=number).first()


def admin_of(record: Any) -> Any:
    """Return the ``ContentAdmin`` of a record."""
    return admin.site.get_model_admin(type(record))


class Rights(NamedTuple):
    """What one user may do with one working copy; ``why_not`` says why not to publish it."""

    change: bool
    publish: bool
    why_not: str


def rights(request: HttpRequest, record: Any, found: WorkingCopy | None) -> Rights:
    """Return what the user may do with what is prepared of ``record``."""
    own: Any = admin_of(record)
    change = may(request.user, "change", type(record))
    if not own.has_publish_permission(request):
        return Rights(change, False, "Veröffentlichen kann, wer dazu das Recht hat.")
    people = {found.author_id, found.sent_by_id} if found else set()
    mine = found is None or request.user.pk in people
    sent = found is not None and found.sent_at is not None
    if own.four_eyes and (mine or not sent):
        reason = "Leitziele veröffentlicht eine andere Person als die, die sie eingereicht hat."
        return Rights(change, False, reason)
    if not sent and not (change and mine):
        return Rights(change, False, "Das ist noch nicht eingereicht.")
    return Rights(change, True, "")


def is_pending(record: Any, found: WorkingCopy | None) -> bool:
    """Return whether there is anything of ``record`` to publish."""
    return bool(found and found.kept) or record.status != PublicationStatus.PUBLISHED


def state_of_copy(record: Any, found: WorkingCopy) -> str:
    """Return a digest of what would be published."""
    newest = None if found.kept else record.history.values_list("pk", flat=True).first()
    text = json.dumps([found.kept, newest], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def changes_of(request: HttpRequest, record: Any, found: WorkingCopy) -> list[Change]:
    """Return what publishing would change. Raises ``ValidationError`` where it cannot be done."""
    with transaction.atomic():
        try:
            return apply(request, record_of(record_key(record)), found)
        finally:
            transaction.set_rollback(True)


def apply(request: HttpRequest, record: Any, found: WorkingCopy | None) -> list[Change]:
    """Save what is prepared, in the name of its author; return what changed.

    Raises ``ValidationError`` in German words. To be called inside a transaction.
    """
    if found is None or not found.kept:
        return []
    if found.author is None or not found.author.is_active:
        raise ValidationError("Das Konto gibt es nicht mehr. Sichern Sie die Arbeitskopie neu.")
    record._change_reason = f"Vorbereitet von {found.author}."
    try:
        return list(admin_of(record).apply(request, record, found.kept, found.author))
    except PermissionDenied:
        raise ValidationError(f"{found.author} darf das nicht mehr ändern.") from None


@transaction.atomic
def send(request: HttpRequest, record: Any, note: str) -> None:
    """Send the prepared change, or the draft, for review."""
    sender: Any = request.user
    found, _made = WorkingCopy.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        of_goals=False,
        defaults={"author": sender},
    )
    if record.status == PublicationStatus.DRAFT:
        set_status(record, PublicationStatus.IN_REVIEW)
    found.sent_by, found.sent_at, found.note = sender, timezone.now(), note
    found.sent_state = state_of_copy(record, found)
    found.save()


@transaction.atomic
def give_back(record: Any, found: WorkingCopy, note: str) -> None:
    """Give what was sent back to its author, with a note on what is missing."""
    if record.status == PublicationStatus.IN_REVIEW:
        set_status(record, PublicationStatus.DRAFT)
    found.sent_by, found.sent_at, found.note, found.sent_state = None, None, note, ""
    found.save()


@transaction.atomic
def discard(record: Any, found: WorkingCopy) -> None:
    """Throw a prepared change away; a draft stays."""
    if record.status == PublicationStatus.IN_REVIEW:
        set_status(record, PublicationStatus.DRAFT)
    found.delete()


@transaction.atomic
def publish(request: HttpRequest, record: Any) -> None:
    """Publish what is prepared of ``record``, all of it or nothing.

    Raises ``ValidationError`` where it cannot be published as it stands.
    """
    found = _copies(record).filter(of_goals=False).select_for_update().first()
    allowed = rights(request, record, found)
    if not allowed.publish:
        raise ValidationError(allowed.why_not)
    if found and found.sent_at and found.sent_state != state_of_copy(record, found):
        raise ValidationError("Seit dem Einreichen hat sich etwas geändert. Reichen Sie neu ein.")
    with admin_of(record).watched(request):
        apply(request, record, found)
        if record.status != PublicationStatus.PUBLISHED:
            set_status(record, PublicationStatus.PUBLISHED)
        if found:
            found.delete()
        admin_of(record).log_change(request, record, "Veröffentlicht.")
