"""What ``load_content`` remembers; to look at, not to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lkintegration.editorial.models import LoadedRecord


@admin.register(LoadedRecord)
class LoadedRecordAdmin(admin.ModelAdmin):
    list_display = ["model", "key", "object_id"]
    list_filter = ["model"]
    search_fields = ["key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
