"""Editing fields of action and services."""

from django.contrib import admin

from lkintegration.core.admin import ADDRESS, PUBLICATION, SOURCES, ContentAdmin
from offers.models import Service, Topic


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    list_display = ["name_de", "order", "cross_cutting", "status", "checked_on"]
    list_editable = ["order"]
    search_fields = ["name_de", "description_de"]
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["name", "description", ("order", "cross_cutting")]}),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]


@admin.register(Service)
class ServiceAdmin(ContentAdmin):
    list_display = [
        "name_de",
        "organisation",
        "min_age",
        "max_age",
        "first_contact",
        "status",
        "evidence",
        "checked_on",
    ]
    list_filter = [
        *ContentAdmin.list_filter,
        "first_contact",
        "programme",
        "topics",
        "organisation",
    ]
    list_select_related = ["organisation"]
    search_fields = ["name_de", "audience_de", "helps_with_de", "organisation__name_de"]
    autocomplete_fields = [
        "organisation",
        "partners",
        "contacts",
        "locations",
        "topics",
        "languages",
        "municipalities",
    ]
    fieldsets = [
        (None, {"fields": ["name", "organisation", "partners", "helps_with", "audience"]}),
        (
            "Für wen und wo",
            {"fields": [("min_age", "max_age"), "municipalities", "languages", "topics"]},
        ),
        (
            "Hinkommen",
            {"fields": ["contacts", "locations", "registration", "documents", "cost", "website"]},
        ),
        (
            "Beratungssuche",
            {
                "fields": ["first_contact", "first_contact_reason", "programme", "order"],
                "description": "Wer hier zuerst hilft, steht in der Beratungssuche ganz oben.",
            },
        ),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]
