"""Every job of the site. A new one is a row here, and nothing else.

``manage.py run_jobs`` does them (``upkeep.job_runs``), the operators' page, ``/health/ready/`` and
``/metrics`` tell how each went.
"""

import datetime
from collections.abc import Callable
from typing import Final

from django.core.management import call_command

from contacts.enums import Delivery
from contacts.messages.delivery import deliver_due
from contacts.messages.retention import delete_expired
from contacts.models import Message
from lkintegration.core.recording import record_first_states
from lkintegration.core.retention import delete_old_revisions
from lkintegration.editing.drafts import delete_lost_drafts
from lkintegration.upkeep.job import Job

DAY: Final = datetime.timedelta(days=1)
NIGHT: Final = datetime.time(3, 0)
DELETED: Final = "{} gelöscht"


def deliver(is_ending: Callable[[], bool] = lambda: False) -> int:
    """Carry what is due to the office; return how many messages wait on."""
    deliver_due(is_ending)
    return int(Message.objects.filter(delivery=Delivery.WAITING).count())


def _delete_expired_sessions(now: datetime.datetime) -> None:
    call_command("clearsessions")


DELIVERY: Final = Job(
    "delivery",
    "Nachrichten zustellen",
    datetime.timedelta(minutes=1),
    lambda now: deliver(),
    result="{} warten",
    process="deliver_messages",
)
JOBS: Final = (
    DELIVERY,
    Job("messages", "Abgelaufene Nachrichten löschen", DAY, delete_expired, DELETED, NIGHT),
    Job("history", "Alte Stände löschen", DAY, delete_old_revisions, DELETED, NIGHT),
    Job("drafts", "Verwaiste Arbeitskopien löschen", DAY, delete_lost_drafts, DELETED, NIGHT),
    Job("first-states", "Erste Stände aufzeichnen", DAY, record_first_states, "{} neu", NIGHT),
    Job("sessions", "Abgelaufene Sitzungen löschen", DAY, _delete_expired_sessions, "", NIGHT),
)


def find_job(name: str) -> Job | None:
    """Return the job of this name, if there is one."""
    return next((job for job in JOBS if job.name == name), None)
