"""The texts of the concept app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from lkintegration.core.revisions import track_revisions


@register(Concept)
class ConceptTranslation(TranslationOptions):
    fields = ("title", "adopted_by", "summary")
    required_languages = {"de": ("title",)}
    readers_find = {
        "title": "auf der Seite „Konzept“ und über den Leitzielen",
        "adopted_by": "neben dem Datum des Beschlusses",
        "summary": "auf der Seite „Konzept“",
    }


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "text")
    required_languages = {"de": ("title",)}
    readers_find = {
        "title": "Überschrift auf der Seite „Konzept“",
        "text": "auf der Seite „Konzept“",
    }


@register(GuidingGoal)
class GuidingGoalTranslation(TranslationOptions):
    fields = ("title", "text")
    required_languages = {"de": ("title",)}
    readers_find = {
        "title": "auf der Seite „Leitziele“ und über dem Leitziel",
        "text": "auf der Seite „Leitziele“ und auf der Seite des Leitziels",
    }


@register(Task)
class TaskTranslation(TranslationOptions):
    fields = ("explanation",)
    required_languages = {"de": ("explanation",)}
    readers_find = {
        "explanation": "auf der Seite „Aufgaben“, unter den Fachbegriffen",
    }


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("when", "title", "text", "source")
    required_languages = {"de": ("title",)}
    readers_find = {
        "when": "in der Zeitleiste auf der Seite „Konzept“",
        "title": "in der Zeitleiste auf der Seite „Konzept“",
        "text": "in der Zeitleiste auf der Seite „Konzept“",
        "source": "unter dem Schritt in der Zeitleiste",
    }


@register(KeyFigure)
class KeyFigureTranslation(TranslationOptions):
    fields = ("heading", "label", "qualifier", "unit", "source", "note")
    required_languages = {"de": ("label", "unit", "source")}
    readers_find = {
        "heading": "Zwischenüberschrift in den Zahlen auf der Seite „Konzept“",
        "label": "in den Zahlen auf der Seite „Konzept“, vor der Zahl",
        "qualifier": "in den Zahlen auf der Seite „Konzept“",
        "unit": "in den Zahlen auf der Seite „Konzept“, hinter der Zahl",
        "source": "unter den Zahlen auf der Seite „Konzept“",
        "note": "unter den Zahlen auf der Seite „Konzept“",
    }


# After the options, so that the texts of all languages are kept.
track_revisions(Concept)
track_revisions(Section)
track_revisions(GuidingGoal)
track_revisions(Task)
track_revisions(Milestone)
track_revisions(KeyFigure)
