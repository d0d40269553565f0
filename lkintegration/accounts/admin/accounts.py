"""Who has an account, and what it may do (``account_rights`` has the rules)."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from lkintegration.accounts.account_changes import told_changes
from lkintegration.accounts.account_forms import (
    AccountForm,
    GrantsForm,
    NewAccountForm,
    NewGrantsForm,
)
from lkintegration.accounts.account_rights import (
    GRANTS,
    fields_to_change,
    is_in_use,
    is_open,
    may_delete,
    may_touch,
    refuse_former_administrators,
)
from lkintegration.accounts.admin.named_rights import NamedRightsAdmin
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.links import send_invitation
from lkintegration.accounts.role_rights import (
    language_of_right,
    language_rights,
    name_of_right,
    rights_to_give,
)
from lkintegration.core.account_names import account_name

OWN_EMAIL = (
    "Die E-Mail-Adresse ändert nur, wem das Konto gehört (unter „Ihr Konto“), weil an sie der Link "
    "für ein neues Passwort geht."
)
INVITED = "Das Passwort wählt, wem das Konto gehört, über einen Link."

for model in (User, TOTPDevice, StaticDevice):  # ours follows; nobody sees the secrets of others
    admin.site.unregister(model)


class RoleFilter(admin.RelatedFieldListFilter):
    """By role; Django's title is "Gruppe"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "Rolle"


@admin.register(User)
class AccountAdmin(NamedRightsAdmin, UserAdmin):
    """Accounts: added by those who manage them, given rights by administrators."""

    form = AccountForm
    change_form_template = "admin/account_change_form.html"
    add_form_template = "admin/change_form.html"  # Django's own speaks of a password
    list_display = ["full_name", "username", "roles", "is_active"]
    list_filter = [("groups", RoleFilter), "is_active"]
    ordering = ["last_name", "first_name", "username"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self._fieldsets_of_new(request)
        grants = ["groups", "languages", "user_permissions"]
        if "groups" not in _changeable(request, obj):
            grants = ["roles", "translates_into", "single_rights"]
        *common, single = grants
        sets: list[Any] = [
            (None, self._identity(request, obj)),
            ("Was dieses Konto darf", {"fields": ["is_active", *common]}),
            ("Verlauf", {"fields": [("last_login", "date_joined")]}),
        ]
        if request.user.is_superuser:
            rare = {"fields": ["is_superuser", single], "classes": ["collapse"]}
            sets.append(("Alle Rechte und einzelne Rechte", rare))
        return sets

    def _fieldsets_of_new(self, request: HttpRequest) -> list[Any]:
        names = ["first_name", "last_name", "email", "username"]
        if "groups" not in _changeable(request, None):
            later = "Rollen und Sprachen gibt jemand mit allen Rechten; dann kommt die Einladung."
            return [(None, {"fields": names, "description": f"{INVITED} {later}"})]
        return [
            (None, {"fields": names, "description": INVITED}),
            ("Was dieses Konto darf", {"fields": ["groups", "languages"]}),
        ]

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
        changeable = _changeable(request, obj)
        if obj is None:
            kwargs["form"] = NewGrantsForm if "groups" in changeable else NewAccountForm
        elif changeable >= GRANTS:
            kwargs["form"] = GrantsForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, without that where somebody sets the password of somebody else."""
        return [url for url in super().get_urls() if "password" not in (url.name or "")]

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "widget": forms.CheckboxSelectMultiple(),
                "label": "Rollen",
                "help_text": "",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and may_touch(_actor(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_delete(_actor(request), obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if isinstance(form, GrantsForm):
            refuse_former_administrators(_actor(request))
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        refuse_former_administrators(_actor(request))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        refuse_former_administrators(_actor(request))
        super().delete_queryset(request, queryset)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not isinstance(form, GrantsForm):
            return
        if form.lacks_language:
            messages.warning(
                request, "Zum Übersetzen fehlt noch eine Sprache: Haken Sie sie im Konto an."
            )
        if not form.had_rights and is_open(form.instance) and not is_in_use(form.instance):
            self._invite(request, form.instance)

    def _invite(self, request: HttpRequest, account: User) -> None:
        if send_invitation(request, account):
            note(EventKind.LINK_ASKED, request, account)
            messages.success(request, f"Die Einladung ist unterwegs an {account.email}.")
        else:
            cast("Any", request).is_to_print = True

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return told_changes(form, is_new=add)

    def response_add(self, request: HttpRequest, obj: User, *_rest: Any) -> HttpResponse:
        """Lead on to the list, or to the invitation where nobody can send it by e-mail."""
        messages.success(request, f"Das Konto für {account_name(obj)} ist angelegt.")
        return self._lead_on(request, obj, "_addanother")

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        messages.success(request, f"Das Konto von {account_name(obj)} ist gesichert.")
        return self._lead_on(request, obj, "_continue")

    def _lead_on(self, request: HttpRequest, account: User, again: str) -> HttpResponse:
        """Lead to the list, to the same form again, or to an invitation that is to be printed."""
        if getattr(request, "is_to_print", False):
            return HttpResponseRedirect(reverse("konto-einladung", args=[account.pk]))
        if again in request.POST:
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    @admin.display(description="Name", ordering="last_name")
    def full_name(self, user: User) -> str:
        return account_name(user)

    @admin.display(description="Rollen")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "–"

    @admin.display(description="Übersetzt in")
    def translates_into(self, user: User) -> str:
        rights = language_rights().filter(user=user)
        return ", ".join(map(language_of_right, rights)) or "–"

    @admin.display(description="Rechte")
    def single_rights(self, user: User) -> str:
        rights = rights_to_give().filter(user=user)
        return ", ".join(map(name_of_right, rights)) or "–"


def _changeable(request: HttpRequest, account: User | None) -> frozenset[str]:
    """Return the fields of ``account`` that the user may change."""
    return fields_to_change(_actor(request), account)


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)  # the admin lets nobody else in
