"""An edition of the guiding goals: drafted, put in order, reviewed, published by another person."""

import datetime
import hashlib
import json
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from concept.models import Concept, GuidingGoal
from lkintegration.core.enums import DatePrecision, PublicationStatus
from lkintegration.core.languages import BY_CODE
from lkintegration.core.permissions import PUBLISH, may
from lkintegration.editorial.copies import Rights, copy_of
from lkintegration.editorial.models import WorkingCopy
from lkintegration.editorial.translations import copy_translations

ASIDE = 10_000  # added to numbers while they change places
OTHER_PERSON = "Eine Ausgabe veröffentlicht eine andere Person als die, die sie eingereicht hat."


def goals_of(edition: Concept) -> list[GuidingGoal]:
    """Return all goals of an edition, drafts included, in their order."""
    return list(GuidingGoal.objects.filter(concept=edition).select_related("topic"))


def drafts_of(edition: Concept) -> list[GuidingGoal]:
    """Return the goals of an edition that readers cannot see yet."""
    return [goal for goal in goals_of(edition) if goal.status != PublicationStatus.PUBLISHED]


def problems(edition: Concept) -> list[str]:
    """Return in German words what keeps an edition from being published."""
    drafts = drafts_of(edition)
    if not drafts:
        return ["In dieser Ausgabe gibt es kein Leitziel, das noch zu veröffentlichen wäre."]
    empty = [str(goal) for goal in drafts if not goal.text_de]  # type: ignore[attr-defined]
    return [f"Noch ohne Text: {'; '.join(empty)}."] if empty else []


def rights(request: HttpRequest, found: WorkingCopy | None) -> Rights:
    """Return what the user may do with the goals of an edition."""
    user: Any = request.user
    change = may(user, "change", GuidingGoal) and may(user, "add", GuidingGoal)
    if not (may(user, PUBLISH, GuidingGoal) and may(user, PUBLISH, Concept)):
        return Rights(change, False, "Veröffentlichen kann, wer dazu das Recht hat.")
    if found is None or found.sent_at is None:
        return Rights(change, False, "Die Ausgabe ist noch nicht eingereicht.")
    if user.pk == found.sent_by_id:
        return Rights(change, False, OTHER_PERSON)
    return Rights(change, True, "")


@transaction.atomic
def copy_edition(edition: Concept) -> Concept:
    """Return a draft that takes the place of ``edition`` one day, with copies of its goals."""
    successor = Concept(
        follows=edition,
        order=edition.order + 1,
        source_note=edition.source_note,
        evidence=edition.evidence,
        **_texts(edition, Concept),
    )
    successor.title_de = f"{edition.title_de} (neue Ausgabe)"  # type: ignore[attr-defined]
    successor.translation_states = dict(edition.translation_states)
    successor.save()
    copy_translations(edition, successor)
    for goal in goals_of(edition):
        draft = GuidingGoal(
            concept=successor,
            topic=goal.topic,
            number=goal.number,
            source_note=goal.source_note,
            evidence=goal.evidence,
            **_texts(goal, GuidingGoal),
        )
        draft.translation_states = dict(goal.translation_states)
        draft.save()
        copy_translations(goal, draft)
    return successor


def _texts(record: Any, model: Any) -> dict[str, str]:
    columns = [
        build_localized_fieldname(name, code)
        for name in get_translatable_fields_for_model(model) or []
        for code in BY_CODE
    ]
    return {column: getattr(record, column) for column in columns}


@transaction.atomic
def reorder(edition: Concept, numbers: dict[int, int]) -> None:
    """Number the goals of an edition anew, in the order of ``numbers`` (by primary key).

    Equal numbers keep their order. Raises ``ValidationError`` where a goal is published already:
    its number is what the council adopted.
    """
    goals = goals_of(edition)
    wanted = sorted(goals, key=lambda goal: (numbers.get(goal.pk, goal.number), goal.number))
    moved = [(goal, place) for place, goal in enumerate(wanted, 1) if goal.number != place]
    for goal, _place in moved:
        if goal.status == PublicationStatus.PUBLISHED:
            raise ValidationError(f"„{goal}“ ist beschlossen und behält die Nummer.")
    # No number twice, not even for a moment.
    moving = GuidingGoal.objects.filter(pk__in=[goal.pk for goal, _place in moved])
    moving.update(number=F("number") + ASIDE)
    for goal, place in moved:
        goal.number = place
        goal.small_correction = True
        goal.save()


def state_of_edition(edition: Concept) -> str:
    """Return a digest of what would be published of an edition."""
    keys = [goal.pk for goal in drafts_of(edition)]
    goals: Any = GuidingGoal
    newest = goals.history.filter(id__in=keys).values("id").annotate(newest=Max("history_id"))
    rows = sorted(newest.values_list("id", "newest"))
    return hashlib.sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()


@transaction.atomic
def send(request: HttpRequest, edition: Concept, note: str) -> None:
    """Send the drafts of an edition for review.

    Raises ``ValidationError`` where one of them has no text.
    """
    sender: Any = request.user
    if found := problems(edition):
        raise ValidationError(found)
    WorkingCopy.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(Concept),
        object_id=edition.pk,
        of_goals=True,
        defaults={
            "author": sender,
            "sent_by": sender,
            "sent_at": timezone.now(),
            "sent_state": state_of_edition(edition),
            "note": note,
        },
    )


@transaction.atomic
def publish(request: HttpRequest, edition: Concept, adopted_on: datetime.date) -> int:
    """Publish the drafts of an edition, adopted by the council on that day; return how many.

    Raises ``ValidationError`` with the reasons where it cannot be; nothing is changed then.
    """
    found = copy_of(edition, of_goals=True)
    allowed = rights(request, found)
    if found is None or not allowed.publish:
        raise ValidationError(allowed.why_not)
    if reasons := problems(edition):
        raise ValidationError(reasons)
    if found.sent_state != state_of_edition(edition):
        raise ValidationError("Seit dem Einreichen hat sich etwas geändert. Reichen Sie neu ein.")
    if adopted_on > timezone.localdate():
        raise ValidationError("Das Datum des Beschlusses liegt in der Zukunft.")
    drafts = drafts_of(edition)
    for goal in drafts:
        goal.status, goal.adopted_on = PublicationStatus.PUBLISHED, adopted_on
        _save(goal, f"Beschlossen am {adopted_on:%d.%m.%Y}.")
    if edition.adopted_on is None:
        edition.adopted_on, edition.adopted_on_precision = adopted_on, DatePrecision.DAY
    edition.status = PublicationStatus.PUBLISHED
    _save(edition, "Leitziele veröffentlicht.")
    found.delete()
    own = admin.site.get_model_admin(Concept)
    own.log_change(request, edition, "Leitziele veröffentlicht.")
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
