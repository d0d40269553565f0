"""The texts of the concept app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from lkintegration.core.revisions import track_revisions


@register(Concept)
class ConceptTranslation(TranslationOptions):
    fields = ("title", "adopted_by", "summary")
    required_languages = {"de": ("title",)}


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "text")
    required_languages = {"de": ("title",)}


@register(GuidingGoal)
class GuidingGoalTranslation(TranslationOptions):
    fields = ("title", "text")
    required_languages = {"de": ("title",)}


@register(Task)
class TaskTranslation(TranslationOptions):
    fields = ("explanation",)
    required_languages = {"de": ("explanation",)}


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("when", "title", "text")
    required_languages = {"de": ("title",)}


@register(KeyFigure)
class KeyFigureTranslation(TranslationOptions):
    fields = ("label", "qualifier", "unit", "source")
    required_languages = {"de": ("label", "unit", "source")}


# After the options, so that the texts of all languages are kept.
track_revisions(Concept)
track_revisions(Section)
track_revisions(GuidingGoal)
track_revisions(Task)
track_revisions(Milestone)
track_revisions(KeyFigure)
