"""Editing the texts of the home page, the introductions and the legal pages."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.fieldsets import PUBLICATION, SOURCES
from lkintegration.editing.visibility_admin import ContentList
from lkintegration.pages.models import Page


class PageList(ContentList):
    """The list of texts of pages, with what they lack in any language (``PageAdmin.gaps``)."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        return super().get_queryset(request, exclude_parameters).defer(None)


@admin.register(Page)
class PageAdmin(ContentAdmin):
    list_display = ["key", "title_de", "gaps", "seen_by_readers", "checked_on"]
    search_fields = ["title_de", "lead_de", "body_de"]
    fieldsets = [
        (None, {"fields": ["key", "title", "lead", "body", "explains_words"]}),
        PUBLICATION,
        SOURCES,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PageList

    @admin.display(description="fehlende Angaben")
    def gaps(self, page: Page) -> str:
        """Name the blanks ``[[…]]`` that staff still have to fill in."""
        return page.missing or "–"

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        page = kwargs.get("obj")
        if page and request.method == "GET" and page.missing:
            messages.warning(request, f"Hier fehlen noch Angaben: {page.missing}.")
        return super().render_change_form(request, context, *args, **kwargs)
