"""What is prepared for readers stays until anything they see changes, and no longer."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from concept.models import Task
from contacts.models import ContactPerson
from lkintegration.serving.freshness import kept, one_look, prepared, prepared_each
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def test_what_is_prepared_is_built_once():
    built = []

    for _reader in range(3):
        prepared("thing", lambda: built.append(1))

    assert built == [1]


def test_each_language_has_its_own():
    with override("de"):
        assert prepared("greeting", lambda: "Guten Tag") == "Guten Tag"
    with override("en"):
        assert prepared("greeting", lambda: "Good day") == "Good day"
    with override("de"):
        assert prepared("greeting", lambda: "falsch") == "Guten Tag"


def test_what_fails_is_not_kept():
    with pytest.raises(ZeroDivisionError):
        prepared("failing thing", lambda: 1 // 0)

    assert prepared("failing thing", lambda: 2) == 2


def test_records_are_prepared_in_one_go_and_only_where_missing():
    asked = []

    def build(keys):
        asked.append(keys)
        return {key: f"Nr. {key}" for key in keys if key < 9}

    assert prepared_each("numbered card", [1, 2, 9], build) == {1: "Nr. 1", 2: "Nr. 2"}
    assert prepared_each("numbered card", [2, 3], build) == {2: "Nr. 2", 3: "Nr. 3"}
    assert asked == [[1, 2, 9], [3]]


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
def test_every_change_of_what_readers_see_is_a_new_state(change):
    before = kept()
    assert kept() is before

    change()

    assert kept() is not before


def test_a_message_of_a_reader_changes_nothing_that_readers_see():
    before = kept()

    factories.message(contact=ContactPerson.objects.first())

    assert kept() is before


def test_a_change_that_is_taken_back_leaves_no_trace():
    before = kept().token
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  (what is taken back)
        factories.task()
        assert kept().token != before
        raise RuntimeError

    assert kept().token == before


@pytest.mark.parametrize("make", [factories.service, factories.task, factories.contact_person])
@pytest.mark.parametrize("column", ["publish_from", "publish_until"])
def test_a_state_ends_when_the_next_publication_begins_or_ends(make, column):
    now = timezone.now()
    soon = now + datetime.timedelta(seconds=30)
    make(**{column: now + HOUR * 30})
    make(**{column: soon})
    make(**{column: now - HOUR})

    assert kept().valid_until == soon or kept().valid_until < now + datetime.timedelta(minutes=1)


def test_a_state_ends_at_midnight_because_days_off_begin_then():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    end = timezone.localtime(kept().valid_until)

    assert (end.date(), end.time()) == (tomorrow, datetime.time(0))


def test_a_state_whose_time_is_over_is_made_anew():
    before = kept()
    before.valid_until = timezone.now()

    assert kept() is not before


def test_one_request_looks_once(django_assert_num_queries):
    kept()
    with one_look(), django_assert_num_queries(1):
        kept()
        kept()


def test_a_request_that_changes_something_sees_it(django_assert_num_queries):
    with one_look():
        before = kept()
        factories.task()

        assert kept() is not before


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/", "beratung/?alter=24"])
def test_a_page_shown_before_costs_one_query(client, django_assert_num_queries, path):
    client.get(f"/ar/{path}")

    with django_assert_num_queries(1):
        client.get(f"/ar/{path}")


def test_what_staff_change_is_on_the_next_page(client):
    assert "Ganz Neu" not in client.get("/de/kontakt/").content.decode()

    factories.contact_person(name="Ganz Neu")

    assert "Ganz Neu" in client.get("/de/kontakt/").content.decode()
