"""Guesses that are sent at the same moment."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from lkintegration.accounts.limits import ACCOUNT
from lkintegration.accounts.models import TryCount
from lkintegration.accounts.tries import TooManyTriesError, count_try
from tests.server import run_in_own_process

THREADS, EACH = 8, 10
LET_THROUGH = [ACCOUNT.free, THREADS * EACH - ACCOUNT.free]
ALL_AT_ONCE = f"""
import json, sys, django
django.setup()
from tests.accounts.test_tries import guess_at_once
sys.setswitchinterval(1e-6)
print(json.dumps(guess_at_once({THREADS}, {EACH})))
"""
SUBJECTS = {"a" * 64: ACCOUNT, "b" * 64: ACCOUNT}


def guess_at_once(threads: int, each: int) -> list[int]:
    """Return how many guesses were let through, and how many refused."""
    start, answers = threading.Barrier(threads), []

    def guess() -> None:
        start.wait()
        for _try in range(each):
            try:
                count_try(SUBJECTS)
                answers.append(True)
            except TooManyTriesError:
                answers.append(False)

    in_threads(guess, threads)
    return [answers.count(True), answers.count(False)]


def in_threads(work: Callable[[], object], count: int) -> None:
    def work_and_leave() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=work_and_leave) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.any_database
def test_of_guesses_at_the_same_moment_none_slips_past(tmp_path: Path) -> None:
    assert run_in_own_process(tmp_path, ALL_AT_ONCE) == LET_THROUGH


@pytest.mark.postgresql
@pytest.mark.django_db
def test_on_the_server_none_slips_past_either() -> None:
    try:
        assert guess_at_once(THREADS, EACH) == LET_THROUGH
    finally:  # these threads commit, other tests do not
        in_threads(TryCount.objects.filter(subject__in=SUBJECTS).delete, 1)
