"""What is done once a day, by the service that also carries messages to the office."""

import datetime
from collections.abc import Callable
from typing import Final

from contacts.messages.retention import delete_expired
from lkintegration.core.recording import record_first_states
from lkintegration.core.retention import delete_old_revisions
from lkintegration.editing.drafts import delete_lost_drafts

DAILY: Final[tuple[Callable[[datetime.datetime], object], ...]] = (
    delete_expired,
    delete_old_revisions,
    delete_lost_drafts,
    record_first_states,
)


def run_daily_jobs(now: datetime.datetime) -> None:
    """Do all of it, as of ``now``."""
    for job in DAILY:
        job(now)
