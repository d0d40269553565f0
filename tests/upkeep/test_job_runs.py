"""When a job is due, what its run leaves behind, and that the others go on."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from lkintegration.upkeep.job import Job, JobError
from lkintegration.upkeep.job_runs import LEASE, job_states, run, run_due
from lkintegration.upkeep.models import JobRun

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
LETTER = "Frau Beispiel schreibt"


def count(now):
    return 7


def fail(now):
    raise ValueError(LETTER)


def refuse(now):
    raise JobError("Der Ordner für Sicherungen ist voll.")


COUNTING = Job("counting", "Zählen", HOUR, count, result="{} gezählt")


def row(job=COUNTING):
    return JobRun.objects.get(name=job.name)


def test_a_job_that_never_ran_is_due_and_then_waits_for_its_turn():
    assert run_due([COUNTING]) == [COUNTING]
    assert run_due([COUNTING]) == []
    assert row().result == "7 gezählt"
    assert row().succeeded_at + HOUR == pytest.approx(
        row().next_run_at, abs=datetime.timedelta(seconds=5)
    )


def test_a_failure_is_told_without_what_somebody_wrote_and_tried_again_soon():
    failing = replace(COUNTING, do=fail)

    assert run(failing) is False

    assert "ValueError" in row().error
    assert LETTER not in row().error
    assert row().failures == 1
    assert row().next_run_at < timezone.now() + HOUR


def test_our_own_words_for_a_failure_are_kept():
    run(replace(COUNTING, do=refuse))
    assert row().error == "Der Ordner für Sicherungen ist voll."


def test_pauses_after_failures_grow_but_not_past_the_interval():
    now = timezone.now()
    pauses = [COUNTING.retry_after(now, failures) - now for failures in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[1]
    assert pauses[-1] == HOUR


def test_one_job_that_fails_stops_no_other():
    other = replace(COUNTING, name="other")
    assert run_due([replace(COUNTING, do=fail), other])[-1] is other
    assert row(other).succeeded_at


def test_a_success_after_failures_says_nothing_of_them():
    run(replace(COUNTING, do=fail))
    run(COUNTING)
    assert (row().error, row().failures) == ("", 0)


def test_the_service_ends_between_two_jobs():
    answers = iter([False, True])
    other = replace(COUNTING, name="other")
    assert run_due([COUNTING, other], lambda: next(answers)) == [COUNTING]


def test_a_run_that_was_cut_off_is_done_again():
    JobRun.objects.create(name="counting", next_run_at=timezone.now() + LEASE)
    assert run_due([COUNTING]) == []
    JobRun.objects.update(next_run_at=timezone.now())
    assert run_due([COUNTING]) == [COUNTING]


def test_a_turn_planned_while_the_clock_was_years_ahead_is_not_waited_for():
    JobRun.objects.create(name="counting", next_run_at=timezone.now() + 400 * DAY)
    assert run_due([COUNTING]) == [COUNTING]


def test_what_goes_by_age_is_left_out_once_after_a_leap_of_the_clock():
    deleting = replace(COUNTING, goes_by_age=True)
    run(deleting)
    JobRun.objects.update(started_at=timezone.now() - 8 * DAY, next_run_at=timezone.now())

    assert run_due([deleting]) == []
    assert "Stimmt die Uhr" in row().result
    assert row().next_run_at > timezone.now()

    JobRun.objects.update(next_run_at=timezone.now())
    assert run_due([deleting]) == [deleting]


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        ("2026-11-02T12:00+01:00", "2026-11-03T03:00+01:00"),
        ("2026-11-02T03:00+01:00", "2026-11-03T03:00+01:00"),
        ("2026-11-02T02:00+01:00", "2026-11-02T03:00+01:00"),
        ("2026-03-28T03:00+01:00", "2026-03-29T03:00+02:00"),  # the hour before is left out
        ("2026-10-24T03:00+02:00", "2026-10-25T03:00+01:00"),
    ],
)
def test_a_nightly_job_is_due_in_the_next_night(now, turn):
    nightly = replace(COUNTING, every=DAY, at=datetime.time(3, 0))
    due = nightly.next_after(datetime.datetime.fromisoformat(now))
    assert due == datetime.datetime.fromisoformat(turn)


def overdue(job, now):
    return job_states([job], now)[0].is_overdue


def test_a_job_is_overdue_that_never_ran_or_has_not_succeeded_for_too_long():
    assert overdue(COUNTING, timezone.now())
    run(replace(COUNTING, do=fail))
    assert overdue(COUNTING, timezone.now())
    run(COUNTING)
    now = timezone.now()
    assert [overdue(COUNTING, now + n * HOUR) for n in (0, 1, 2)] == [False, False, True]
    assert overdue(COUNTING, now - DAY), "the clock was ahead when it ran"


@pytest.mark.postgresql
def test_of_several_processes_one_does_a_job():
    def call(function):
        try:
            return function()  # in a transaction of its own, which commits: other tests do not
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        try:
            done = threads.map(call, [lambda: len(run_due([COUNTING]))] * 8)
            assert sum(done) == 1
        finally:
            threads.submit(call, JobRun.objects.all().delete).result()
