"""What the script of a form asks: to keep what is typed, and who else has the form open."""

from typing import Final, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from lkintegration.editing.staff_views import StaffView, raw_body
from lkintegration.editing.typed_forms import (
    MOST_BYTES,
    OpenForm,
    find_address,
    forget_typed,
    keep,
    others_in,
)

FORM: Final = "X-Typed-Form"  # headers, so that what is typed is all of the body
CLOSED: Final = "X-Typed-Closed"


class TypedFormView(StaffView):
    """Keeps what somebody types into a form that was shown to them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a token for forms that were shown before the last log-in."""
        return JsonResponse({"token": get_token(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was typed; an empty body says that the form is open."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return JsonResponse({}, status=413)
        form = OpenForm.read(request.headers.get(FORM, ""), cast("User", request.user))
        if form is None:
            raise PermissionDenied
        try:
            sent = raw_body(request).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("no UTF-8") from error
        if not sent:
            request.session.modified = False  # to leave a form open is no use of it
        now = timezone.now()
        keep(form, sent, now, is_closed=CLOSED in request.headers)
        at = f"{timezone.localtime(now):%H:%M}"
        return JsonResponse({"at": at, "others": _told(others_in(form, now))})


class DiscardTypedView(StaffView):
    """Gives up what was typed and not saved."""

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        user = cast("User", request.user)
        address = find_address(user, key)
        forget_typed(user, key)
        return HttpResponseRedirect(address or reverse("admin:index"))


def _told(names: list[str]) -> str:
    if not names:
        return ""
    verb = "hat" if len(names) == 1 else "haben"
    return f"Auch {' und '.join(names)} {verb} dieses Formular offen."
