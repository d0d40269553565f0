"""One's own second factor: set up, replaced, removed; codes for the day when it is lost."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_otp.models import Device

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.factor_codes import (
    add_app,
    app_address,
    make_recovery_codes,
    new_app_key,
    qr_picture,
    typed_key,
)
from lkintegration.accounts.factor_forms import NewAppForm
from lkintegration.accounts.passkeys import PASSKEY_MEDIA
from lkintegration.accounts.refusals import refuse
from lkintegration.accounts.second_factor import (
    confirm,
    end_other_sessions,
    factors_of,
    needs_factor,
    remove_factor,
)
from lkintegration.accounts.tries import TooManyTriesError
from lkintegration.editing.staff_views import StaffView

NEW_KEY = "_new_app_key"  # in the session: the secret of an app that is being set up


class FactorsView(StaffView):
    """What one has of second factors, and what one can do with them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = _user(request)
        factors = factors_of(user)
        return self.page(
            "admin/second_factor.html",
            title="Ihr zweiter Faktor",
            factors=factors,
            is_missing=needs_factor(user) and not factors.number,
            due_at=getattr(request, "factor_due_at", None),
            now=timezone.now(),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user = _user(request)
        if "codes" in request.POST:
            if factors_of(user).number:
                return recovery_codes_page(self, user)
            messages.error(request, "Richten Sie zuerst eine App oder einen Passkey ein.")
        elif "entfernen" in request.POST:
            self._remove(user, request.POST["entfernen"])
        return HttpResponseRedirect(request.path)

    def _remove(self, user: User, persistent_id: str) -> None:
        if needs_factor(user) and factors_of(user).number < 2:
            messages.error(
                self.request,
                "Ihr Konto braucht einen zweiten Faktor. Richten Sie erst einen anderen ein.",
            )
        elif device := remove_factor(user, persistent_id):
            note(EventKind.FACTOR_REMOVED, self.request, user)
            messages.success(self.request, f"Entfernt: {device.name}.")
        else:
            messages.info(self.request, "Das war schon entfernt.")


class NewAppView(StaffView):
    """An app that shows codes becomes the second factor, in place of an earlier one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        request.session.setdefault(NEW_KEY, new_app_key())
        return self._page(NewAppForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, user = NewAppForm(request.POST), _user(request)
        key = request.session.setdefault(NEW_KEY, new_app_key())
        if not form.is_valid():
            return self._page(form)
        try:
            device = add_app(user, key, form.cleaned_data["code"])
        except TooManyTriesError as refusal:
            refuse(form, str(refusal))
            return self._page(form)
        if device is None:
            form.add_error(
                "code",
                "Dieser Code stimmt nicht. Warten Sie auf den nächsten; stimmt er auch nicht, "
                "stellen Sie die Uhr des Telefons auf „automatisch“.",
            )
            return self._page(form)
        del request.session[NEW_KEY]
        return factor_added(self, user, device)

    def _page(self, form: NewAppForm) -> HttpResponse:
        key = self.request.session[NEW_KEY]
        return self.page(
            "admin/second_factor_app.html",
            title="Authenticator-App einrichten",
            form=form,
            picture=qr_picture(app_address(_user(self.request), key)),
            key=typed_key(key),
        )


class NewPasskeyView(StaffView):
    """Where the browser is asked for a passkey (``passkey_views``), and where it comes back to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            "admin/second_factor_passkey.html", title="Passkey einrichten", media=PASSKEY_MEDIA
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user = _user(request)
        if factors_of(user).codes_left:
            messages.success(request, "Ihr Passkey ist eingerichtet.")
            return HttpResponseRedirect(reverse("zweiter-faktor"))
        return recovery_codes_page(self, user) if factors_of(user).number else self.get(request)


def factor_added(view: StaffView, user: User, device: Device) -> HttpResponse:
    """Note a new factor; return the page with recovery codes, unless there are some."""
    note(EventKind.FACTOR_ADDED, view.request, user)
    confirm(view.request, device)
    end_other_sessions(view.request)
    if factors_of(user).codes_left:
        messages.success(view.request, f"Eingerichtet: {device.name}.")
        return HttpResponseRedirect(reverse("zweiter-faktor"))
    return recovery_codes_page(view, user)


def recovery_codes_page(view: StaffView, user: User) -> HttpResponse:
    """Return the page with new recovery codes. They are shown this once."""
    return view.page(
        "admin/recovery_codes.html",
        title="Ihre Wiederherstellungscodes",
        codes=make_recovery_codes(user),
        made_on=timezone.localdate(),
        account=user,
    )


def _user(request: HttpRequest) -> User:
    return cast("Any", request.user)
