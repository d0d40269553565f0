"""The pages about the district's integration policy."""

from typing import Any

from django.views.generic import ListView, TemplateView

from concept.drawings import panels
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from lkintegration.core.freshness import prepared
from lkintegration.core.views import SlugDetailView
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


class GoalListView(ListView):
    """The guiding goals, by edition."""

    template_name = "concept/goals.html"
    context_object_name = "goals"
    extra_context = {"topics": topics}

    def get_queryset(self) -> Any:
        return prepared("goals", _goals)


def _goals() -> list[GuidingGoal]:
    goals = GuidingGoal.objects.published().for_reader("concept", "topic")
    return list(goals.order_by("concept__order", "concept", "number"))


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
