"""One's own account: who one is here, where one is logged in, what happened, and the address."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lkintegration.accounts.account_changes import told_changes
from lkintegration.accounts.emails import tell_of_change
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.forms import OwnEmailForm, OwnNameForm
from lkintegration.accounts.marks import SHORT, mark
from lkintegration.accounts.models import LoginEvent, StaffSession
from lkintegration.accounts.role_rights import language_of_right, language_rights
from lkintegration.accounts.sessions import sessions_of
from lkintegration.editing.staff_views import StaffView

EVENTS_SHOWN = 20


class OwnAccountView(StaffView):
    """Where one is logged in, what happened to one's account, and how to end sessions."""

    def get(self, request: HttpRequest) -> HttpResponse:
        account = cast("User", request.user)
        own = request.session.session_key
        sessions = [
            {"row": row, "mark": _mark_of(row), "is_own": row.session_key == own}
            for row in sessions_of(account)
        ]
        events = [
            {"row": event, "connection": event.connection[:SHORT]}
            for event in LoginEvent.objects.filter(account=account)[:EVENTS_SHOWN]
        ]
        return self.page(
            "admin/own_account.html",
            title="Ihr Konto",
            profile=_profile(account),
            sessions=sessions,
            events=events,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        account = cast("User", request.user)
        asked = request.POST.get("beenden", "")
        others = sessions_of(account).exclude(session_key=request.session.session_key)
        ended = [row.session_key for row in others if asked in {"alle", _mark_of(row)}]
        StaffSession.objects.filter(session_key__in=ended).delete()
        if ended:
            note(EventKind.SESSION_ENDED, request, account)
            messages.success(request, "Beendet. Dort muss man sich neu anmelden.")
        else:
            messages.info(request, "Diese Sitzung war schon zu Ende.")
        return HttpResponseRedirect(request.path)


class OwnNameView(StaffView):
    """Another name for one's own account; the log of the account tells of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(OwnNameForm(instance=_stored_account(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        account = _stored_account(request)
        form = OwnNameForm(request.POST, instance=account)
        if not form.is_valid():
            return self._show(form)
        if form.has_changed():
            account.save(update_fields=form.changed_data)
            accounts: Any = admin.site.get_model_admin(User)
            accounts.log_change(request, account, told_changes(form, is_new=False))
        messages.success(request, "Ihr Name ist gespeichert.")
        return HttpResponseRedirect(reverse("konto"))

    def _show(self, form: OwnNameForm) -> HttpResponse:
        return self.page("admin/own_entries.html", title="Ihr Name", form=form)


class OwnEmailView(StaffView):
    """Another address for one's own account; both are told."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(OwnEmailForm(instance=_stored_account(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        account = _stored_account(request)
        former = account.email
        form = OwnEmailForm(request.POST, instance=account)
        if not form.is_valid():
            return self._show(form)
        if form.has_changed():
            form.save()
            note(EventKind.EMAIL, request, account)
            tell_of_change(EventKind.EMAIL, account, former)
        messages.success(request, "Ihre E-Mail-Adresse ist gespeichert.")
        return HttpResponseRedirect(reverse("konto"))

    def _show(self, form: OwnEmailForm) -> HttpResponse:
        return self.page("admin/own_entries.html", title="Ihre E-Mail-Adresse", form=form)


def _stored_account(request: HttpRequest) -> User:
    """Return the account of the user; not the one of the request, which a form would change."""
    return User.objects.get(username=request.user.get_username())


def _profile(account: User) -> list[tuple[str, str]]:
    """Return who somebody is here and what they may do, each with its label."""
    languages = language_rights().filter(user=account)
    return [
        ("Name", account.get_full_name()),
        ("Benutzername", account.get_username()),
        ("E-Mail-Adresse", account.email),
        ("Rollen", _roles(account)),
        ("Sprachen, in die Sie übersetzen", ", ".join(map(language_of_right, languages))),
    ]


def _roles(account: User) -> str:
    everything = ["alle Rechte"] if account.is_superuser else []
    return ", ".join([*everything, *account.groups.order_by("name").values_list("name", flat=True)])


def _mark_of(row: StaffSession) -> str:
    return mark("session", row.session_key)[: 2 * SHORT]
