"""Doing jobs when they are due, and telling how they went.

Any number of processes may do the same jobs: one of them claims a run by an atomic update.
"""

import datetime
import logging
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from django.db.models import F, Q
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from lkintegration.upkeep.job import Job, JobError
from lkintegration.upkeep.models import JobRun

logger = logging.getLogger(__name__)

# No job takes longer; one that has been claimed longer ago was cut off, and is due again.
LEASE: Final = datetime.timedelta(hours=1)
# After a longer pause what goes by the age of things waits for one turn more.
LONGEST_GAP: Final = datetime.timedelta(days=7)
LONGEST_TEXT: Final = 300


def run_due(jobs: Iterable[Job], is_ending: Callable[[], bool] = lambda: False) -> list[Job]:
    """Do those of ``jobs`` that are due and return them; stop between two when told to end.

    Raises ``DatabaseError`` where a run cannot be claimed or noted.
    """
    done = []
    for job in jobs:
        if is_ending():
            break
        now = timezone.now()
        row, _made = JobRun.objects.get_or_create(name=job.name)
        if not _claim(job, now):
            continue
        if job.goes_by_age and _has_leapt(row, now):
            _leave_out(job, now)
            continue
        run(job)
        done.append(job)
    return done


def run(job: Job) -> bool:
    """Do ``job`` now, due or not, and note how it went; return whether it succeeded."""
    began, started = time.monotonic(), timezone.now()
    try:
        with bound_contextvars(job=job.name):
            returned = job.do(started)
    except Exception as error:  # whatever it is, the other jobs go on
        logger.exception("The job %s failed.", job.name)
        _note_failure(job, _words(error), started, time.monotonic() - began)
        return False
    note_success(job, returned, started, time.monotonic() - began)
    return True


def _claim(job: Job, now: datetime.datetime) -> bool:
    """Return whether ``job`` is due, and this process is the one to do it.

    A next run further away than any can be was planned while the clock was wrong.
    """
    due = Q(next_run_at=None) | Q(next_run_at__lte=now)
    due |= Q(next_run_at__gt=now + job.every + LEASE)
    claimed = JobRun.objects.filter(due, name=job.name)
    return bool(claimed.update(next_run_at=now + LEASE, started_at=now))


def _has_leapt(row: JobRun, now: datetime.datetime) -> bool:
    """Return whether so long ago was the last run that rather the clock is wrong than the service.

    ``row`` is that before this run was claimed.
    """
    return row.started_at is not None and now - row.started_at > LONGEST_GAP


def _leave_out(job: Job, now: datetime.datetime) -> None:
    """Wait for another turn: a clock a year ahead for an hour would delete a year too much."""
    JobRun.objects.filter(name=job.name).update(
        next_run_at=job.next_after(now),
        result="Ausgelassen, weil der letzte Lauf zu lange her ist. Stimmt die Uhr des Servers?",
    )
    logger.warning("The job %s is left out once: its last run is too long ago.", job.name)


def note_success(job: Job, returned: object, started: datetime.datetime, seconds: float) -> None:
    """Note that ``job`` succeeded: what it returned, and how long it took."""
    now = timezone.now()
    JobRun.objects.update_or_create(
        name=job.name,
        defaults={
            "started_at": started,
            "succeeded_at": now,
            "failures": 0,
            "seconds": seconds,
            "result": job.result.format(returned)[:LONGEST_TEXT],
            "error": "",
            "next_run_at": job.next_after(now),
        },
    )


def _note_failure(job: Job, words: str, started: datetime.datetime, seconds: float) -> None:
    now = timezone.now()
    row, _made = JobRun.objects.get_or_create(name=job.name)
    JobRun.objects.filter(name=job.name).update(
        started_at=started,
        failed_at=now,
        failures=F("failures") + 1,
        seconds=seconds,
        error=words[:LONGEST_TEXT],
        next_run_at=job.retry_after(now, row.failures + 1),
    )


def _words(error: Exception) -> str:
    """Return what may be told of ``error``: our own words, or its class and where it was raised.

    The message of any other exception may quote what somebody wrote.
    """
    if isinstance(error, JobError):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({frame.name}, Zeile {frame.lineno})"


class JobState(NamedTuple):
    """A job, its row if it ever ran, and whether it has not succeeded for too long."""

    job: Job
    run: JobRun | None
    is_overdue: bool


def job_states(jobs: Iterable[Job], now: datetime.datetime) -> list[JobState]:
    """Return how each of ``jobs`` stands at ``now``; one query."""
    rows = JobRun.objects.in_bulk()
    return [
        JobState(job, rows.get(job.name), _is_overdue(job, rows.get(job.name), now)) for job in jobs
    ]


def _is_overdue(job: Job, row: JobRun | None, now: datetime.datetime) -> bool:
    if row is None or row.succeeded_at is None:
        return True
    return not row.succeeded_at - job.grace <= now <= row.succeeded_at + job.every + job.grace
