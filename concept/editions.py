"""The guiding goals by edition, and which edition has taken another's place."""

from typing import NamedTuple

from concept.models import Concept, GuidingGoal
from lkintegration.serving.memo import remember
from offers.models import Topic
from offers.topics import published_topics


class Field(NamedTuple):
    """A field of action and its published goals."""

    topic: Topic
    goals: list[GuidingGoal]


class Edition(NamedTuple):
    """The published goals of one concept by field; fields without a goal are left out.

    ``replaced_by`` is the later edition that holds today.
    """

    concept: Concept
    fields: list[Field]
    replaced_by: Concept | None


def editions() -> list[Edition]:
    """Return all editions with published goals in their order, those of today and the replaced."""
    return remember("editions", _editions, lasts=True)


def replacement_of(concept: Concept) -> Concept | None:
    """Return the edition that holds today instead of ``concept``; None where it still holds."""
    return next((e.replaced_by for e in editions() if e.concept == concept), None)


def _editions() -> list[Edition]:
    found = GuidingGoal.objects.published().for_reader("concept", "topic")
    goals = list(found.order_by("concept__order", "concept", "number"))
    concepts = {goal.concept_id: goal.concept for goal in goals}
    successors = {concept.follows_id: concept for concept in concepts.values()}
    return [
        Edition(concept, _fields(goals, concept), _latest(concept, successors))
        for concept in concepts.values()
    ]


def _fields(goals: list[GuidingGoal], concept: Concept) -> list[Field]:
    found = [
        Field(topic, [g for g in goals if g.concept_id == concept.pk and g.topic_id == topic.pk])
        for topic in published_topics()
    ]
    return [field for field in found if field.goals]


def _latest(concept: Concept, successors: dict[int | None, Concept]) -> Concept | None:
    """Return the last in the row of editions that followed ``concept``."""
    latest, seen = None, {concept.pk}
    while (follower := successors.get(concept.pk)) and follower.pk not in seen:
        latest = concept = follower
        seen.add(follower.pk)
    return latest
