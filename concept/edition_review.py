"""The review of an edition: all its guiding goals are published together, by another person."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any, Self, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from concept.edition_drafts import drafts_of, drafts_of_all, next_number, problems
from concept.models import Concept, GuidingGoal
from lkintegration.core.dates import written_day
from lkintegration.core.enums import DatePrecision, PublicationStatus
from lkintegration.core.permissions import may
from lkintegration.core.recording import newest_states
from lkintegration.core.rights import PUBLISH
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.review import CHANGED_SINCE, Review, Rights
from lkintegration.editing.writers import writers_since_published

OTHER_PERSON = (
    "Eine Ausgabe veröffentlicht eine andere Person als die, die daran geschrieben oder sie "
    "eingereicht haben."
)


def edition_url(edition: Concept) -> str:
    """Return the address of the page where the goals of an edition are drafted and published."""
    return reverse("ausgabe", args=[edition.pk])


def next_goal_url(edition: Concept, topic: int | None = None) -> str:
    """Return the address of the form for the next goal, of the field ``topic`` (key) if known."""
    wanted = {"concept": edition.pk, "number": next_number(edition)}
    chosen = {"topic": topic} if topic else {}
    return f"{reverse('admin:concept_guidinggoal_add')}?{urlencode(wanted | chosen)}"


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
        if user.pk in {self.draft.sent_by_id, *self.writers}:
            return Rights(change, False, OTHER_PERSON)
        if self.is_outdated:
            return Rights(change, False, CHANGED_SINCE)
        return Rights(change, True, "")

    @cached_property
    def writers(self) -> set[int | None]:
        """Return the accounts that have written what readers do not see yet."""
        wrote = writers_since_published(drafts_of(self.record))
        return set().union(*wrote.values())

    @classmethod
    def look_at(cls, reviews: Sequence[Self]) -> None:
        super().look_at(reviews)
        goals = drafts_of_all([review.record for review in reviews])
        wrote = writers_since_published(goals)
        for review in reviews:
            own = [wrote[goal.pk] for goal in goals if goal.concept_id == review.record.pk]
            review.writers = set().union(*own)

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

    @classmethod
    def states(cls, reviews: Sequence[Self]) -> list[str]:
        goals = drafts_of_all([review.record for review in reviews])
        newest = newest_states(GuidingGoal, [goal.pk for goal in goals])
        rows: dict[int, list[list[int]]] = {review.record.pk: [] for review in reviews}
        for goal in goals:
            rows[goal.concept_id].append([goal.pk, newest.get(goal.pk, 0)])
        return [_digest(sorted(rows[review.record.pk])) for review in reviews]

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


def _digest(states: list[list[int]]) -> str:
    return hashlib.sha256(json.dumps(states).encode()).hexdigest()


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
