"""How often somebody may guess: a few times, then after waits that double.

Counted before anything is checked, under a lock, so that of guesses sent at the same moment none
slips past; a try that was no guess is taken back. What counts together follows OWASP's "device
cookies": strangers count by account, over all addresses, and by address, over all accounts; a
browser that this account has logged in with before has a count of its own. So strangers
cannot keep a colleague out of the browser that they use every day, and nobody is locked out for
good: waits end, and a link by e-mail makes any browser a known one.
"""

import datetime
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from lkintegration.accounts.known_browsers import known_browser
from lkintegration.accounts.limits import ACCOUNT, ADDRESS, Limit
from lkintegration.accounts.marks import mark, mark_of_connection, mark_of_name
from lkintegration.accounts.models import TryCount
from lkintegration.accounts.refusals import NotCheckedError

FORGOTTEN_AFTER: Final = datetime.timedelta(hours=24)

Subjects = Mapping[str, Limit]


class TooManyTriesError(NotCheckedError):
    """Somebody has to wait; ``until`` is when the next try counts."""

    status = 429

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__()
        self.until = until

    @property
    def seconds(self) -> int:
        """Return how long that is, in whole seconds, at least one."""
        return max(1, round((self.until - timezone.now()).total_seconds()))

    def __str__(self) -> str:
        until = timezone.localtime(self.until)
        return (
            f"Zu viele Versuche. Bitte warten Sie {_span(self.seconds)} (bis {until:%H:%M:%S} Uhr)."
        )


def _span(seconds: int) -> str:
    if seconds < 60:
        return "1 Sekunde" if seconds == 1 else f"{seconds} Sekunden"
    minutes = -(-seconds // 60)
    return "1 Minute" if minutes == 1 else f"{minutes} Minuten"


def subjects_of_login(request: HttpRequest, name: str) -> Subjects:
    """Return what a login as ``name`` counts for, by mark."""
    if known := known_browser(request, name):
        return {mark("browser", known): ACCOUNT}
    connection = mark_of_connection(request)
    return {mark_of_name("account", name): ACCOUNT} | ({connection: ADDRESS} if connection else {})


def count_try(subjects: Subjects) -> bool:
    """Count one more try for each subject; return whether a wait begins with it.

    Raises ``TooManyTriesError`` where one of them has to wait: then nothing is counted.
    """
    now = timezone.now()
    # First without a lock: whoever sends thousands of guesses shall not make others wait for it.
    _refuse_waiting(subjects, now)
    # Everybody writes and locks in the same order, so that nobody waits in a circle.
    past = now - FORGOTTEN_AFTER
    fresh = [TryCount(subject=subject, last_at=now, open_at=past) for subject in sorted(subjects)]
    TryCount.objects.bulk_create(fresh, ignore_conflicts=True)
    with transaction.atomic():
        rows = list(
            TryCount.objects.select_for_update().filter(subject__in=subjects).order_by("subject")
        )
        _refuse_waiting(subjects, now)
        for row in rows:
            row.count = 1 if row.last_at < now - FORGOTTEN_AFTER else row.count + 1
            wait = subjects[row.subject].wait_after(row.count)
            # Without a wait not "from now on": whoever came a moment before waits for the lock.
            row.last_at, row.open_at = now, now + wait if wait else past
        TryCount.objects.bulk_update(rows, ["count", "last_at", "open_at"])
    return any(row.open_at > now for row in rows)


def take_back(subjects: Subjects) -> None:
    """Undo one ``count_try``: it was no guess."""
    counted = TryCount.objects.filter(subject__in=subjects, count__gt=0)
    counted.update(count=F("count") - 1, open_at=timezone.now() - FORGOTTEN_AFTER)


def forget_tries(*subjects: str) -> None:
    """Let these subjects begin anew."""
    TryCount.objects.filter(subject__in=subjects).delete()


def lift_wait(name: str) -> None:
    """Let strangers try again to log in as ``name``: somebody vouches for them."""
    forget_tries(mark_of_name("account", name))


def _refuse_waiting(subjects: Subjects, now: datetime.datetime) -> None:
    waiting = TryCount.objects.filter(subject__in=subjects, open_at__gt=now)
    ends = [
        open_at
        for subject, open_at in waiting.values_list("subject", "open_at")
        # Longer than any wait is: it began while the clock was wrong, and might never end.
        if open_at <= now + subjects[subject].longest_wait
    ]
    if ends:
        raise TooManyTriesError(max(ends))
