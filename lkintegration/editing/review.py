"""The way of a draft to readers: sent for review, given back, published at one stroke.

The subject of a review is a record of content, or a bundle of records that are published together
(the guiding goals of an edition). Both go the same way; a subclass says what is its own.
"""

from typing import Any, ClassVar, NamedTuple, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from lkintegration.core.models import Content
from lkintegration.editing.drafts import draft_key, find_draft
from lkintegration.editing.models import WorkingCopy


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
