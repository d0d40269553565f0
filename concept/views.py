"""The pages about the district's integration policy."""

from typing import Any, NamedTuple

from django.views.generic import ListView, TemplateView

from concept.drawings import panels
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from lkintegration.core.freshness import prepared
from lkintegration.core.views import SlugDetailView
from offers.models import Topic
from offers.topics import topics


class ConceptView(TemplateView):
    """What the concept is, how it came about, and the figures behind it."""

    template_name = "concept/concept.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**prepared("concept", _concept), **kwargs)


def _concept() -> dict[str, Any]:
    concepts = Concept.objects.published().for_reader().with_sections()
    figures = KeyFigure.objects.published().for_reader().order_by("-as_of", "order")
    return {
        "concepts": list(concepts.order_by("order", "pk")),
        "milestones": list(Milestone.objects.published().for_reader().order_by("date", "order")),
        "panels": panels(figures),
        "topics": topics(),
    }


class GoalListView(TemplateView):
    """The guiding goals of each edition by field of action, and how far each field is."""

    template_name = "concept/goals.html"
    extra_context = {"editions": lambda: prepared("goals", _goals)}


class Field(NamedTuple):
    """A field of action and its published goals."""

    topic: Topic
    goals: list[GuidingGoal]


def _goals() -> list[tuple[Concept | None, list[Field]]]:
    """Return the fields by edition; without any edition where no goal is published yet."""
    found = GuidingGoal.objects.published().for_reader("concept", "topic")
    goals = list(found.order_by("concept__order", "concept", "number"))
    editions = list({goal.concept_id: goal.concept for goal in goals}.values())
    return [
        (edition, [Field(topic, _of(goals, edition, topic)) for topic in topics()])
        for edition in editions or [None]
    ]


def _of(goals: list[GuidingGoal], edition: Concept | None, topic: Topic) -> list[GuidingGoal]:
    return [g for g in goals if g.concept == edition and g.topic_id == topic.pk]


class GoalView(SlugDetailView):
    """One guiding goal."""

    template_name = "concept/goal.html"
    context_object_name = "goal"

    def get_queryset(self) -> Any:
        return GuidingGoal.objects.published().for_reader("concept", "topic")


class TaskListView(ListView):
    """The integration officer's twelve tasks, and who does what is not among them."""

    template_name = "concept/tasks.html"
    context_object_name = "tasks"

    def get_queryset(self) -> Any:
        return prepared("tasks", _tasks)


def _tasks() -> list[Task]:
    return list(Task.objects.published().for_reader().order_by("number"))
