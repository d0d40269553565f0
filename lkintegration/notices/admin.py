"""Editing notices."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import Textarea
from django.http import HttpRequest

from lkintegration.core.enums import PublicationStatus
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.fieldsets import SOURCES
from lkintegration.notices.models import NO_END, Notice


@admin.register(Notice)
class NoticeAdmin(ContentAdmin):
    list_display = ["text_de", "scope", "service", "location", "publish_until", "status"]
    list_filter = ["status", "scope", *ContentAdmin.list_filter[-2:]]
    list_select_related = ["service__organisation", "location"]
    search_fields = ["text_de", "service__name_de", "location__name_de"]
    autocomplete_fields = ["service", "location"]
    fieldsets = [
        (None, {"fields": ["text", "scope", "service", "location"]}),
        ("Veröffentlichung", {"fields": [("publish_from", "publish_until"), "status"]}),
        SOURCES,
    ]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if getattr(db_field, "translated_field", None) is not None:
            kwargs["widget"] = Textarea(attrs={"rows": 3})  # still one thought, seen as a whole
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "publish_until":
            field.required = True
            field.help_text = "Danach verschwindet der Hinweis von selbst."
            field.error_messages["required"] = NO_END
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what a new form begins with: who writes a notice wants it to be read."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if self.has_publish_permission(request):
            initial.setdefault("status", PublicationStatus.PUBLISHED)
        return initial
