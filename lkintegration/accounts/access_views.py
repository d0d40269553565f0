"""How others help somebody back into their account, without getting into it themselves."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from lkintegration.accounts.account_rights import may_reset_factor
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.factor_codes import forget_wrong_codes
from lkintegration.accounts.links import send_link
from lkintegration.accounts.second_factor import factors_of, reset_factors
from lkintegration.accounts.tries import lift_wait
from lkintegration.editing.staff_views import ButtonsView


class AccessView(ButtonsView):
    """Send a link for a password, reset a lost second factor, lift a wait after wrong tries."""

    buttons = ("send_link", "reset_factor", "lift_wait")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.find_subject(pk=pk)
        return self.page(
            "admin/account_access.html",
            title=f"Zugang: {account}",
            account=account,
            factors=factors_of(account),
            can_reset=may_reset_factor(self._actor, account),
            can_send=bool(settings.EMAIL_HOST and account.email),
        )

    def find_subject(self, **where: Any) -> User:
        account = User.objects.filter(pk=where["pk"]).first()
        if not admin.site.get_model_admin(User).has_change_permission(self.request, account):
            raise PermissionDenied
        if account is None:
            raise Http404
        return account

    def send_link(self, account: User) -> None:
        """Send the account's owner a link; nobody else sees it."""
        if not (account.is_active and account.is_staff):
            raise ValidationError("Dieses Konto ist abgeschaltet.")
        if not send_link(self.request, account):
            raise ValidationError("Ohne Mailserver oder E-Mail-Adresse geht das nicht.")
        note(EventKind.LINK_ASKED, self.request, account)
        messages.success(self.request, f"Der Link ist unterwegs an {account.email}.")

    def reset_factor(self, account: User) -> None:
        """Take the second factor away from somebody who has lost it."""
        self._refuse_others(account)
        reset_factors(account)
        note(EventKind.FACTOR_REMOVED, self.request, account)
        model_admin = admin.site.get_model_admin(User)
        model_admin.log_change(self.request, account, "Zweiter Faktor zurückgesetzt.")
        messages.success(
            self.request, f"{account} meldet sich jetzt mit dem Passwort an und richtet neu ein."
        )

    def lift_wait(self, account: User) -> None:
        """Let somebody try again at once who has waited after wrong passwords or codes."""
        self._refuse_others(account)
        lift_wait(account.get_username())
        forget_wrong_codes(account)
        note(EventKind.LOCK_LIFTED, self.request, account)
        messages.success(self.request, f"{account} kann es sofort wieder versuchen.")

    def _refuse_others(self, account: User) -> None:
        if not may_reset_factor(self._actor, account):
            raise PermissionDenied

    @property
    def _actor(self) -> User:
        return cast("Any", self.request.user)
