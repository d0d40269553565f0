"""Editing concepts, guiding goals, tasks, the timeline and key figures."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from concept.edition_review import EditionReview, edition_url, next_goal_url
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.fieldsets import ADDRESS, PUBLICATION, SOURCES
from lkintegration.editing.language_admin import OneLanguageInline

NEXT = "_next_goal"  # the button that saves a goal and begins the next one


class SectionInline(OneLanguageInline):
    model = Section
    fields = ["title", "text", ("order", "status", "evidence")]


@admin.register(Concept)
class ConceptAdmin(ContentAdmin):
    change_form_template = "admin/concept/concept/change_form.html"
    bundle_review = EditionReview
    list_display = [
        "title_de",
        "goals_link",
        "adopted_on",
        "adopted_by_de",
        "seen_by_readers",
        "checked_on",
    ]
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

    @admin.display(description="Leitziele")
    def goals_link(self, edition: Concept) -> SafeString:
        return format_html(
            '<a href="{}" aria-label="Leitziele: {}">Leitziele</a>', edition_url(edition), edition
        )


@admin.register(Section)
class SectionAdmin(ContentAdmin):
    list_display = ["title_de", "concept", "order", "seen_by_readers", "checked_on"]
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
    list_display = ["number", "title_de", "concept", "topic", "seen_by_readers", "adopted_on"]
    list_display_links = ["number", "title_de"]
    list_filter = [*ContentAdmin.list_filter, "concept", "topic"]
    list_select_related = ["concept", "topic"]
    search_fields = ["title_de", "text_de"]
    autocomplete_fields = ["concept"]  # of the few fields of action one chooses by typing
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

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["show_save_and_add_another"] = False  # ours below knows the edition
        context["offers_next"] = self.has_add_permission(request) and context.get(
            "writes_live", True
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(
        self, request: HttpRequest, obj: GuidingGoal
    ) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._next_url(request, obj) or edition_url(obj.concept))

    def response_post_save_change(
        self, request: HttpRequest, obj: GuidingGoal
    ) -> HttpResponseRedirect:
        if url := self._next_url(request, obj):
            return HttpResponseRedirect(url)
        return super().response_post_save_change(request, obj)

    def _next_url(self, request: HttpRequest, goal: GuidingGoal) -> str:
        return next_goal_url(goal.concept, goal.topic_id) if NEXT in request.POST else ""


@admin.register(Task)
class TaskAdmin(ContentAdmin):
    list_display = ["number", "key_terms", "explanation_de", "seen_by_readers", "checked_on"]
    list_display_links = ["number", "key_terms"]
    search_fields = ["key_terms", "explanation_de"]
    view_on_site = False
    fieldsets = [(None, {"fields": ["number", "key_terms", "explanation"]}), PUBLICATION, SOURCES]


@admin.register(Milestone)
class MilestoneAdmin(ContentAdmin):
    list_display = ["date", "precision", "title_de", "order", "seen_by_readers", "evidence"]
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
    list_display = [
        "label_de",
        "value",
        "share",
        "as_of",
        "estimate",
        "seen_by_readers",
        "evidence",
    ]
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
