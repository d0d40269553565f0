"""The review of an edition: all its guiding goals are published together, by another person."""

import datetime
import hashlib
import json
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from concept.edition_drafts import drafts_of, problems
from concept.models import Concept, GuidingGoal
from lkintegration.core.dates import written_day
from lkintegration.core.enums import DatePrecision, PublicationStatus
from lkintegration.core.permissions import may
from lkintegration.core.rights import PUBLISH
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.review import Review, Rights
from lkintegration.editing.writers import writers_since_published

OTHER_PERSON = (
    "Eine Ausgabe veröffentlicht eine andere Person als die, die daran geschrieben oder sie "
    "eingereicht haben."
)


def edition_url(edition: Concept) -> str:
    """Return the address of the page where the goals of an edition are drafted and published."""
    return reverse("ausgabe", args=[edition.pk])


class EditionReview(Review):
    """The guiding goals of one edition that readers do not see yet."""

    of_goals = True
    record: Concept

    @property
    def url(self) -> str:
        return edition_url(self.record)

    @property
    def title(self) -> str:
        return f"Leitziele: {self.record}"

    @property
    def kind(self) -> str:
        return "Ausgabe"

    @property
    def rights(self) -> Rights:
        user = cast("User", self.request.user)
        change = may(user, "change", GuidingGoal) and may(user, "add", GuidingGoal)
        if not (may(user, PUBLISH, GuidingGoal) and may(user, PUBLISH, Concept)):
            return Rights(change, False, "Veröffentlichen kann, wer dazu das Recht hat.")
        if self.draft is None or self.draft.sent_at is None:
            return Rights(change, False, "Die Ausgabe ist noch nicht eingereicht.")
        wrote = writers_since_published(drafts_of(self.record))
        if user.pk in {self.draft.sent_by_id, *wrote}:
            return Rights(change, False, OTHER_PERSON)
        return Rights(change, True, "")

    @property
    def may_give_back(self) -> bool:
        return self.rights.publish

    def lock(self) -> WorkingCopy | None:
        """Return the draft; nobody else changes the edition or its goals meanwhile."""
        draft = super().lock()
        goals = GuidingGoal.objects.filter(concept=self.record).order_by("pk")
        list(goals.select_for_update().values_list("pk"))
        return draft

    def problems(self) -> list[str]:
        return problems(self.record)

    def state(self) -> str:
        keys = [goal.pk for goal in drafts_of(self.record)]
        goals: Any = GuidingGoal
        newest = goals.history.filter(id__in=keys).values("id").annotate(newest=Max("history_id"))
        rows = sorted(newest.values_list("id", "newest"))
        return hashlib.sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()

    def mark_sent(self, draft: WorkingCopy) -> None:
        draft.author = self.request.user  # type: ignore[assignment]

    def write(self, **facts: Any) -> int:
        """Publish the drafts, adopted by the council ``adopted_on``; return how many."""
        adopted_on: datetime.date = facts["adopted_on"]
        if adopted_on > timezone.localdate():
            raise ValidationError("Das Datum des Beschlusses liegt in der Zukunft.")
        drafts, edition = drafts_of(self.record), self.record
        for goal in drafts:
            goal.status, goal.adopted_on = PublicationStatus.PUBLISHED, adopted_on
            _save(goal, f"Beschlossen am {written_day(adopted_on)}.")
        if edition.adopted_on is None:
            edition.adopted_on, edition.adopted_on_precision = adopted_on, DatePrecision.DAY
        edition.status = PublicationStatus.PUBLISHED
        _save(edition, "Leitziele veröffentlicht.")
        self.admin.log_change(self.request, edition, "Leitziele veröffentlicht.")
        return len(drafts)


def _save(record: Any, reason: str) -> None:
    record.full_clean()
    record.small_correction, record._change_reason = True, reason
    record.save()


def show_as_published(edition: Concept, adopted_on: datetime.date) -> None:
    """Write what publishing would, for a preview; the transaction is rolled back."""
    public = {
        "status": PublicationStatus.PUBLISHED,
        "publish_from": None,
        "publish_until": None,
        "adopted_on": adopted_on,
    }
    drafts = [goal.pk for goal in drafts_of(edition)]
    GuidingGoal.objects.filter(pk__in=drafts).update(**public)
    if edition.adopted_on:
        del public["adopted_on"]
    Concept.objects.filter(pk=edition.pk).update(**public)
