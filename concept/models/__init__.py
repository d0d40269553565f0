"""The district's integration policy: concepts, guiding goals, tasks, timeline and key figures."""

from concept.models.concepts import Concept, GuidingGoal, Section
from concept.models.key_figures import KeyFigure
from concept.models.tasks import Task
from concept.models.timeline import Milestone

__all__ = ["Concept", "GuidingGoal", "KeyFigure", "Milestone", "Section", "Task"]
