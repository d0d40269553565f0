"""Everything that readers see belongs to a generation, which ends with the next change."""

import datetime
import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone

from concept.models import Task
from contacts.models import ContactPerson
from lkintegration.core import generation
from lkintegration.core.generation import current_generation, one_generation, renew_generation
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


CHANGES = {
    "saved": lambda: ContactPerson.objects.get(slug="eva-petersik").save(),
    "deleted": lambda: Task.objects.first().delete(),
    "updated in bulk": lambda: Service.objects.update(order=7),
    "hours": factories.opening_hours,
    "closed": factories.closed_period,
    "relation": lambda: Service.objects.first().topics.add(factories.topic()),
    "spoken": lambda: ContactPerson.objects.first().languages.add(factories.language()),
    "goal": factories.guiding_goal,
    "figure": factories.key_figure,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_of_what_readers_see_is_a_new_generation(change):
    before = current_generation()
    assert current_generation() is before

    change()

    assert current_generation() is not before


def test_a_message_of_a_reader_changes_nothing_that_readers_see():
    before = current_generation()

    factories.message(contact=ContactPerson.objects.first())

    assert current_generation() is before


def test_a_change_that_is_taken_back_leaves_no_trace():
    before = current_generation().token
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  (what is taken back)
        factories.task()
        assert current_generation().token != before
        raise RuntimeError

    assert current_generation().token == before


@pytest.mark.parametrize("make", [factories.service, factories.task, factories.contact_person])
@pytest.mark.parametrize("column", ["publish_from", "publish_until"])
def test_a_generation_ends_when_the_next_publication_begins_or_ends(make, column):
    now = timezone.now()
    soon = now + datetime.timedelta(seconds=30)
    make(**{column: now + HOUR * 30})
    make(**{column: soon})
    make(**{column: now - HOUR})

    assert current_generation().ends_at < (now + datetime.timedelta(minutes=1)).timestamp()


def test_a_generation_ends_at_midnight_because_days_off_begin_then():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    end = timezone.localtime(
        datetime.datetime.fromtimestamp(current_generation().ends_at, datetime.UTC)
    )

    assert (end.date(), end.time()) == (tomorrow, datetime.time(0))


def test_a_generation_whose_time_is_over_is_made_anew():
    before = current_generation()
    before.ends_at = timezone.now().timestamp()

    assert current_generation() is not before


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_generation_ends_when_the_clock_of_the_machine_is_set(monkeypatch, hours):
    before = current_generation()
    before.ends_at = float("inf")
    now = time.time
    assert not before.has_ended

    monkeypatch.setattr(time, "time", lambda: now() + hours * 3600)

    assert before.has_ended


def test_one_request_looks_once(django_assert_num_queries):
    current_generation()
    with one_generation(), django_assert_num_queries(1):
        current_generation()
        current_generation()


def test_a_request_that_changes_something_sees_it(django_assert_num_queries):
    with one_generation():
        before = current_generation()
        factories.task()

        assert current_generation() is not before


def _ask_at_once(number):
    """Let ``number`` threads ask for the generation at the same moment; return what they got."""
    everybody, got = threading.Barrier(number, timeout=10), []

    def ask():
        everybody.wait()
        got.append(current_generation())

    threads = [threading.Thread(target=ask) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_all_threads_get_the_same_object_for_the_same_token(monkeypatch):
    def slowly(now, tables):
        time.sleep(0.01)
        return {"offers_service": now + HOUR}

    monkeypatch.setattr(generation, "_read_token", lambda: "just changed")
    monkeypatch.setattr(generation, "_read_changes", lambda older, newer: None)
    monkeypatch.setattr(generation, "next_turns", slowly)

    assert len({id(known) for known in _ask_at_once(10)}) == 1


def test_a_slow_thread_does_not_push_out_what_another_has_seen_later(monkeypatch):
    monkeypatch.setattr(generation, "next_turns", lambda now, tables: {})

    newest = []

    def read_while_somebody_else_sees_more():
        monkeypatch.setattr(generation, "_read_token", lambda: "new")
        newest.append(current_generation())
        return "old"

    monkeypatch.setattr(generation, "_read_token", read_while_somebody_else_sees_more)

    assert current_generation() is not newest[0]
    assert generation.last_generation() is newest[0]


def test_a_look_that_began_before_a_change_of_this_process_is_none_after_it(monkeypatch):
    read = generation._read_token

    def read_while_somebody_changes_something():
        token = read()
        factories.task()
        return token

    monkeypatch.setattr(generation, "_read_token", read_while_somebody_changes_something)
    current_generation()

    assert generation.generation_seen_within(HOUR.total_seconds()) is None


def test_the_writes_of_one_transaction_begin_one_generation(django_assert_num_queries):
    with transaction.atomic():
        renew_generation()
        with django_assert_num_queries(0):
            renew_generation()


def test_what_somebody_has_seen_ends_with_the_next_write_of_the_same_transaction():
    with transaction.atomic():
        renew_generation()
        seen = current_generation()
        renew_generation()

        assert current_generation().token != seen.token


def test_what_is_rolled_back_to_a_savepoint_shares_no_generation_with_what_stays():
    with transaction.atomic():
        renew_generation()
        with transaction.atomic():
            renew_generation()
            taken_back = current_generation()
            transaction.set_rollback(True)

        assert current_generation().token != taken_back.token
