"""Nothing about readers is kept longer than the privacy page says."""

import datetime
from itertools import product

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from contacts.messages.retention import delete_expired
from contacts.models import Message, SenderCount
from tests import factories
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
KINDS = ["message", "barrier", "fault"]
STATES = ["new", "assigned", "answered"]
DELIVERIES = ["waiting", "sending", "uncertain", "given_up", "delivered"]


def exists(message):
    return Message.objects.filter(pk=message.pk).exists()


def count(day, sender="a"):
    return SenderCount.objects.create(day=day, sender=sender, count=3)


def test_the_period_is_ninety_days_unless_the_operator_says_otherwise(settings):
    assert settings.MESSAGE_RETENTION_DAYS == 90


@pytest.mark.parametrize(
    ("age", "stays"),
    [
        (datetime.timedelta(0), True),
        (89 * DAY, True),
        (90 * DAY - SECOND, True),
        (90 * DAY, True),
        (90 * DAY + SECOND, False),
        (91 * DAY, False),
        (4_000 * DAY, False),
        (-DAY, True),  # a clock that was set back
    ],
)
def test_a_message_is_kept_for_ninety_days_and_no_longer(age, stays):
    message = factories.message(received_at=NOW - age)

    deleted = delete_expired(NOW)

    assert exists(message) is stays
    assert deleted == (0 if stays else 1)


def test_what_is_too_old_goes_however_far_it_is(staff):
    rows = list(product(KINDS, STATES, DELIVERIES))
    to = {"contact": factories.contact_person(), "about": factories.service()}
    old, young = {}, {}
    for kind, state, delivery in rows:
        fields = to | {
            "kind": kind,
            "state": state,
            "delivery": delivery,
            "delivered_at": NOW - 80 * DAY if delivery == "delivered" else None,
            "assigned_to": None if state == "new" else staff,
        }
        old[kind, state, delivery] = factories.message(**fields, received_at=NOW - 91 * DAY)
        young[kind, state, delivery] = factories.message(**fields, received_at=NOW - 89 * DAY)

    assert delete_expired(NOW) == len(rows)

    assert [row for row in rows if exists(old[row])] == []
    assert [row for row in rows if not exists(young[row])] == []


def test_nothing_but_the_message_is_deleted(staff):
    contact, service = factories.contact_person(), factories.service()
    factories.message(
        kind="fault",
        about=service,
        contact=contact,
        assigned_to=staff,
        received_at=NOW - 91 * DAY,
    )

    delete_expired(NOW)

    for record in (contact, service, staff):
        record.refresh_from_db()


def test_all_that_is_too_old_goes_at_once():
    for number in range(5):
        factories.message(received_at=NOW - (91 + number) * DAY)
    young = factories.message(received_at=NOW)

    assert delete_expired(NOW) == 5
    assert list(Message.objects.all()) == [young]
    assert delete_expired(NOW) == 0


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(0, 3_650), hours=st.integers(0, 4_000 * 24))
def test_the_operator_s_period_counts(settings, days, hours):
    settings.MESSAGE_RETENTION_DAYS = days
    message = factories.message(received_at=NOW - datetime.timedelta(hours=hours))

    delete_expired(NOW)
    stays = exists(message)
    Message.objects.all().delete()

    assert stays is (hours <= days * 24)


def test_only_today_s_counts_are_kept():
    today = timezone.localdate(NOW)
    counts = {
        days: count(today - datetime.timedelta(days=days), sender="abc"[days % 3])
        for days in (0, 1, 2, 30)
    }
    other = count(today, sender="anderer Anschluss")

    delete_expired(NOW)

    assert set(SenderCount.objects.all()) == {counts[0], other}


@pytest.mark.parametrize(
    ("now", "today"),
    [
        # Half past midnight in Lörrach, and still yesterday in UTC: winter, then summer.
        (datetime.datetime(2026, 11, 2, 23, 30, tzinfo=datetime.UTC), datetime.date(2026, 11, 3)),
        (datetime.datetime(2026, 7, 2, 22, 30, tzinfo=datetime.UTC), datetime.date(2026, 7, 3)),
        (datetime.datetime(2026, 11, 2, 22, 59, tzinfo=datetime.UTC), datetime.date(2026, 11, 2)),
    ],
)
def test_the_day_ends_at_midnight_in_loerrach(now, today):
    count(today - DAY)
    of_today = count(today)

    delete_expired(now)

    assert list(SenderCount.objects.all()) == [of_today]


def test_counts_are_not_counted_as_messages():
    count(timezone.localdate(NOW) - DAY)

    assert delete_expired(NOW) == 0


def test_the_command_does_the_same_and_says_how_many(capsys, settings):
    settings.MESSAGE_RETENTION_DAYS = 7
    now = timezone.now()
    old = [factories.message(received_at=now - 8 * DAY) for _number in range(2)]
    young = factories.message(received_at=now - 6 * DAY)
    count(timezone.localdate() - DAY)
    today = count(timezone.localdate())

    call_command("delete_expired_messages")

    assert capsys.readouterr().out == "2 Nachrichten gelöscht.\n"
    assert [exists(message) for message in (*old, young)] == [False, False, True]
    assert list(SenderCount.objects.all()) == [today]


def test_the_command_says_so_where_nothing_is_too_old(capsys):
    message = factories.message()

    call_command("delete_expired_messages")

    assert capsys.readouterr().out == "0 Nachrichten gelöscht.\n"
    assert exists(message)


@pytest.mark.parametrize(("days", "said"), [(90, "nach 90 Tagen"), (30, "nach 30 Tagen")])
def test_the_form_names_the_period_that_is_kept(client, settings, days, said):
    settings.MESSAGE_RETENTION_DAYS = days

    (form,) = page_of(client.get("/de/kontakt/nachricht/")).xpath("//main//form")

    assert f"Auf dieser Website löschen wir Ihre Nachricht {said}." in words(form)
    assert "Als E-Mail kann sie länger bei uns bleiben." in words(form)
