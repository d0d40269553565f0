"""Drafts of guiding goals: which an edition has, in which order, copies for the next edition."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from concept.models import Concept, GuidingGoal
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import BY_CODE
from lkintegration.core.models import Content
from lkintegration.core.translation_sources import made_from

ASIDE = 10_000  # added to numbers while they change places


def goals_of(edition: Concept) -> list[GuidingGoal]:
    """Return all goals of an edition, drafts included, in their order."""
    return list(GuidingGoal.objects.filter(concept=edition).select_related("topic"))


def drafts_of(edition: Concept) -> list[GuidingGoal]:
    """Return the goals of an edition that readers cannot see yet."""
    return [goal for goal in goals_of(edition) if goal.status != PublicationStatus.PUBLISHED]


def drafts_of_all(editions: Sequence[Concept]) -> list[GuidingGoal]:
    """Return the goals of ``editions`` that readers cannot see yet: one query."""
    goals = GuidingGoal.objects.filter(concept__in=editions)
    return list(goals.exclude(status=PublicationStatus.PUBLISHED))


def next_number(edition: Concept) -> int:
    """Return the number of the goal that is written next."""
    goals = GuidingGoal.objects.filter(concept=edition)
    return int(goals.aggregate(highest=Max("number"))["highest"] or 0) + 1


def problems(edition: Concept) -> list[str]:
    """Return in German words what keeps an edition from being published."""
    drafts = drafts_of(edition)
    if not drafts:
        return ["In dieser Ausgabe gibt es kein Leitziel, das noch zu veröffentlichen wäre."]
    empty = [str(goal) for goal in drafts if not goal.text_de]  # type: ignore[attr-defined]
    return [f"Noch ohne Text: {'; '.join(empty)}."] if empty else []


@transaction.atomic
def begin_next(edition: Concept) -> tuple[Concept, bool]:
    """Return the draft that takes the place of ``edition`` one day, and whether it is new.

    There is one: whoever asks twice goes on with the first.
    """
    Concept.objects.select_for_update().filter(pk=edition.pk).values_list("pk").first()
    waiting = edition.successors.filter(
        status__in=[PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW]
    )
    begun = waiting.order_by("pk").first()
    return (begun, False) if begun else (copy_edition(edition), True)


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
    _take_states(successor, edition)
    successor.save()
    for goal in goals_of(edition):
        draft = GuidingGoal(
            concept=successor,
            topic=goal.topic,
            number=goal.number,
            source_note=goal.source_note,
            evidence=goal.evidence,
            **_texts(goal, GuidingGoal),
        )
        _take_states(draft, goal)
        draft.save()
    return successor


def _take_states(copied: Content, record: Content) -> None:
    """Let a copy know what its translations were made from.

    What was outdated stays so, and what the copy says differently in German becomes so.
    """
    copied.translation_states = dict(record.translation_states)
    copied.made_from = made_from(record)


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
    locked = GuidingGoal.objects.filter(concept=edition).order_by("pk").select_for_update()
    list(locked.values_list("pk"))
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
