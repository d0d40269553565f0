"""What loading the content files remembers."""

from django.contrib import admin

from lkintegration.editing.read_only_admin import ReadOnlyAdmin
from lkintegration.seed.models import LoadedRecord


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyAdmin):
    list_display = ["model", "key", "object_id"]
    list_filter = ["model"]
    search_fields = ["key"]
