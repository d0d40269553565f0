"""How others help somebody back into their account, without getting into it themselves."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from lkintegration.accounts.account_rights import (
    is_in_use,
    is_open,
    may_invite,
    may_reset_factor,
)
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.factor_codes import forget_wrong_codes, qr_picture
from lkintegration.accounts.links import (
    INVITED_FOR,
    can_send,
    invitation_link,
    send_invitation,
    send_link,
)
from lkintegration.accounts.second_factor import factors_of, reset_factors
from lkintegration.accounts.tries import lift_wait
from lkintegration.core.account_names import account_name
from lkintegration.editing.staff_views import ButtonsView
from lkintegration.serving.site_address import address_of_site


class AccountView(ButtonsView):
    """A page about the account that its address names, for those who may change it."""

    def find_subject(self, **where: Any) -> User:
        account = User.objects.filter(pk=where["pk"]).first()
        if not admin.site.get_model_admin(User).has_change_permission(self.request, account):
            raise PermissionDenied
        if account is None:
            raise Http404
        return account

    @property
    def _actor(self) -> User:
        return cast("Any", self.request.user)


class AccessView(AccountView):
    """Send a link for a password, reset a lost second factor, lift a wait after wrong tries."""

    buttons = ("send_link", "reset_factor", "lift_wait")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.find_subject(pk=pk)
        return self.page(
            "admin/account_access.html",
            title=f"Zugang: {account_name(account)}",
            account=account,
            factors=factors_of(account),
            can_reset=may_reset_factor(self._actor, account),
            can_send=can_send(account),
            can_print=not can_send(account) and may_invite(self._actor, account),
            is_in_use=is_in_use(account),
        )

    def send_link(self, account: User) -> None:
        """Send the account's owner a link, the first time an invitation; nobody else sees it."""
        if not account.is_active:
            raise ValidationError("Dieses Konto ist abgeschaltet.")
        if not is_open(account):
            raise ValidationError("Dieses Konto hat noch keine Rolle.")
        send = send_link if is_in_use(account) else send_invitation
        if not send(self.request, account):
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
        name = account_name(account)
        messages.success(
            self.request, f"{name} meldet sich jetzt mit dem Passwort an und richtet neu ein."
        )

    def lift_wait(self, account: User) -> None:
        """Let somebody try again at once who has waited after wrong passwords or codes."""
        self._refuse_others(account)
        lift_wait(account.get_username())
        forget_wrong_codes(account)
        note(EventKind.LOCK_LIFTED, self.request, account)
        name = account_name(account)
        messages.success(self.request, f"{name} kann es sofort wieder versuchen.")

    def _refuse_others(self, account: User) -> None:
        if not may_reset_factor(self._actor, account):
            raise PermissionDenied


class InvitationView(AccountView):
    """An invitation on paper, where nothing can be sent by e-mail."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.find_subject(pk=pk)
        if can_send(account) or not may_invite(self._actor, account):
            raise PermissionDenied
        link = invitation_link(account, address_of_site(request))
        note(EventKind.LINK_ASKED, request, account)
        return self.page(
            "admin/invitation.html",
            title=f"Einladung für {account_name(account)}",
            account=account,
            link=link,
            picture=qr_picture(link),
            days=INVITED_FOR.days,
        )
