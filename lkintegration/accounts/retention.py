"""What is kept of logins is deleted in time."""

import datetime
from typing import Final

from django.contrib.sessions.models import Session

from lkintegration.accounts.models import LoginEvent, StaffSession, TryCount
from lkintegration.accounts.tries import FORGOTTEN_AFTER

EVENTS_STAY: Final = datetime.timedelta(days=90)


def delete_old_logins(now: datetime.datetime) -> int:
    """Delete ended sessions, events after 90 days, counts that no longer count; return how many.

    Earlier versions kept sessions in Django's own table.
    """
    ended = [model.objects.filter(expire_date__lt=now) for model in (StaffSession, Session)]
    events = LoginEvent.objects.filter(happened_at__lt=now - EVENTS_STAY)
    counts = TryCount.objects.filter(last_at__lt=now - FORGOTTEN_AFTER)
    return sum(rows.delete()[0] for rows in (*ended, events, counts))
