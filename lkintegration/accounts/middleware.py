"""What every request of somebody who is logged in passes."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lkintegration.accounts.hashers import HashingBusyError
from lkintegration.accounts.sessions import SessionStore


class StaffSessionMiddleware:
    """Keep sessions alive that are used, and end those of accounts that are switched off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only there: elsewhere nobody asks who somebody is, and it would take two queries.
        session = request.session
        if request.path_info.startswith(settings.ADMIN_PATH) and isinstance(session, SessionStore):
            if request.user.is_authenticated:
                session.note_use()
            elif SESSION_KEY in session:
                session.flush()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in words that too many passwords are being checked, whatever form sent one."""
        if not isinstance(exception, HashingBusyError):
            return None
        response = render(request, "admin/busy.html", status=503)
        response.headers["Retry-After"] = str(exception.seconds)
        response.headers["Cache-Control"] = "no-store"
        return response
