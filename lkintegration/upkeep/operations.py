"""The page for operators: every job with its last run, its result and its next one."""

import datetime
from typing import Final, NamedTuple

from django.db.models import Model
from django.utils import timezone

from lkintegration.core.account_names import account_name
from lkintegration.core.dates import written_time_in_full
from lkintegration.core.record_keys import find_record
from lkintegration.mailing.models import StaffEmail
from lkintegration.upkeep.health import find_faults
from lkintegration.upkeep.job import Job
from lkintegration.upkeep.job_runs import JobState, job_states
from lkintegration.upkeep.jobs import JOBS
from lkintegration.upkeep.models import JobRun, LinkFault

MOST_LINKS: Final = 50
MOST_EMAILS: Final = 20


class JobRow(NamedTuple):
    """A job as the page tells of it, in German."""

    job: Job
    state: str
    is_well: bool
    last: str
    result: str
    next_run: str


def job_rows(now: datetime.datetime) -> list[JobRow]:
    """Return a row for each job, those first that somebody should look at."""
    rows = [_row(state) for state in job_states(JOBS, now)]
    return sorted(rows, key=lambda row: row.is_well)


def other_faults() -> list[str]:
    """Return what else keeps the site from being ready, as ``/faults`` says it."""
    return [fault for fault in find_faults() if not fault.startswith("job ")]


def _row(state: JobState) -> JobRow:
    run = state.run or JobRun()
    words = _words(state)
    return JobRow(
        state.job,
        words,
        is_well=words == "in Ordnung",
        last=_time(run.succeeded_at) or "noch nie gelungen",
        result=run.error or run.result,
        next_run=_time(run.next_run_at) or f"sobald {state.job.process} läuft",
    )


def _words(state: JobState) -> str:
    failures = state.run.failures if state.run else 0
    if failures:
        return f"{failures}-mal in Folge misslungen"
    return "überfällig" if state.is_overdue else "in Ordnung"


def _time(moment: datetime.datetime | None) -> str:
    return written_time_in_full(timezone.localtime(moment)) if moment else ""


class LostEmail(NamedTuple):
    """An e-mail to somebody of staff that has not arrived, or may not have, in German."""

    to: str
    subject: str
    state: str
    why: str


def lost_emails() -> tuple[int, list[LostEmail]]:
    """Return how many e-mails to staff did not arrive in the last days, and the newest of them."""
    lost = StaffEmail.objects.undelivered()
    rows = [
        LostEmail(
            account_name(row.account), row.subject, row.get_delivery_display(), row.last_error
        )
        for row in lost.select_related("account")[:MOST_EMAILS]
    ]
    return lost.count() if len(rows) == MOST_EMAILS else len(rows), rows


class LinkRow(NamedTuple):
    """An address that leads nowhere, and the records of the admin that name it."""

    fault: LinkFault
    records: list[Model]


def link_rows() -> list[LinkRow]:
    """Return the addresses that were not there at the last two looks: one may be chance."""
    return [
        LinkRow(fault, [record for key in fault.records if (record := find_record(key))])
        for fault in LinkFault.objects.filter(times__gt=1).order_by("since", "url")[:MOST_LINKS]
    ]
