"""Forms of the second factor."""

from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django_otp.models import Device

from lkintegration.accounts.factor_codes import verify_code
from lkintegration.accounts.forms import LONGEST_PASSWORD
from lkintegration.accounts.own_password import is_own_password

LONGEST_CODE: Final = 40  # characters, blanks and hyphens between them included

CODE_INPUT: Final = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
)


class CodeForm(forms.Form):
    """A code of the app, or a recovery code. ``device`` is what it belongs to."""

    prefix = "bestaetigung"
    device: Device | None = None
    code = forms.CharField(
        label="Wiederherstellungscode", max_length=LONGEST_CODE, widget=CODE_INPUT
    )

    def __init__(self, user: User, *args: Any, has_app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if has_app:
            self.fields["code"].label = "Code der App oder ein Wiederherstellungscode"

    def clean_code(self) -> str:
        """Use the code up. Raises ``TooManyTriesError`` for the view."""
        code: str = self.cleaned_data["code"]
        self.device = verify_code(self.user, code)
        return code


class PasswordForm(forms.Form):
    """One's own password once more, of those who have no second factor."""

    prefix = "bestaetigung"
    device: Device | None = None
    password = forms.CharField(
        label="Ihr Passwort",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Check the password.

        Raises ``TooManyTriesError`` and ``HashingBusyError`` for the view: nothing is checked.
        """
        password: str = self.cleaned_data["password"]
        if not is_own_password(self.user, password):
            raise ValidationError("Das ist nicht Ihr Passwort.")
        return password


class NewAppForm(forms.Form):
    """The first code of an app that is to become a factor."""

    code = forms.CharField(label="Code aus 6 Ziffern", max_length=LONGEST_CODE, widget=CODE_INPUT)
