"""The pages about the district's integration policy."""

from typing import Any

from django.views.generic import ListView, TemplateView

from concept.drawings import panels
from concept.editions import editions, replacement_of
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from lkintegration.serving.memo import remember
from lkintegration.serving.views import SlugDetailView


class ConceptView(TemplateView):
    """What the concept is, how it came about, and the figures behind it."""

    template_name = "concept/concept.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**remember("concept", _concept, lasts=True), **kwargs)


def _concept() -> dict[str, Any]:
    concepts = Concept.objects.published().for_reader().with_sections()
    figures = KeyFigure.objects.published().for_reader().order_by("-as_of", "order")
    return {
        "concepts": list(concepts.order_by("order", "pk")),
        "milestones": list(Milestone.objects.published().for_reader().order_by("date", "order")),
        "panels": panels(figures),
    }


class GoalListView(TemplateView):
    """The guiding goals of today by field of action; what they are, also before any is public."""

    template_name = "concept/goals.html"
    extra_context = {
        "editions": lambda: [edition for edition in editions() if not edition.replaced_by],
        "replaced": lambda: [edition.concept for edition in editions() if edition.replaced_by],
    }


class EditionView(SlugDetailView):
    """The guiding goals of one edition, also when another has taken its place."""

    template_name = "concept/edition.html"
    context_object_name = "concept"

    def get_queryset(self) -> Any:
        return Concept.objects.with_goals().published().for_reader()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition = next(e for e in editions() if e.concept == self.object)
        return super().get_context_data(edition=edition, **kwargs)


class GoalView(SlugDetailView):
    """One guiding goal."""

    template_name = "concept/goal.html"
    context_object_name = "goal"

    def get_queryset(self) -> Any:
        return GuidingGoal.objects.published().for_reader("concept", "topic")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        replaced_by = replacement_of(self.object.concept)
        return super().get_context_data(replaced_by=replaced_by, **kwargs)


class TaskListView(ListView):
    """The integration officer's twelve tasks, and who does what is not among them."""

    template_name = "concept/tasks.html"
    context_object_name = "tasks"

    def get_queryset(self) -> Any:
        return remember("tasks", _tasks, lasts=True)


def _tasks() -> list[Task]:
    return list(Task.objects.published().for_reader().order_by("number"))
