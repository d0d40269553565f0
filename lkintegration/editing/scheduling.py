"""Drafts that go live by themselves when their time has come, once somebody has approved them.

The plan lies in the database: it survives a restart, and any number of processes may look at it.
The row of a draft is locked while it is published, and gone afterwards, so each goes live once.
"""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import override
from simple_history.models import HistoricalRecords

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import SOURCE
from lkintegration.core.models.history import one_save
from lkintegration.editing.drafts import draft_key
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.record_review import RecordReview

logger = logging.getLogger(__name__)

GONE: Final = "Den Eintrag gibt es nicht mehr."
OUR_FAULT: Final = "Ein Fehler der Website. Veröffentlichen Sie die Arbeitskopie von Hand."


@transaction.atomic
def plan(review: RecordReview, moment: datetime.datetime | None, *, approves: bool) -> bool:
    """Let the draft go live at ``moment``, or only by hand; return whether it does so by itself.

    It does if ``approves`` says that the user has decided so. Raises ``ValidationError`` where the
    user may not publish it as it stands.
    """
    draft, user = review.lock(), cast("User", review.request.user)
    if draft is None:
        if review.record.status == PublicationStatus.PUBLISHED or moment is None:
            return False  # nothing is drafted
        draft = WorkingCopy.objects.create(**draft_key(review.record), author=user)
        review.draft = draft
    if approves and moment:
        review.check()
    draft.publish_at, draft.publish_problem = moment, ""
    draft.approved_by = user if approves and moment else None
    draft.save()
    return draft.is_released


def plan_own(review: RecordReview, moment: datetime.datetime | None) -> bool:
    """Do the same for who has just drafted it: whoever may publish it has approved it thereby."""
    with transaction.atomic():
        review.lock()
        return plan(review, moment, approves=review.rights.publish)


def publish_due(now: datetime.datetime) -> int:
    """Publish each draft whose time has come by ``now``; return how many.

    Why one could not be published is noted in it, for staff. Raises ``DatabaseError``: those that
    are left are due again.
    """
    return sum(publish_if_due(key, now) for key in due_keys(now))


def due_keys(now: datetime.datetime) -> list[int]:
    """Return the keys of the drafts that are to go live by ``now``, the earliest first."""
    return list(_due(now).order_by("publish_at", "pk").values_list("pk", flat=True))


def publish_if_due(key: int, now: datetime.datetime) -> bool:
    """Publish the draft ``key``, if nobody else has done so; return whether it was this call."""
    draft = _due(now).select_related("approved_by", "content_type").filter(pk=key).first()
    if draft is None:
        return False
    try:
        with override(SOURCE), acting_as(cast("User", draft.approved_by)) as request:
            return _publish(request, draft, now)
    except ValidationError as error:
        problem = " ".join(error.messages)
    except DatabaseError:
        raise
    except Exception:  # whatever it is, the others go live
        logger.exception("A draft could not be published when its time had come.")
        problem = OUR_FAULT
    _due(now).filter(pk=key).update(publish_problem=problem)
    return False


@contextmanager
def acting_as(user: User) -> Iterator[HttpRequest]:
    """Do what is inside the ``with`` block for ``user``, as if they had sent the request."""
    request: Any = HttpRequest()
    request.method, request.user = "GET", user
    request._messages = CookieStorage(request)  # nobody is there to read them
    HistoricalRecords.context.request = request
    try:
        with one_save():
            yield request
    finally:
        del HistoricalRecords.context.request


@transaction.atomic
def _publish(request: HttpRequest, draft: WorkingCopy, now: datetime.datetime) -> bool:
    record: Any = draft.record
    if record is None:
        raise ValidationError(GONE)
    review = RecordReview(request, record)
    locked = review.lock()
    is_still_due = locked is not None and locked.publish_at is not None and locked.publish_at <= now
    if not (is_still_due and locked and locked.is_released):
        return False
    review.publish()
    return True


def _due(now: datetime.datetime) -> QuerySet[WorkingCopy]:
    due = WorkingCopy.objects.filter(publish_at__lte=now, publish_problem="", of_goals=False)
    return due.exclude(approved_by=None)
