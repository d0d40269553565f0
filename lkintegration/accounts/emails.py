"""E-mails about accounts: sent a moment later, one at a time, and what they say of a change."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection

from lkintegration.accounts.enums import EventKind

logger = logging.getLogger(__name__)

SMTP_TIMEOUT: Final = 10  # seconds that the mail server may take for one step
# After the answer, so that its time does not tell whether there was anything to send. One at a
# time: a mail server that hangs shall hold one thread only.
email_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="email")

# What whoever has got into an account would change, to stay in it.
CHANGES: Final = {
    EventKind.PASSWORD: ("Neues Passwort", "hat jetzt ein anderes Passwort"),
    EventKind.EMAIL: ("Neue E-Mail-Adresse", "hat jetzt eine andere E-Mail-Adresse"),
    EventKind.FACTOR_ADDED: (
        "Zweiter Faktor eingerichtet",
        "hat jetzt einen neuen zweiten Faktor (App oder Passkey)",
    ),
    EventKind.FACTOR_REMOVED: (
        "Zweiter Faktor entfernt",
        "hat jetzt einen zweiten Faktor (App oder Passkey) weniger",
    ),
}
_TEXT: Final = """\
Guten Tag,

das Konto „{name}“ in der Verwaltung der Website {change}.

Waren Sie das, dann ist nichts zu tun. Waren Sie das nicht, dann rufen Sie gleich jemanden an, der
dort alle Rechte hat.
"""


def tell_of_change(kind: EventKind, account: User, address: str = "") -> None:
    """Tell the owner of ``account`` what happened, if it changes what opens the account.

    ``address`` is another one than that of the account. Nothing is sent without a mail server.
    """
    to = address or account.email
    if kind in CHANGES and settings.EMAIL_HOST and to:
        subject, change = CHANGES[kind]
        text = _TEXT.format(name=account.get_username(), change=change)
        send_later(EmailMessage(subject, text, to=[to]))


def send_later(email: EmailMessage) -> None:
    """Send ``email`` when those before it are sent; a failure stands in the log."""
    email_thread.submit(_send, email)


def _send(email: EmailMessage) -> None:
    try:
        email.connection = get_connection(timeout=SMTP_TIMEOUT)
        email.send()
    except Exception as failure:
        # Without its words, which may hold the address.
        logger.error("An e-mail about an account was not sent: %s", type(failure).__name__)
