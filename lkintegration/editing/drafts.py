"""Drafts (working copies): what people have changed of a record and nobody has published yet."""

import datetime
from typing import Any, TypedDict

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.forms.formsets import DELETION_FIELD_NAME as DELETE
from django.http import HttpRequest

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.editing.merging import FormDraft, RowsDraft
from lkintegration.editing.models import WorkingCopy


class LanguageDraft(TypedDict):
    """What is drafted on the screen of one language: fields, and rows by the name of their list."""

    fields: FormDraft
    rows: dict[str, RowsDraft]


def draft_key(record: Content, *, of_goals: bool = False) -> dict[str, Any]:
    """Return the columns that name the draft of ``record``, or of the goals of an edition."""
    kind = ContentType.objects.get_for_model(record)
    return {"content_type": kind, "object_id": record.pk, "of_goals": of_goals}


def find_draft(record: Content, *, of_goals: bool = False) -> WorkingCopy | None:
    """Return the draft of ``record``, or of the goals of an edition, if there is one."""
    drafts = WorkingCopy.objects.select_related("author", "sent_by")
    drafts = drafts.prefetch_related("contributors")
    return drafts.filter(**draft_key(record, of_goals=of_goals)).first()


def drafted_in(draft: WorkingCopy | None, language: str) -> LanguageDraft:
    """Return what ``draft`` changes on the screen of ``language`` (code)."""
    empty = LanguageDraft(fields={}, rows={})
    return draft.changes.get(language, empty) if draft else empty


def without_deleted_rows(changes: dict[str, LanguageDraft]) -> dict[str, LanguageDraft]:
    """Return ``changes`` without translations of rows that the same draft deletes in German."""
    german = changes.get(SOURCE, LanguageDraft(fields={}, rows={}))["rows"]
    gone = {
        (name, key)
        for name, rows in german.items()
        for key, fields in rows.items()
        if DELETE in fields and fields[DELETE]["sent"][DELETE]
    }
    return {
        code: own
        if code == SOURCE
        else LanguageDraft(
            fields=own["fields"],
            rows={
                name: {key: fields for key, fields in rows.items() if (name, key) not in gone}
                for name, rows in own["rows"].items()
            },
        )
        for code, own in changes.items()
    }


def save_draft(
    request: HttpRequest, record: Content, language: str, drafted: LanguageDraft
) -> None:
    """Store what is drafted of ``record`` in ``language``, beside the other languages.

    A draft that had been sent for review must be sent again: the reviewer has not seen this one.
    One that no longer changes anything is forgotten. To be called while the record is locked.
    """
    user: Any = request.user
    draft = find_draft(record) or WorkingCopy(**draft_key(record))
    rows = {name: rows for name, rows in drafted["rows"].items() if rows}
    changes = {code: own for code, own in draft.changes.items() if code != language}
    if drafted["fields"] or rows:
        changes[language] = {"fields": drafted["fields"], "rows": rows}
    if not changes and record.status == PublicationStatus.PUBLISHED:
        if draft.pk:
            draft.delete()
        return
    draft.changes, draft.author = changes, user
    draft.sent_by, draft.sent_at, draft.sent_state = None, None, ""
    draft.approved_by, draft.publish_problem = None, ""
    draft.save()
    draft.contributors.add(user)


def delete_lost_drafts(now: datetime.datetime) -> int:
    """Delete the drafts of records that can no longer be brought back; return how many.

    They have not been touched for ``HISTORY_RETENTION_DAYS``, as long as a deleted record is kept.
    """
    limit = now - datetime.timedelta(days=settings.HISTORY_RETENTION_DAYS)
    old = WorkingCopy.objects.filter(changed_at__lt=limit).prefetch_related("record")
    lost = [draft.pk for draft in old if draft.record is None]
    return WorkingCopy.objects.filter(pk__in=lost).delete()[0]


def lock_record(record: Content) -> None:
    """Let nobody else change ``record`` before the transaction ends."""
    rows = type(record)._base_manager.select_for_update().filter(pk=record.pk)
    rows.values_list("pk").first()
