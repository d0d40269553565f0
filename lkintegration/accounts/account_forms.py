"""Forms for those who manage accounts."""

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from lkintegration.core.models import LanguageSetting
from lkintegration.core.rights import LANGUAGE_RIGHTS
from lkintegration.editing.refusing_admin import KnownKeysField


class AccountForm(UserChangeForm):
    """An account, without what it may do."""

    password = None  # type: ignore[assignment]  # nobody sees it, nor sets that of somebody else

    def clean_username(self) -> str:
        """Refuse a name that another account has in other letters: who reads it takes it for that.

        Raises ``ValidationError`` in German.
        """
        name: str = self.cleaned_data["username"]
        others = User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError("Diesen Namen hat schon ein anderes Konto.")
        return name


class NewAccountForm(AccountForm):
    """An account to be: its owner gets a link by e-mail and chooses a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True  # an account that opens nothing is of no use to anybody
        self.instance.set_unusable_password()
        return super().save(commit)


class LanguagesField(KnownKeysField):
    """The rights to translate, each named after its language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return language_of_right(obj.name)


class GrantsForm(AccountForm):
    """An account with what it may do; into which languages it translates stands beside its roles.

    For administrators only. A field that a form declares is read however it was sent, so whoever
    may not grant gets ``AccountForm``.
    """

    languages = LanguagesField(
        Permission.objects.none(),
        label="Übersetzt in",
        required=False,
        help_text="Zählt für Konten mit der Rolle „Übersetzung“.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language_rights = language_rights()
        cast("LanguagesField", self.fields["languages"]).queryset = self.language_rights
        self.initial["languages"] = self.language_rights.filter(user=self.instance)

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # Django's, which its stubs do not know
        self.instance.user_permissions.remove(*self.language_rights)
        self.instance.user_permissions.add(*self.cleaned_data["languages"])


def language_of_right(name: str) -> str:
    """Return "Arabisch" for the right that is called "übersetzt: Arabisch"."""
    return name.partition(": ")[2]


def language_rights() -> Any:
    """Return the rights to translate, a queryset of ``Permission``."""
    return Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(LanguageSetting),
        codename__in=[codename for codename, _name in LANGUAGE_RIGHTS],
    )
