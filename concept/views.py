"""The pages about the district's integration policy."""

from typing import Any

from django.views.generic import ListView, TemplateView

from concept.drawings import panels
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from lkintegration.core.views import SlugDetailView
from offers.models import Topic


class ConceptView(TemplateView):
    """What the concept is, how it came about, and the figures behind it."""

    template_name = "concept/concept.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        concepts = Concept.objects.published().for_reader().with_sections()
        figures = KeyFigure.objects.published().for_reader().order_by("-as_of", "order")
        return super().get_context_data(
            concepts=concepts.order_by("order", "pk"),
            milestones=Milestone.objects.published().for_reader().order_by("date", "order"),
            panels=panels(figures),
            topics=Topic.objects.published().for_reader().order_by("order"),
            **kwargs,
        )


class GoalListView(ListView):
    """The guiding goals, by edition."""

    template_name = "concept/goals.html"
    context_object_name = "goals"
    extra_context = {
        "concepts": lambda: Concept.objects.published().for_reader().order_by("order"),
        "topics": lambda: Topic.objects.published().for_reader().order_by("order"),
    }

    def get_queryset(self) -> Any:
        goals = GuidingGoal.objects.published().for_reader("concept", "topic")
        return goals.order_by("concept__order", "concept", "number")


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
        return Task.objects.published().for_reader().order_by("number")
