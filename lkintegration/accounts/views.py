"""Logging in, and a new password."""

import threading
import time
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from lkintegration.accounts.account_rights import is_in_use, is_open
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.forms import LinkForm, LoginForm, OwnPasswordForm
from lkintegration.accounts.hashers import PLACES, HashingBusyError
from lkintegration.accounts.known_browsers import remember_browser
from lkintegration.accounts.limits import ADDRESS, LINKS
from lkintegration.accounts.links import accounts_to_reach, send_link
from lkintegration.accounts.log_in import log_in
from lkintegration.accounts.marks import mark, mark_of_connection, mark_of_name
from lkintegration.accounts.refusals import NotCheckedError, refuse
from lkintegration.accounts.tries import TooManyTriesError, count_try

_waiting = threading.BoundedSemaphore(PLACES)


class CountedFormView(FormView):
    """A form that may be sent a few times only; then it says until when to wait."""

    advice = ""  # what else helps

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except TooManyTriesError as refusal:
            _slow_down()
            return self._refuse(refusal, f"{refusal} {self.advice}".strip())
        except HashingBusyError as refusal:
            return self._refuse(refusal, str(refusal))

    def form_invalid(self, form: Any) -> HttpResponse:
        _slow_down()
        return super().form_invalid(form)

    def _refuse(self, refusal: NotCheckedError, words: str) -> HttpResponse:
        form = self.get_form()
        refuse(form, words)
        response = self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        response.headers["Retry-After"] = str(refusal.seconds)
        return response


class StaffLoginView(CountedFormView, LoginView):
    """Name and password; leads on to pages of the admin only."""

    authentication_form = LoginForm
    template_name = "admin/login.html"
    advice = (
        "Schneller geht es über den Link „Zugangsdaten vergessen?“ oder in dem Browser, in dem Sie "
        "sich sonst anmelden."
    )

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Return where the visitor wanted to go; empty for what is no page of the admin."""
        address = super().get_redirect_url()
        return address if address.startswith(settings.ADMIN_PATH) else ""

    def form_valid(self, form: Any) -> HttpResponse:
        return log_in(self.request, form.get_user(), self.get_success_url())


class OwnPasswordView(CountedFormView, PasswordChangeView):
    """A new password for oneself; every other session ends."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note(EventKind.PASSWORD, self.request, cast("User", self.request.user))
        return response


class LoggedOutView(FormView):
    """A page in the frame of the admin for those who are not logged in."""

    title = ""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frame = admin.site.each_context(self.request) | {"is_nav_sidebar_enabled": False}
        return frame | super().get_context_data(**kwargs) | {"title": self.title}


class AskLinkView(CountedFormView, LoggedOutView):
    """Sends a link for a new password, and never says whether there was an account."""

    form_class = LinkForm
    template_name = "admin/ask_link.html"
    title = "Passwort vergessen"
    success_url = reverse_lazy("admin:login")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_send=bool(settings.EMAIL_HOST), **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        email = form.cleaned_data["email"]
        connection = mark_of_connection(self.request)
        count_try(
            {mark_of_name("link", email): LINKS}
            | ({mark("links", connection): ADDRESS} if connection else {})
        )
        accounts = accounts_to_reach(email)
        if not accounts:
            note(EventKind.LINK_ASKED, self.request, None)
        for account in accounts:
            note(EventKind.LINK_ASKED, self.request, account)
            send_link(self.request, account)
        messages.success(
            self.request,
            "Gehört zu dieser Adresse ein Konto, ist jetzt eine E-Mail mit einem Link unterwegs. "
            "Kommt keine an, bitten Sie jemanden, der die Konten verwaltet.",
        )
        return super().form_valid(form)


class NewPasswordView(LoggedOutView, PasswordResetConfirmView):
    """A new password for whoever has the link.

    Who takes up an invitation is logged in at once: so far the account has been nobody's, so there
    is nothing of somebody else's to get into.
    """

    template_name = "admin/new_password.html"
    title = "Neues Passwort"
    success_url = reverse_lazy("admin:login")

    def get_user(self, uidb64: str) -> Any:
        """Return the account; None if it is switched off or opens nothing here."""
        account = super().get_user(uidb64)
        return account if account and is_open(account) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_first = self.validlink and not is_in_use(cast("User", self.user))
        title = "Willkommen" if is_first else self.title
        return super().get_context_data(**kwargs) | {"title": title, "is_first": is_first}

    def form_valid(self, form: Any) -> HttpResponse:
        is_first = not is_in_use(form.user)
        response = super().form_valid(form)
        note(EventKind.PASSWORD, self.request, form.user)
        if is_first:
            messages.success(self.request, "Ihr Passwort gilt. Sie sind angemeldet.")
            return log_in(self.request, form.user, reverse("admin:index"))
        # Whoever reads the account's mail need not wait for what strangers have tried.
        remember_browser(response, form.user.get_username())
        messages.success(
            self.request, "Ihr neues Passwort gilt. Bitte melden Sie sich jetzt damit an."
        )
        return response


def _slow_down() -> None:
    """Let a guesser wait for the answer, so that guessing fast takes no core from readers.

    A few threads of a worker at most wait; whoever comes while they do is answered at once.
    """
    if _waiting.acquire(blocking=False):
        try:
            time.sleep(settings.PAUSE_AFTER_MISTAKE)
        finally:
            _waiting.release()
