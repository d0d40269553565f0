"""The review of one record: a draft of a change, or a record that readers do not see yet."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import kind_of
from lkintegration.core.models import Content
from lkintegration.core.permissions import may
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.recording import newest_states
from lkintegration.core.revisions import FieldChange
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.publishing import set_status
from lkintegration.editing.review import CHANGED_SINCE, Review, Rights
from lkintegration.editing.writers import writers_since_published


def desk_url(record: Content) -> str:
    """Return the address of the page where the draft of ``record`` is dealt with."""
    return reverse("freigabe", args=[RecordKey.of(record)])


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
        if self.is_outdated:
            return Rights(change, False, CHANGED_SINCE)
        mine = self.draft is None or self.request.user.pk in self.draft.involved
        if kind_of(type(self.record)).four_eyes and (
            mine or not self.is_sent or self.request.user.pk in self.writers
        ):
            return Rights(change, False, self.admin.four_eyes_reason)
        if not self.is_sent and not (change and mine):
            return Rights(change, False, "Das ist noch nicht eingereicht.")
        return Rights(change, True, "")

    @cached_property
    def writers(self) -> set[int | None]:
        """Return the accounts that have written what readers do not see yet."""
        return writers_since_published([self.record])[self.record.pk]

    @classmethod
    def look_at(cls, reviews: Sequence[Self]) -> None:
        super().look_at(reviews)
        watched = [r for r in reviews if r.is_outdated or kind_of(type(r.record)).four_eyes]
        for own in _by_kind(watched).values():
            writers = writers_since_published([review.record for review in own])
            for review in own:
                review.writers = writers[review.record.pk]

    @property
    def may_give_back(self) -> bool:
        return bool(self.admin.has_publish_permission(self.request))

    @property
    def has_changes(self) -> bool:
        """Return whether the draft holds a change of the record."""
        return bool(self.draft and self.draft.changes)

    @property
    def is_pending(self) -> bool:
        """Return whether there is anything to publish."""
        return self.has_changes or self.record.status != PublicationStatus.PUBLISHED

    @classmethod
    def states(cls, reviews: Sequence[Self]) -> list[str]:
        unchanged = [review for review in reviews if not review.has_changes]
        newest: dict[Content, int] = {}
        for model, own in _by_kind(unchanged).items():
            keys = newest_states(model, [review.record.pk for review in own])
            newest |= {r.record: keys[r.record.pk] for r in own if r.record.pk in keys}
        return [_digest(review.draft, newest.get(review.record)) for review in reviews]

    def mark_sent(self, draft: WorkingCopy) -> None:
        if self.record.status == PublicationStatus.DRAFT:
            set_status(self.record, PublicationStatus.IN_REVIEW)

    def mark_returned(self) -> None:
        if self.record.status == PublicationStatus.IN_REVIEW:
            set_status(self.record, PublicationStatus.DRAFT)

    def write(self, **facts: object) -> None:
        with self.admin.watched(self.request):
            self.apply_draft()
            if self.record.status != PublicationStatus.PUBLISHED:
                set_status(self.record, PublicationStatus.PUBLISHED)
        self.admin.log_change(self.request, self.record, "Veröffentlicht.")

    def apply_draft(self) -> list[FieldChange]:
        """Save what is drafted, in the name of its author; return what changed.

        Raises ``ValidationError`` in German. To be called inside a transaction.
        """
        draft = self.draft
        if draft is None or not draft.changes:
            return []
        if draft.author is None or not draft.author.is_active:
            raise ValidationError("Das Konto gibt es nicht mehr. Sichern Sie die Arbeitskopie neu.")
        self.record._change_reason = f"Vorbereitet von {draft.written_by}."
        try:
            return list(self.admin.apply(self.request, self.record, draft, draft.author))
        except PermissionDenied:
            raise ValidationError(f"{draft.author_name} darf das nicht mehr ändern.") from None

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


def _by_kind(reviews: Sequence[RecordReview]) -> dict[type[Content], list[RecordReview]]:
    found: dict[type[Content], list[RecordReview]] = defaultdict(list)
    for review in reviews:
        found[type(review.record)].append(review)
    return found


def _digest(draft: WorkingCopy | None, newest: int | None) -> str:
    """Return what tells a draft from another; of none, by the ``newest`` state of the record."""
    changes = draft.changes if draft else {}
    return hashlib.sha256(json.dumps([changes, newest], sort_keys=True).encode()).hexdigest()
