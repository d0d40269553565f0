"""Asks who somebody is, at whatever address of the admin they are.

After the log-in for the second factor, and once more before steps that cannot be taken back or
that give rights. The page stands at the address itself, so nothing has to lead back, and it carries
along what a form has sent, so nothing is lost.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.factor_forms import CodeForm, PasswordForm
from lkintegration.accounts.passkeys import PASSKEY_MEDIA
from lkintegration.accounts.refusals import NotCheckedError, refuse
from lkintegration.accounts.second_factor import (
    Factors,
    Standing,
    confirm,
    factors_of,
    is_fresh,
    standing_of,
)

# Reached without a second factor: logging in, and the ways to show one.
OPEN: Final = {
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "admin_password_reset",
    "neues-passwort",
    "passkey-beginn",
    "passkey-fertig",
}
OVERVIEW: Final = "zweiter-faktor"
# Where a factor is set up: all that those see who should have one by now.
SETUP: Final = {
    OVERVIEW,
    "zweiter-faktor-app",
    "zweiter-faktor-passkey",
    "passkey-neu-beginn",
    "passkey-neu-fertig",
}
# Asked before they are shown; all others before they are sent.
DELICATE: Final = SETUP - {OVERVIEW} | {"eigene-email", "konto-einladung"}
ACCOUNTS: Final = ("admin:auth_user_", "admin:accounts_role_", "konto-zugang")
DESTRUCTIVE: Final = ("_delete", "_restore")
ANSWER, AND_THEN = "bestaetigung-knopf", "bestaetigung-weiter"


class SecondFactorMiddleware:
    """Lets nobody pass who has to show who they are, and asks them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Answer with the question, or let the request pass."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if not request.path_info.startswith(settings.ADMIN_PATH) or name in OPEN:
            return None
        if not (request.user.is_authenticated and request.user.is_staff):
            return None  # Django sends them to the login
        standing, due_at = standing_of(request)
        cast("Any", request).factor_due_at = due_at
        if standing is Standing.OVERDUE and name not in SETUP:
            return HttpResponseRedirect(reverse(OVERVIEW))
        is_login = standing is Standing.ASK
        if is_login or (is_delicate(request, name) and not is_fresh(request)):
            question = _ask(request, is_login=is_login)
            if question is not None:
                return question
        return _go_on(request)


def is_delicate(request: HttpRequest, name: str) -> bool:
    """Return whether the request changes accounts, roles or factors, deletes, or restores.

    ``name`` is that of its address.
    """
    if name in DELICATE:
        return True
    if request.method != "POST":
        return False
    if name == OVERVIEW or name.endswith(DESTRUCTIVE):
        return True
    if name.endswith("_changelist"):
        # Above and below the list stands one choice each; Django picks by a further field.
        return "delete_selected" in request.POST.getlist("action")
    return name.startswith(ACCOUNTS)


def _ask(request: HttpRequest, *, is_login: bool) -> HttpResponse | None:
    """Take the answer, or ask: None where the request may go on as if nobody had asked."""
    user = cast("User", request.user)
    factors = factors_of(user)
    answered = request.method == "POST" and ANSWER in request.POST
    form = _form(user, factors, request.POST if answered else None)
    if answered and form is not None and _check(request, form):
        return None
    return _question(request, factors, form, is_login=is_login)


def _form(user: User, factors: Factors, data: Any) -> CodeForm | PasswordForm | None:
    if factors.app or factors.codes_left:
        return CodeForm(user, data, has_app=factors.app is not None)
    return None if factors.passkeys else PasswordForm(user, data)


def _check(request: HttpRequest, form: CodeForm | PasswordForm) -> bool:
    """Return whether the answer is right: then the session says so."""
    try:
        is_right = form.is_valid()
    except NotCheckedError as refusal:
        refuse(form, str(refusal))
        return False
    if is_right:
        confirm(request, form.device)
    elif isinstance(form, CodeForm):
        note(EventKind.FACTOR_REFUSED, request, form.user)
    return is_right


def _question(
    request: HttpRequest, factors: Factors, form: Form | None, *, is_login: bool
) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": "Zweiter Faktor" if is_login else "Sind Sie es?",
        "is_login": is_login,
        "form": form,
        "factors": factors,
        "media": PASSKEY_MEDIA if factors.passkeys else "",
        "sent": list(_sent(request)),
        "and_then": "GET" if request.method == "GET" else request.POST.get(AND_THEN, "POST"),
        "is_nav_sidebar_enabled": False,
    }
    # Not 200: scripts that wait for another answer shall not take this one for it.
    response = render(request, "admin/ask_again.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield what the form has sent, but for the answer."""
    if request.method == "POST":
        for name, values in request.POST.lists():
            if name != "csrfmiddlewaretoken" and not name.startswith("bestaetigung-"):
                yield from ((name, str(value)) for value in values)


def _go_on(request: HttpRequest) -> HttpResponse | None:
    """Leave of the request what its own form has sent; lead back to what was no form.

    A passkey has answered before the page is sent (``static/js/passkey.js``).
    """
    if request.method != "POST" or ANSWER not in request.POST:
        return None
    if request.POST.get(AND_THEN) == "GET":
        return HttpResponseRedirect(request.get_full_path())
    rest = request.POST.copy()
    for name in [name for name in rest if name.startswith("bestaetigung-")]:
        del rest[name]
    request.POST = rest  # type: ignore[assignment]  # not frozen, which nobody here minds
    return None
