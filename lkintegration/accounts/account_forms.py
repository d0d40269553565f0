"""Forms for those who manage accounts."""

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError

from lkintegration.accounts.account_rights import has_rights, let_staff_status_follow
from lkintegration.accounts.role_rights import language_of_right, language_rights, name_of_right
from lkintegration.core.slugs import german_slug
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
    """An account to be: its owner gets a link and chooses a password.

    The user name is made from the name, where nobody says another one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = "Hierhin geht die Einladung."
        self.fields["username"].required = False
        self.fields[
            "username"
        ].help_text = (
            "Damit meldet sich die Person an. Leer lassen: Er entsteht aus Vorname und Nachname."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        names = [given[part] for part in ("first_name", "last_name") if given.get(part)]
        if not names:
            self.add_error("last_name", "Schreiben Sie, wie die Person heißt.")
        elif given.get("username") == "":
            given["username"] = _free_user_name(names)
        return given

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class RightsField(KnownKeysField):
    """Rights, each by its German name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return name_of_right(obj)


class LanguagesField(KnownKeysField):
    """The rights to translate, each named after its language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return language_of_right(obj)


class GrantsForm(AccountForm):
    """An account with what it may do; into which languages it translates stands beside its roles.

    For administrators only. A field that a form declares is read however it was sent, so whoever
    may not grant gets ``AccountForm``. ``had_rights`` tells whether it could do anything before.
    """

    languages = LanguagesField(
        Permission.objects.none(),
        label="Übersetzt in",
        required=False,
        help_text="Zählt für Konten mit der Rolle „Übersetzung“.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("LanguagesField", self.fields["languages"]).queryset = language_rights()
        is_known = self.instance.pk is not None
        self.had_rights = is_known and has_rights(self.instance)
        own = list(language_rights().filter(user=self.instance)) if is_known else []
        self.initial["languages"] = own
        # They are rights like others to Django, and have a field of their own here.
        single = self.initial.get("user_permissions", [])
        self.initial["user_permissions"] = [right for right in single if right not in own]

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # Django's, which its stubs do not know
        self.instance.user_permissions.remove(*language_rights())
        self.instance.user_permissions.add(*self.cleaned_data["languages"])
        let_staff_status_follow(self.instance)

    @property
    def lacks_language(self) -> bool:
        """Return whether the account has a role to translate, and no language to do it in."""
        roles = self.cleaned_data["groups"]
        translates = roles.filter(permissions__codename__startswith="translate_").exists()
        return translates and not self.cleaned_data["languages"]


class NewGrantsForm(GrantsForm, NewAccountForm):
    """An account to be, with roles and languages, all at once."""


def _free_user_name(names: list[str]) -> str:
    name = ".".join(german_slug(part, 60) for part in names)
    taken = set(User.objects.filter(username__istartswith=name).values_list("username", flat=True))
    taken = {other.lower() for other in taken}
    return next(
        free
        for number in range(1, len(taken) + 3)
        if (free := _numbered(name, number)) not in taken
    )


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{number}"
