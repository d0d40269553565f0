"""One-time links that set a new password: the way in for the first time, and back in.

Django's tokens: signed, good for ``PASSWORD_RESET_TIMEOUT`` seconds, and void as soon as the
account has another password or has logged in.
"""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from lkintegration.accounts.emails import send_later
from lkintegration.serving.site_address import address_of_site

_SUBJECT: Final = "Neues Passwort für die Verwaltung"
_TEXT: Final = """\
Guten Tag,

für das Konto „{name}“ in der Verwaltung der Website hat jemand ein neues Passwort verlangt.
Waren Sie das, dann öffnen Sie diesen Link und wählen Sie eins:

{link}

Der Link gilt {minutes} Minuten und nur einmal. Haben Sie nichts verlangt, löschen Sie diese E-Mail:
Ihr Passwort bleibt, wie es ist.
"""


def accounts_to_reach(email: str) -> list[User]:
    """Return the accounts of staff with this address, those without a password too."""
    found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
    # A database may take letters for equal that belong to different mailboxes.
    return [account for account in found if account.email.casefold() == email.casefold()]


def access_link(account: User, site: str) -> str:
    """Return the link for ``account`` on the site at the address ``site``."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    return site + reverse("neues-passwort", args=[uid, token])


def send_link(request: HttpRequest, account: User) -> bool:
    """Send ``account`` its link by e-mail, a moment later.

    Return False where nothing can be sent: the site has no mail server, the account no address.
    """
    if not settings.EMAIL_HOST or not account.email:
        return False
    text = _TEXT.format(
        name=account.get_username(),
        link=access_link(account, address_of_site(request)),
        minutes=settings.PASSWORD_RESET_TIMEOUT // 60,
    )
    send_later(EmailMessage(_SUBJECT, text, to=[account.email]))
    return True
