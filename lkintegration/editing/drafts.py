"""Drafts (working copies): what one person has written and nobody has published yet."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, QueryDict

from lkintegration.core.models import Content
from lkintegration.editing.models import WorkingCopy

Posted = dict[str, list[str]]  # what a browser sent of a form, by field


def draft_key(record: Content, *, of_goals: bool = False) -> dict[str, Any]:
    """Return the columns that name the draft of ``record``, or of the goals of an edition."""
    kind = ContentType.objects.get_for_model(record)
    return {"content_type": kind, "object_id": record.pk, "of_goals": of_goals}


def find_draft(record: Content, *, of_goals: bool = False) -> WorkingCopy | None:
    """Return the draft of ``record``, or of the goals of an edition, if there is one."""
    drafts = WorkingCopy.objects.select_related("author", "sent_by")
    return drafts.filter(**draft_key(record, of_goals=of_goals)).first()


def posted_of(record: Content) -> Posted | None:
    """Return the change that is drafted of ``record``; None where there is none."""
    found = find_draft(record)
    return (found.posted or None) if found else None


def save_draft(request: HttpRequest, record: Content, posted: Posted) -> None:
    """Store a change of ``record`` that is not to be published yet.

    A change that had been sent for review must be sent again: the reviewer has not seen this one.
    """
    author: Any = request.user
    WorkingCopy.objects.update_or_create(
        **draft_key(record),
        defaults={
            "posted": posted,
            "author": author,
            "sent_by": None,
            "sent_at": None,
            "sent_state": "",
        },
    )


def lock_record(record: Content) -> None:
    """Let nobody else change ``record`` before the transaction ends."""
    rows = type(record)._base_manager.select_for_update().filter(pk=record.pk)
    rows.values_list("pk").first()


def forget_drafts(sender: Any, instance: Content, **kwargs: Any) -> None:
    """Forget the drafts of a record that is deleted; receives ``post_delete``."""
    kind = ContentType.objects.get_for_model(instance)
    WorkingCopy.objects.filter(content_type=kind, object_id=instance.pk).delete()


def query_of(posted: Posted) -> QueryDict:
    """Return what a draft holds of a form as the browser sent it."""
    query = QueryDict(mutable=True)
    for name, values in posted.items():
        query.setlist(name, values)
    return query
