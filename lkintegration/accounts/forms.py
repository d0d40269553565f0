"""Forms for logging in and for passwords."""

from typing import Any, Final, cast

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.hashers import HashingBusyError
from lkintegration.accounts.own_password import is_own_password
from lkintegration.accounts.tries import count_try, subjects_of_login, take_back
from lkintegration.mailing.enums import Frequency

# The same for a name that nobody has, a wrong password and an account that opens nothing here.
WRONG_LOGIN: Final = (
    "Benutzername oder Passwort ist falsch. Achten Sie auf große und kleine Buchstaben."
)
LONGEST_PASSWORD = 1000  # characters; what is longer is not worth hashing


class LoginForm(AdminAuthenticationForm):
    """Name and password. Each try is counted before it is checked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = self.error_messages | {"invalid_login": WRONG_LOGIN}
        password = cast("forms.CharField", self.fields["password"])
        self.fields["password"] = forms.CharField(
            label=password.label, strip=False, widget=password.widget, max_length=LONGEST_PASSWORD
        )

    def clean(self) -> dict[str, Any]:
        """Check name and password.

        Raises ``TooManyTriesError`` and ``HashingBusyError`` for the view: nothing is checked.
        """
        name, request = self.cleaned_data.get("username"), cast("HttpRequest", self.request)
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        subjects = subjects_of_login(request, name)
        must_wait = count_try(subjects)
        try:
            super().clean()
        except HashingBusyError:
            take_back(subjects)
            raise
        except ValidationError:
            kind = EventKind.WAIT if must_wait else EventKind.REFUSED
            note(kind, request, User.objects.filter(username=name).first())
            raise
        take_back(subjects)
        return self.cleaned_data


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password for oneself. Guesses at the old one are counted like those of a login."""

    def clean_old_password(self) -> str:
        """Return the old password. Raises ``TooManyTriesError`` for the view."""
        password = str(self.cleaned_data["old_password"])
        if not is_own_password(self.user, password):
            raise ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return password


class OwnNameForm(forms.ModelForm):
    """What others read instead of the user name: in the history, beside what is checked or sent."""

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": "Vorname", "last_name": "Nachname"}
        help_texts = {"last_name": "So lesen andere, wer etwas geändert oder geprüft hat."}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = True


class OwnEmailForm(forms.ModelForm):
    """The address that links for a new password go to."""

    class Meta:
        model = User
        fields = ["email"]
        labels = {"email": "E-Mail-Adresse"}
        help_texts = {"email": "Hierhin geht der Link, wenn Sie Ihr Passwort vergessen haben."}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}


class FrequencyForm(forms.Form):
    """How often somebody wants e-mails about their work."""

    frequency = forms.ChoiceField(label="Wie oft?", choices=Frequency.choices)


class LinkForm(forms.Form):
    """Where to send a link."""

    email = forms.EmailField(
        label="E-Mail-Adresse Ihres Kontos",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
