"""One-time links that set a new password: the way in for the first time, and back in.

Django's tokens: signed, good for ``PASSWORD_RESET_TIMEOUT`` seconds, and void as soon as the
account has another password or has logged in.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

logger = logging.getLogger(__name__)

SMTP_TIMEOUT: Final = 10  # seconds that the mail server may take for one step
# After the answer, so that its time does not tell whether there was anything to send. One at a
# time: a mail server that hangs shall hold one thread only.
email_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="email")

_SUBJECT: Final = "Neues Passwort für die Verwaltung"
_TEXT: Final = """\
Guten Tag,

für das Konto „{name}“ in der Verwaltung der Website hat jemand ein neues Passwort verlangt.
Waren Sie das, dann öffnen Sie diesen Link und wählen Sie eins:

{link}

Der Link gilt {minutes} Minuten und nur einmal. Haben Sie nichts verlangt, löschen Sie diese E-Mail:
Ihr Passwort bleibt, wie es ist.
"""
_OTHER_ADDRESS: Final = """\
Guten Tag,

das Konto „{name}“ in der Verwaltung der Website hat jetzt eine andere E-Mail-Adresse. Waren Sie
das nicht, dann rufen Sie gleich jemanden an, der dort alle Rechte hat.
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


def address_of_site(request: HttpRequest | None = None) -> str:
    """Return for example "https://integration.example.org", with a host that we name ourselves.

    A request may ask for any host below a name with a dot in front (``ALLOWED_HOSTS``); a secret
    must not go to a place that somebody else has chosen.
    """
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    own = (named or [host.lstrip(".*") for host in settings.ALLOWED_HOSTS])[0]
    if request is None:
        return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{own}"
    host = request.get_host()
    return f"{request.scheme}://{host if split_domain_port(host)[0] in named else own}"


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
    email_thread.submit(_send, EmailMessage(_SUBJECT, text, to=[account.email]))
    return True


def tell_former_address(account: User, former: str) -> None:
    """Tell the address that ``account`` had until now that it has another one."""
    if settings.EMAIL_HOST and former:
        text = _OTHER_ADDRESS.format(name=account.get_username())
        email_thread.submit(_send, EmailMessage("Neue E-Mail-Adresse", text, to=[former]))


def _send(email: EmailMessage) -> None:
    try:
        email.connection = get_connection(timeout=SMTP_TIMEOUT)
        email.send()
    except Exception as failure:
        # Without its words, which may hold the address.
        logger.error("An e-mail about an account was not sent: %s", type(failure).__name__)
