"""How often somebody of staff hears by e-mail what others did that concerns their work."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lkintegration.accounts.forms import FrequencyForm
from lkintegration.editing.staff_views import StaffView
from lkintegration.mailing.staff_emails import choose_frequency, frequency_of


class OwnEmailsView(StaffView):
    """The wish of one person, and what it is about."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(FrequencyForm(initial={"frequency": frequency_of(self._account())}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FrequencyForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        choose_frequency(self._account(), form.cleaned_data["frequency"])
        messages.success(request, "Gespeichert.")
        return HttpResponseRedirect(reverse("konto"))

    def _account(self) -> User:
        return cast("User", self.request.user)

    def _show(self, form: FrequencyForm) -> HttpResponse:
        return self.page(
            "admin/own_emails.html",
            title="E-Mails über Ihre Arbeit",
            form=form,
            address=self._account().email,
            can_send=bool(settings.EMAIL_HOST),
        )
