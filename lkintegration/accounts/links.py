"""One-time links that set a new password: the way in for the first time, and back in.

Django's tokens: signed, good for ``PASSWORD_RESET_TIMEOUT`` seconds, and void as soon as the
account has another password or has logged in. An invitation is good for longer: nobody waits for it
in front of the screen.
"""

import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from lkintegration.accounts.emails import send_later
from lkintegration.core.account_names import account_name
from lkintegration.serving.site_address import address_of_site

INVITED_FOR: Final = datetime.timedelta(days=7)

_SUBJECT: Final = "Neues Passwort für die Verwaltung"
_TEXT: Final = """\
Guten Tag,

für das Konto „{name}“ in der Verwaltung der Website hat jemand ein neues Passwort verlangt.
Waren Sie das, dann öffnen Sie diesen Link und wählen Sie eins:

{link}

Der Link gilt {minutes} Minuten und nur einmal. Haben Sie nichts verlangt, löschen Sie diese E-Mail:
Ihr Passwort bleibt, wie es ist.
"""
_INVITATION: Final = "Ihr Konto in der Verwaltung der Website"
_INVITATION_TEXT: Final = """\
Guten Tag {full_name},

Sie haben jetzt ein Konto in der Verwaltung der Website. Ihr Benutzername ist „{name}“.
Öffnen Sie diesen Link und wählen Sie ein Passwort. Danach sind Sie angemeldet:

{link}

Der Link gilt {days} Tage und nur einmal. Danach melden Sie sich hier an:

{login}
"""


class _LongerTokens(PasswordResetTokenGenerator):
    """Makes tokens that Django's own check takes for ``INVITED_FOR``: dated ahead by the rest."""

    def make_token(self, user: Any) -> str:
        rest = INVITED_FOR - datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        ahead = self._num_seconds(self._now() + rest)
        return self._make_token_with_timestamp(user, ahead, self.secret)


def accounts_to_reach(email: str) -> list[User]:
    """Return the accounts of staff with this address, those without a password too."""
    found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
    # A database may take letters for equal that belong to different mailboxes.
    return [account for account in found if account.email.casefold() == email.casefold()]


def access_link(account: User, site: str) -> str:
    """Return the link for ``account`` on the site at the address ``site``."""
    return site + _path(account, default_token_generator)


def invitation_link(account: User, site: str) -> str:
    """Return the same for an account that is nobody's yet; it is good for ``INVITED_FOR``."""
    return site + _path(account, _LongerTokens())


def _path(account: User, tokens: PasswordResetTokenGenerator) -> str:
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("neues-passwort", args=[uid, tokens.make_token(account)])


def can_send(account: User) -> bool:
    """Return whether ``account`` can be sent anything."""
    return bool(settings.EMAIL_HOST and account.email)


def send_invitation(request: HttpRequest, account: User) -> bool:
    """Send ``account``, which is nobody's yet, its invitation; False where that cannot be."""
    if not can_send(account):
        return False
    site = address_of_site(request)
    text = _INVITATION_TEXT.format(
        full_name=account_name(account),
        name=account.get_username(),
        link=invitation_link(account, site),
        login=site + reverse("admin:index"),
        days=INVITED_FOR.days,
    )
    send_later(EmailMessage(_INVITATION, text, to=[account.email]))
    return True


def send_link(request: HttpRequest, account: User) -> bool:
    """Send ``account`` its link by e-mail, a moment later.

    Return False where nothing can be sent: the site has no mail server, the account no address.
    """
    if not can_send(account):
        return False
    text = _TEXT.format(
        name=account.get_username(),
        link=access_link(account, address_of_site(request)),
        minutes=settings.PASSWORD_RESET_TIMEOUT // 60,
    )
    send_later(EmailMessage(_SUBJECT, text, to=[account.email]))
    return True
