"""What ``load_content`` remembers."""

from django.contrib import admin

from lkintegration.core.admin import ReadOnlyAdmin
from lkintegration.editorial.models import LoadedRecord


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyAdmin):
    list_display = ["model", "key", "object_id"]
    list_filter = ["model"]
    search_fields = ["key"]
