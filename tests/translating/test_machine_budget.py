"""The office's own limit of characters a month, also for workers that send at the same moment."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from lkintegration.translating.machine import budget
from lkintegration.translating.models import ProviderUsage
from tests.server import run_in_own_process


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.DEEPL_MONTHLY_CHARACTERS = 100


@pytest.fixture
def month(monkeypatch):
    """Return a function that says which day it is."""

    def be(day):
        monkeypatch.setattr(timezone, "localdate", lambda: datetime.date.fromisoformat(day))

    be("2026-11-23")
    return be


def test_what_is_left_can_be_taken_to_the_last_character(db):
    assert budget.left() == 100
    assert budget.reserve(60)
    assert budget.reserve(41) is None
    assert budget.left() == 40
    assert budget.reserve(40)
    assert (budget.left(), budget.reserve(1)) == (0, None)


def test_what_was_not_used_comes_back(db):
    budget.reserve(60)
    budget.reserve(40).give_back()

    assert budget.left() == 40


def test_more_than_the_whole_budget_is_never_there(db, settings):
    assert budget.reserve(101) is None

    settings.DEEPL_MONTHLY_CHARACTERS = 0
    assert (budget.reserve(1), budget.left()) == (None, 0)


def test_a_budget_that_was_cut_leaves_nothing(db, settings):
    budget.reserve(60)
    settings.DEEPL_MONTHLY_CHARACTERS = 50

    assert (budget.reserve(1), budget.left()) == (None, 0)


def test_every_month_begins_anew_and_gives_back_to_itself(db, month):
    november = budget.reserve(100)
    month("2026-12-01")
    assert budget.left() == 100
    december = budget.reserve(70)

    november.give_back()

    assert (november.month.isoformat(), december.month.isoformat()) == ("2026-11-01", "2026-12-01")
    assert budget.left() == 30
    month("2026-11-30")
    assert budget.left() == 100


# In a process of its own: threads need a database on disk, and this one's is in memory.
ALL_AT_ONCE = """
import json, sys, threading
import django
django.setup()
from django.db import connection
from lkintegration.translating.models import ProviderUsage
from lkintegration.translating.machine import budget

sys.setswitchinterval(1e-6)
start, taken, failures = threading.Barrier(8), [], []

def take():
    start.wait()
    try:
        for _call in range(20):
            taken.append(budget.reserve(7) is not None)
    except Exception as error:
        failures.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=take) for _number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps([sum(taken), failures, ProviderUsage.objects.get().characters]))
"""


@pytest.mark.any_database
def test_workers_at_the_same_moment_do_not_exceed_it_together(tmp_path):
    told = run_in_own_process(tmp_path, ALL_AT_ONCE, DEEPL_MONTHLY_CHARACTERS="500")

    assert told == [71, [], 497]


@pytest.mark.postgresql
def test_on_the_server_they_do_not_either(db, month):
    # A month of its own: these threads commit, other tests do not.
    month("2001-02-03")
    start, taken = threading.Barrier(8), []

    def take():
        try:
            start.wait()
            taken.extend(budget.reserve(7) is not None for _call in range(5))
        finally:
            connection.close()

    def tidy_up():
        try:
            ProviderUsage.objects.filter(month="2001-02-01").delete()
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _number in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(taken), sum(taken)) == (40, 14)
    finally:
        cleaner = threading.Thread(target=tidy_up)
        cleaner.start()
        cleaner.join()
