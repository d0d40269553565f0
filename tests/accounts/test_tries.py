"""Guesses that are sent at the same moment."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from lkintegration.accounts.limits import ACCOUNT, ADDRESS
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
print(json.dumps([guess_at_once({THREADS}, {EACH}), guess_at_once({THREADS}, 6, "c")]))
"""
OFFICE = [THREADS * 6, 0]  # fewer than the address may send: nobody stands in anybody's way


def guess_at_once(threads: int, each: int, what: str = "ab") -> list[int]:
    """Return how many guesses were let through, and how many refused.

    They count for the accounts "a" and "b", and for the address "c".
    """
    subjects = {letter * 64: ADDRESS if letter == "c" else ACCOUNT for letter in what}
    start, answers = threading.Barrier(threads), []

    def guess() -> None:
        start.wait()
        for _try in range(each):
            try:
                count_try(subjects)
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
    assert run_in_own_process(tmp_path, ALL_AT_ONCE) == [LET_THROUGH, OFFICE]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_on_the_server_none_slips_past_either() -> None:
    try:
        assert guess_at_once(THREADS, EACH) == LET_THROUGH
        assert guess_at_once(THREADS, 6, "c") == OFFICE
    finally:  # these threads commit, other tests do not
        in_threads(TryCount.objects.all().delete, 1)
