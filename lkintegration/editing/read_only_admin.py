"""Lists of what the software keeps for itself."""

from django.db.models import Model
from django.http import HttpRequest

from lkintegration.editing.refusing_admin import RefusingAdmin


class ReadOnlyAdmin(RefusingAdmin):
    """Records that the software keeps for itself; to look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
