"""Who has an account, and what it may do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from lkintegration.core.models import LanguageSetting
from lkintegration.core.rights import LANGUAGE_RIGHTS


class LanguagesField(forms.ModelMultipleChoiceField):
    """The rights to translate, each named after its language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AccountForm(UserChangeForm):
    """An account; into which languages it translates stands beside its roles."""

    languages = LanguagesField(
        Permission.objects.none(),
        label="Übersetzt in",
        required=False,
        help_text="Zählt für Konten mit der Rolle „Übersetzung“.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language_rights = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(LanguageSetting),
            codename__in=[codename for codename, _name in LANGUAGE_RIGHTS],
        )
        field = self.fields.get("languages")  # not there for those who may only look
        if isinstance(field, LanguagesField):
            field.queryset = self.language_rights
            if self.instance.pk:
                self.initial["languages"] = self.language_rights.filter(user=self.instance)

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # Django's, which its stubs do not know
        if "languages" in self.cleaned_data:
            self.instance.user_permissions.remove(*self.language_rights)
            self.instance.user_permissions.add(*self.cleaned_data["languages"])


admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts: their roles and languages. Only a superuser touches superusers and single rights.

    Otherwise whoever manages accounts could give themselves every right.
    """

    form = AccountForm
    list_display = ["username", "first_name", "last_name", "roles", "is_active"]
    list_filter = ["groups", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password", ("first_name", "last_name"), "email"]}),
        ("Was dieses Konto darf", {"fields": ["is_active", "is_staff", "groups", "languages"]}),
        ("Verlauf", {"fields": [("last_login", "date_joined")]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()  # two lists with arrows; there are five roles

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            single = {"fields": ["is_superuser", "user_permissions"], "classes": ["collapse"]}
            return [*fieldsets, ("Alle Rechte und einzelne Rechte", single)]
        return fieldsets

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    @admin.display(description="Rollen")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "–"


def _may_touch(request: HttpRequest, account: Any) -> bool:
    return account is None or request.user.is_superuser or not account.is_superuser
