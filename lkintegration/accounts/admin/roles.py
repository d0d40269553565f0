"""What a role may do."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from lkintegration.accounts.admin.named_rights import NamedRightsAdmin
from lkintegration.accounts.models import Role
from lkintegration.accounts.role_rights import name_of_right

admin.site.unregister(Group)  # ours follows


@admin.register(Role)
class RoleAdmin(NamedRightsAdmin, GroupAdmin):
    """Roles. What a role may do, only an administrator says, whatever single rights others have."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "permissions" if request.user.is_superuser else "rights"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if request.user.is_superuser else ["name", "rights"]

    @admin.display(description="Rechte")
    def rights(self, role: Role) -> str:
        return ", ".join(map(name_of_right, role.permissions.select_related("content_type")))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_group")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser
