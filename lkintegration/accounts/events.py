"""Writes down logins, refusals and changes of what opens an account; its owner hears of these."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from lkintegration.accounts.browsers import browser_of
from lkintegration.accounts.emails import tell_of_change
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.marks import mark_of_connection
from lkintegration.accounts.models import LoginEvent


def note(kind: EventKind, request: HttpRequest, account: User | None) -> None:
    """Write down that something happened; ``account`` is None where nobody has the name.

    The owner gets an e-mail where it changes what opens the account (``emails.CHANGES``).
    """
    LoginEvent.objects.create(
        happened_at=timezone.now(),
        kind=kind,
        account=account,
        connection=mark_of_connection(request),
        browser=browser_of(request),
    )
    if account:
        tell_of_change(kind, account)
