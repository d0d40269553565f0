"""Who has an account, and what it may do (``account_rights`` has the rules)."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.urls import URLPattern
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from lkintegration.accounts.account_forms import (
    AccountForm,
    GrantsForm,
    NewAccountForm,
    language_of_right,
    language_rights,
)
from lkintegration.accounts.account_rights import (
    GRANTS,
    fields_to_change,
    may_delete,
    may_touch,
)
from lkintegration.editing.refusing_admin import RefusingAdmin

OWN_EMAIL = (
    "Die E-Mail-Adresse ändert nur, wem das Konto gehört (unter „Ihr Konto“), weil an sie der Link "
    "für ein neues Passwort geht."
)

for model in (User, Group):  # ours follow
    admin.site.unregister(model)
for model in (TOTPDevice, StaticDevice):  # nobody sees the secrets of others
    admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(RefusingAdmin, GroupAdmin):
    """Roles. What a role may do, only an administrator says, whatever single rights others have."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(User)
class AccountAdmin(RefusingAdmin, UserAdmin):
    """Accounts: added by those who manage them, given rights by administrators."""

    form = AccountForm
    change_form_template = "admin/account_change_form.html"
    add_form_template = "admin/change_form.html"  # Django's own speaks of a password
    add_form = NewAccountForm
    list_display = ["username", "first_name", "last_name", "roles", "is_active"]
    list_filter = ["groups", "is_active"]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", ("first_name", "last_name"), "email"],
                "description": "Das Passwort wählt, wem das Konto gehört. Rollen und Sprachen gibt "
                "danach jemand mit allen Rechten.",
            },
        )
    ]
    filter_horizontal = ()  # two lists with arrows; there are five roles

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        languages = "languages" if "languages" in _changeable(request, obj) else "translates_into"
        sets: list[Any] = [
            (None, self._identity(request, obj)),
            ("Was dieses Konto darf", {"fields": ["is_active", "is_staff", "groups", languages]}),
            ("Verlauf", {"fields": [("last_login", "date_joined")]}),
        ]
        if request.user.is_superuser:
            single = {"fields": ["is_superuser", "user_permissions"], "classes": ["collapse"]}
            sets.append(("Alle Rechte und einzelne Rechte", single))
        return sets

    def _identity(self, request: HttpRequest, account: User) -> dict[str, Any]:
        fields = {"fields": ["username", ("first_name", "last_name"), "email"]}
        if "email" in _changeable(request, account):
            return fields
        return fields | {"description": OWN_EMAIL}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = admin.utils.flatten_fieldsets(self.get_fieldsets(request, obj))
        changeable = _changeable(request, obj)
        return [name for name in shown if name not in changeable]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None and _changeable(request, obj) >= GRANTS:
            kwargs["form"] = GrantsForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, without that where somebody sets the password of somebody else."""
        return [url for url in super().get_urls() if "password" not in (url.name or "")]

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and may_touch(_actor(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_delete(_actor(request), obj)

    @admin.display(description="Rollen")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "–"

    @admin.display(description="Übersetzt in")
    def translates_into(self, user: User) -> str:
        rights = language_rights().filter(user=user).values_list("name", flat=True)
        return ", ".join(map(language_of_right, rights)) or "–"


def _changeable(request: HttpRequest, account: User | None) -> frozenset[str]:
    """Return the fields of ``account`` that the user may change."""
    return fields_to_change(_actor(request), account)


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)  # the admin lets nobody else in
