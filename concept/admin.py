"""Editing concepts, guiding goals, tasks, the timeline and key figures."""

from django.contrib import admin

from concept.edition_review import EditionReview
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from lkintegration.editing.content_admin import ADDRESS, PUBLICATION, SOURCES, ContentAdmin
from lkintegration.editing.language_admin import OneLanguageInline


class SectionInline(OneLanguageInline):
    model = Section
    fields = ["title", "text", ("order", "status", "evidence")]


@admin.register(Concept)
class ConceptAdmin(ContentAdmin):
    change_form_template = "admin/concept/concept/change_form.html"
    bundle_review = EditionReview
    list_display = ["title_de", "adopted_on", "adopted_by_de", "status", "checked_on"]
    search_fields = ["title_de"]
    view_on_site = False
    autocomplete_fields = ["follows"]
    inlines = [SectionInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    ("adopted_on", "adopted_on_precision"),
                    "adopted_by",
                    "summary",
                    "explains_words",
                    "document_url",
                    "follows",
                    "order",
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]


@admin.register(Section)
class SectionAdmin(ContentAdmin):
    list_display = ["title_de", "concept", "order", "status", "checked_on"]
    list_filter = [*ContentAdmin.list_filter, "concept"]
    list_select_related = ["concept"]
    search_fields = ["title_de", "text_de"]
    autocomplete_fields = ["concept"]
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["concept", "title", "text", "explains_words", "order"]}),
        PUBLICATION,
        SOURCES,
    ]


@admin.register(GuidingGoal)
class GuidingGoalAdmin(ContentAdmin):
    change_form_template = "admin/concept/guidinggoal/change_form.html"
    four_eyes_reason = (
        "Leitziele veröffentlicht eine andere Person als die, die daran geschrieben oder sie "
        "eingereicht haben."
    )
    list_display = ["number", "title_de", "concept", "topic", "status", "adopted_on"]
    list_display_links = ["number", "title_de"]
    list_filter = [*ContentAdmin.list_filter, "concept", "topic"]
    list_select_related = ["concept", "topic"]
    search_fields = ["title_de", "text_de"]
    autocomplete_fields = ["concept", "topic"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("concept", "number"),
                    "topic",
                    "title",
                    "text",
                    "explains_words",
                    "adopted_on",
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]


@admin.register(Task)
class TaskAdmin(ContentAdmin):
    list_display = ["number", "key_terms", "explanation_de", "status", "checked_on"]
    list_display_links = ["number", "key_terms"]
    search_fields = ["key_terms", "explanation_de"]
    view_on_site = False
    fieldsets = [(None, {"fields": ["number", "key_terms", "explanation"]}), PUBLICATION, SOURCES]


@admin.register(Milestone)
class MilestoneAdmin(ContentAdmin):
    list_display = ["date", "precision", "title_de", "order", "status", "evidence"]
    list_display_links = ["date", "title_de"]
    search_fields = ["title_de", "text_de"]
    view_on_site = False
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("date", "precision"),
                    "end_date",
                    "when",
                    "title",
                    "text",
                    "explains_words",
                    "source",
                    "order",
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
    ]


@admin.register(KeyFigure)
class KeyFigureAdmin(ContentAdmin):
    list_display = ["label_de", "value", "share", "as_of", "estimate", "status", "evidence"]
    list_filter = [*ContentAdmin.list_filter, "as_of", "estimate"]
    search_fields = ["label_de", "source_de"]
    view_on_site = False
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "heading",
                    "label",
                    ("qualifier", "value", "unit"),
                    ("share", "estimate"),
                    ("as_of", "as_of_precision"),
                    "source",
                    "note",
                    "order",
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
    ]
