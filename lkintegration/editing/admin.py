"""What the editorial work remembers, and what is set for each language."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from lkintegration.core.models import LanguageSetting, TranslationSource
from lkintegration.editing.merging_admin import MergingMixin
from lkintegration.editing.read_only_admin import ReadOnlyAdmin
from lkintegration.editing.refusing_admin import RefusingAdmin


@admin.register(TranslationSource)
class TranslationSourceAdmin(ReadOnlyAdmin):
    list_display = ["content_type", "object_id", "language"]
    list_filter = ["language", "content_type"]
    list_select_related = ["content_type"]
    search_fields = ["object_id"]


@admin.register(LanguageSetting)
class LanguageSettingAdmin(MergingMixin, RefusingAdmin):
    list_display = ["__str__", "shows_machine_texts", "catalog_reviewed"]
    list_display_links = ["__str__"]
    readonly_fields = ["code"]
    search_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # there is a row for every language of the site

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
