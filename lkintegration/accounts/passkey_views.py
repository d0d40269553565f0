"""What a browser (``static/js/passkey.js``) and the site tell each other about a passkey, as JSON.

The library's views, with what our house adds: for staff only, no more than some passkeys, whatever
a browser sends is refused in words, and what happened is written down.
"""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django_otp_webauthn import exceptions, views
from django_otp_webauthn.models import WebAuthnCredential

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.passkeys import MOST_PASSKEYS
from lkintegration.accounts.second_factor import confirm, end_other_sessions
from lkintegration.editing.staff_views import raw_body


class StaffPasskeyView(views.BaseWebAuthnView):
    """A step of a ceremony, for staff who are logged in."""

    http_method_names = ["post"]

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raise where the user opens nothing here."""
        if not (request.user.is_active and request.user.is_staff):
            raise exceptions.NotAuthenticated
        super().initial(request, *args, **kwargs)

    def _parse_request_data(self, request: HttpRequest) -> Any:
        try:
            body = raw_body(request)
            data = json.loads(body) if body else {}
        except (ValueError, RecursionError, BadRequest) as error:
            raise exceptions.MalformedRequest from error
        if not isinstance(data, dict):
            raise exceptions.MalformedRequest
        return data

    def handle_exception(self, exc: Exception) -> JsonResponse:
        """Return in German what to do; the library's words are for programmers."""
        if isinstance(exc, (ValueError, TypeError, KeyError, AttributeError)):
            exc = exceptions.MalformedRequest()  # of values that the library does not expect
        if not isinstance(exc, exceptions.OTPWebAuthnApiError):
            raise exc
        return JsonResponse(
            {"detail": WORDS.get(type(exc), WORDS_FOR_ALL_ELSE), "code": exc.code},
            status=exc.status_code,
        )


class TooManyPasskeysError(exceptions.OTPWebAuthnApiError):
    """An account has as many as it may have."""

    status_code = 403
    default_code = "too_many"


WORDS: dict[type[Exception], str] = {
    exceptions.NotVerified: "Bestätigen Sie sich zuerst mit dem zweiten Faktor, den Sie haben.",
    exceptions.CredentialNotFound: "Diesen Passkey gibt es nicht mehr. Nehmen Sie einen anderen.",
    exceptions.CredentialUserMismatch: "Dieser Passkey gehört zu einem anderen Konto.",
    exceptions.NotAuthenticated: "Bitte melden Sie sich neu an.",
    exceptions.PasswordlessLoginDisabled: "Bitte melden Sie sich neu an.",
    TooManyPasskeysError: f"Ein Konto hat höchstens {MOST_PASSKEYS} Passkeys. Entfernen Sie einen.",
}
WORDS_FOR_ALL_ELSE = (
    "Das hat nicht geklappt. Laden Sie die Seite neu und versuchen Sie es noch einmal."
)


class NewPasskeyMixin(StaffPasskeyView):
    """A passkey that is being set up."""

    def check_can_register(self) -> None:
        """Raise where the account has enough of them."""
        if WebAuthnCredential.objects.filter(user=self.request.user).count() >= MOST_PASSKEYS:
            raise TooManyPasskeysError


class NewPasskeyBeginView(NewPasskeyMixin, views.BeginCredentialRegistrationView):
    """What the browser needs to make a passkey."""


class NewPasskeyCompleteView(NewPasskeyMixin, views.CompleteCredentialRegistrationView):
    """The passkey that it has made."""

    def post(self, *args: Any, **kwargs: Any) -> JsonResponse:
        response = super().post(*args, **kwargs)
        confirm(self.request)
        end_other_sessions(self.request)
        note(EventKind.FACTOR_ADDED, self.request, self.request.user)
        return response


class PasskeyBeginView(StaffPasskeyView, views.BeginCredentialAuthenticationView):
    """What the browser needs to show a passkey."""


class PasskeyCompleteView(StaffPasskeyView, views.CompleteCredentialAuthenticationView):
    """The proof that it holds the passkey."""

    def complete_auth(self, device: WebAuthnCredential) -> None:
        """Note that the user has shown who they are."""
        confirm(self.request, device)

    def get_success_data(self, device: WebAuthnCredential) -> dict[str, Any]:
        """Return nothing more: the page knows where it was going."""
        return {"id": device.pk}
