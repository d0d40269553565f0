"""Editing the words that are explained."""

from django.contrib import admin

from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.fieldsets import ADDRESS, PUBLICATION, SOURCES
from lkintegration.terms.models import Term


@admin.register(Term)
class TermAdmin(ContentAdmin):
    change_list_template = "admin/terms/term/change_list.html"
    list_display = [
        "word",
        "short_form",
        "explanation_de",
        "seen_by_readers",
        "evidence",
        "checked_on",
    ]
    search_fields = ["word", "short_form", "forms", "explanation_de", "other_words_de"]
    autocomplete_fields = ["page", "service"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("word", "short_form"),
                    "forms",
                    "stays_german",
                    "explanation",
                    "other_words",
                ]
            },
        ),
        ("Wohin das Wort führt", {"fields": ["page", "service"]}),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]
