"""Logs somebody in, whatever was asked of them before: here and nowhere else."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.known_browsers import known_browser, remember_browser
from lkintegration.accounts.marks import mark
from lkintegration.accounts.sessions import start_session
from lkintegration.accounts.tries import forget_tries


def log_in(request: HttpRequest, account: User, address: str) -> HttpResponse:
    """Log ``account`` in, remember its browser, and lead on to ``address``, one of ours."""
    name = account.get_username()
    start_session(request, account)
    note(EventKind.LOGIN, request, account)
    response = HttpResponseRedirect(address)
    if known := known_browser(request, name):
        forget_tries(mark("browser", known))
    else:
        remember_browser(response, name)
    return response
