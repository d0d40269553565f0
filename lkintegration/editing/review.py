"""The way of a draft to readers: sent for review, given back, published at one stroke.

The subject of a review is a record of content, or a bundle of records that are published together
(the guiding goals of an edition). Both go the same way; a subclass says what is its own.
"""

import hashlib
import json
from typing import Any, ClassVar, NamedTuple, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.models import Content
from lkintegration.core.permissions import may
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.revisions import FieldChange, history_of
from lkintegration.editing.drafts import draft_key, find_draft
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.publishing import set_status


class Rights(NamedTuple):
    """What one user may do with a draft; ``why_not`` says why not to publish it."""

    change: bool
    publish: bool
    why_not: str


def admin_of(record: Content) -> Any:
    """Return the ``ContentAdmin`` of a record."""
    return admin.site.get_model_admin(type(record))


class Review:
    """The draft of one subject, as one user meets it."""

    of_goals: ClassVar[bool] = False  # which drafts are this subject's (WorkingCopy.of_goals)

    def __init__(self, request: HttpRequest, record: Content) -> None:
        self.request = request
        self.record = record
        self.admin = admin_of(record)

    @cached_property
    def draft(self) -> WorkingCopy | None:
        """Return the draft of the subject, if there is one."""
        return find_draft(self.record, of_goals=self.of_goals)

    @property
    def url(self) -> str:
        """Return the address of the page where the subject is dealt with."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """Return the name of the subject, for lists."""
        return str(self.record)

    @property
    def kind(self) -> str:
        """Return in German what the subject is."""
        return str(self.record._meta.verbose_name)

    @property
    def rights(self) -> Rights:
        """Return what the user may do with the subject."""
        raise NotImplementedError

    @property
    def may_give_back(self) -> bool:
        """Return whether the user decides over what was sent."""
        raise NotImplementedError

    @property
    def is_sent(self) -> bool:
        """Return whether the draft waits for somebody to publish it."""
        return self.draft is not None and self.draft.sent_at is not None

    @property
    def may_send(self) -> bool:
        """Return whether the user may ask another person to publish the subject."""
        return self.rights.change and not self.is_sent

    def problems(self) -> list[str]:
        """Return in German what keeps the subject from being published, whoever asks."""
        return []

    def state(self) -> str:
        """Return a digest of what would be published."""
        raise NotImplementedError

    def mark_sent(self, draft: WorkingCopy) -> None:
        """Change what the subject says of itself when ``draft`` is sent."""

    def mark_returned(self) -> None:
        """Take back what ``mark_sent`` did."""

    def write(self, **facts: object) -> object:
        """Let readers see what is drafted. Raises ``ValidationError`` in German."""
        raise NotImplementedError

    @transaction.atomic
    def send(self, note: str) -> None:
        """Send the draft for review. Raises ``ValidationError`` with what it lacks."""
        self.lock()
        if not self.rights.change:
            raise PermissionDenied
        if problems := self.problems():
            raise ValidationError(problems)
        user = cast("User", self.request.user)
        draft, _made = WorkingCopy.objects.get_or_create(
            **draft_key(self.record, of_goals=self.of_goals), defaults={"author": user}
        )
        self.draft = draft
        self.mark_sent(draft)
        draft.sent_by, draft.sent_at, draft.note = user, timezone.now(), note
        draft.sent_state = self.state()
        draft.save()

    @transaction.atomic
    def give_back(self, note: str) -> None:
        """Give what was sent back to its author, with a note on what is missing."""
        draft = self.lock()
        if not self.may_give_back:
            raise PermissionDenied
        if draft is None or draft.sent_at is None:
            raise ValidationError("Das ist nicht mehr eingereicht.")
        self.mark_returned()
        draft.sent_by, draft.sent_at, draft.note, draft.sent_state = None, None, note, ""
        draft.save()

    @transaction.atomic
    def publish(self, **facts: object) -> object:
        """Publish the draft, all of it or nothing; return what ``write`` returns.

        Raises ``ValidationError`` where it cannot be published as it stands.
        """
        draft = self.lock()
        if not self.rights.publish:
            raise ValidationError(self.rights.why_not)
        if problems := self.problems():
            raise ValidationError(problems)
        if draft and draft.sent_at and draft.sent_state != self.state():
            raise ValidationError(
                "Seit dem Einreichen hat sich etwas geändert. Reichen Sie neu ein."
            )
        with self.admin.watched(self.request):
            outcome = self.write(**facts)
            if draft:
                draft.delete()
        return outcome

    def lock(self) -> WorkingCopy | None:
        """Return the draft; nobody else changes it or the record before the transaction ends.

        The record is loaded anew: somebody may have changed it since. Raises ``ValidationError``
        where it is gone.
        """
        rows = type(self.record)._default_manager.select_for_update(of=("self",))
        record = rows.filter(pk=self.record.pk).first()
        if record is None:
            raise ValidationError("Den Eintrag gibt es nicht mehr.")
        self.record = record
        key = draft_key(record, of_goals=self.of_goals)
        self.draft = WorkingCopy.objects.select_for_update().filter(**key).first()
        return self.draft


class RecordReview(Review):
    """A draft of a change of one record, or a record that readers do not see yet."""

    @property
    def url(self) -> str:
        return desk_url(self.record)

    @property
    def rights(self) -> Rights:
        change = may(self.request.user, "change", type(self.record))
        if not self.may_give_back:
            return Rights(change, False, "Veröffentlichen kann, wer dazu das Recht hat.")
        people = {self.draft.author_id, self.draft.sent_by_id} if self.draft else set()
        mine = self.draft is None or self.request.user.pk in people
        if self.admin.four_eyes and (mine or not self.is_sent):
            return Rights(change, False, self.admin.four_eyes_reason)
        if not self.is_sent and not (change and mine):
            return Rights(change, False, "Das ist noch nicht eingereicht.")
        return Rights(change, True, "")

    @property
    def may_give_back(self) -> bool:
        return bool(self.admin.has_publish_permission(self.request))

    @property
    def has_changes(self) -> bool:
        """Return whether the draft holds a change of the record."""
        return bool(self.draft and self.draft.posted)

    @property
    def is_pending(self) -> bool:
        """Return whether there is anything to publish."""
        return self.has_changes or self.record.status != PublicationStatus.PUBLISHED

    def state(self) -> str:
        posted = self.draft.posted if self.draft else {}
        newest = None if posted else history_of(self.record).values_list("pk", flat=True).first()
        text = json.dumps([posted, newest], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def mark_sent(self, draft: WorkingCopy) -> None:
        if self.record.status == PublicationStatus.DRAFT:
            set_status(self.record, PublicationStatus.IN_REVIEW)

    def mark_returned(self) -> None:
        if self.record.status == PublicationStatus.IN_REVIEW:
            set_status(self.record, PublicationStatus.DRAFT)

    def write(self, **facts: object) -> None:
        self.apply_draft()
        if self.record.status != PublicationStatus.PUBLISHED:
            set_status(self.record, PublicationStatus.PUBLISHED)
        self.admin.log_change(self.request, self.record, "Veröffentlicht.")

    def apply_draft(self) -> list[FieldChange]:
        """Save what is drafted, in the name of its author; return what changed.

        Raises ``ValidationError`` in German. To be called inside a transaction.
        """
        draft = self.draft
        if draft is None or not draft.posted:
            return []
        if draft.author is None or not draft.author.is_active:
            raise ValidationError("Das Konto gibt es nicht mehr. Sichern Sie die Arbeitskopie neu.")
        self.record._change_reason = f"Vorbereitet von {draft.author}."
        try:
            return list(self.admin.apply(self.request, self.record, draft.posted, draft.author))
        except PermissionDenied:
            raise ValidationError(f"{draft.author} darf das nicht mehr ändern.") from None

    def changes(self) -> list[FieldChange]:
        """Return what publishing would change. Raises ``ValidationError`` where it cannot be."""
        with transaction.atomic():
            try:
                trial = RecordReview(
                    self.request, type(self.record)._default_manager.get(pk=self.record.pk)
                )
                trial.draft = self.draft
                return trial.apply_draft()
            finally:
                transaction.set_rollback(True)

    @transaction.atomic
    def discard(self) -> None:
        """Throw a drafted change away; a record that is no more than a draft stays."""
        draft = self.lock()
        if not self.rights.change:
            raise PermissionDenied
        if draft is None:
            raise ValidationError("Diese Arbeitskopie gibt es nicht mehr.")
        self.mark_returned()
        draft.delete()


def desk_url(record: Content) -> str:
    """Return the address of the page where the draft of ``record`` is dealt with."""
    return reverse("freigabe", args=[RecordKey.of(record)])


def review_of(request: HttpRequest, draft: WorkingCopy) -> Review:
    """Return the review of ``draft``; the admin of its record says which it is."""
    record: Any = draft.record
    own = admin_of(record)
    kind: type[Review] = own.bundle_review if draft.of_goals else own.review
    review = kind(request, record)
    review.draft = draft
    return review


def reviews(request: HttpRequest, *, only_sent: bool = False) -> list[Review]:
    """Return the reviews of all drafts that the user may look at, what was sent first at the top.

    With ``only_sent``, what nobody has sent for review is left out.
    """
    rows = WorkingCopy.objects.select_related("author", "sent_by", "content_type")
    if only_sent:
        rows = rows.exclude(sent_at=None)
    found = [
        (row, review_of(request, row))
        for row in rows.prefetch_related("record")
        if row.record and admin_of(row.record).has_view_permission(request, row.record)
    ]
    found.sort(key=lambda pair: (pair[0].sent_at is None, pair[0].changed_at))
    return [review for _row, review in found]


def reviews_to_decide(request: HttpRequest) -> list[Review]:
    """Return what waits for this user to publish it."""
    return [review for review in reviews(request, only_sent=True) if review.rights.publish]
