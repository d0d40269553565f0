"""The way of a draft to readers: sent for review, given back, published at one stroke.

The subject of a review is a record of content, or a bundle of records that are published together
(the guiding goals of an edition). Both go the same way; a subclass says what is its own.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Self, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from lkintegration.core.account_names import account_name
from lkintegration.core.models import Content
from lkintegration.editing.drafts import draft_key, find_draft
from lkintegration.editing.models import WorkingCopy
from lkintegration.mailing.staff_emails import tell_staff

CHANGED_SINCE = (
    "Seit dem Einreichen hat sich etwas geändert. Wer daran schreibt, muss neu einreichen."
)


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
        is_sent = self.draft is not None and self.draft.sent_at is not None
        return is_sent and not self.is_outdated

    @cached_property
    def is_outdated(self) -> bool:
        """Return whether something has changed since it was sent: then it must be sent again."""
        draft = self.draft
        if draft is None or draft.sent_at is None:
            return False
        return draft.sent_state != self.state()

    @property
    def writers(self) -> set[int | None]:
        """Return the accounts that have written what readers do not see yet."""
        raise NotImplementedError

    @property
    def is_own(self) -> bool:
        """Return whether the user has worked at it, and still may."""
        involved = self.draft.involved if self.draft else set()
        return self.rights.change and self.request.user.pk in involved | self.writers

    @classmethod
    def look_at(cls, reviews: Sequence[Self]) -> None:
        """Find out what the rights of ``reviews`` depend on: few queries, however many they are."""
        sent = [review for review in reviews if review.draft and review.draft.sent_at]
        for review, state in zip(sent, cls.states(sent), strict=True):
            review.is_outdated = review.draft.sent_state != state  # type: ignore[union-attr]

    @property
    def may_send(self) -> bool:
        """Return whether the user may ask another person to publish the subject."""
        return self.rights.change and not self.is_sent

    @property
    def send_label(self) -> str:
        """Return what the button says that sends the draft."""
        is_again = self.is_outdated or (self.draft is not None and self.draft.returned_at)
        return "Neu einreichen" if is_again else "Zur Prüfung einreichen"

    def problems(self) -> list[str]:
        """Return in German what keeps the subject from being published, whoever asks."""
        return []

    def state(self) -> str:
        """Return a digest of what would be published."""
        return self.states([self])[0]

    @classmethod
    def states(cls, reviews: Sequence[Self]) -> list[str]:
        """Return a digest of what would be published for each of ``reviews``, in their order."""
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
        draft.returned_at, draft.returned_to = None, None
        draft.approved_by, draft.publish_problem = None, ""
        draft.save()

    @transaction.atomic
    def give_back(self, note: str) -> None:
        """Give what was sent back to its author, with a note on what is missing."""
        draft = self.lock()
        if not self.may_give_back:
            raise PermissionDenied
        if draft is None or not self.is_sent:
            raise ValidationError("Das ist nicht mehr eingereicht.")
        self._tell(draft, "Zurückgegeben", note)
        self.mark_returned()
        draft.returned_at, draft.returned_to = timezone.now(), draft.sent_by
        draft.sent_by, draft.sent_at, draft.note, draft.sent_state = None, None, note, ""
        draft.approved_by, draft.publish_problem = None, ""
        draft.save()

    @transaction.atomic
    def publish(self, **facts: object) -> object:
        """Publish the draft, all of it or nothing; return what ``write`` returns.

        Raises ``ValidationError`` where it cannot be published as it stands.
        """
        draft = self.lock()
        self.check()
        with self.admin.watched(self.request):
            outcome = self.write(**facts)
            if draft:
                self._tell(draft, "Veröffentlicht")
                draft.delete()
        return outcome

    def _tell(self, draft: WorkingCopy, what: str, note: str = "") -> None:
        """Tell those who have written or sent ``draft`` what somebody else has done with it."""
        user = cast("User", self.request.user)
        text = f"{what} von {account_name(user)}: {self.kind} „{self.title}“."
        words = f"\nHinweis: {note}" if note else ""
        tell_staff(draft.involved, f"{what}: {self.kind}", text + words, self.url, by=user)

    def check(self) -> None:
        """Raise ``ValidationError`` where the user may not publish the draft as it stands.

        To be called while the subject is locked.
        """
        if not self.rights.publish:
            raise ValidationError(self.rights.why_not)
        if problems := self.problems():
            raise ValidationError(problems)

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
        vars(self).pop("is_outdated", None)  # as it was before
        return self.draft
