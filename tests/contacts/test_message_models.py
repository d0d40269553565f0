"""What the database refuses about messages, and what a message knows about itself."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import Message, SenderCount
from contacts.models.messages import new_reference
from tests import factories
from tests.core.refusals import assert_refused

pytestmark = pytest.mark.django_db

NO_REPLY = "Eine Nachricht braucht eine Adresse für die Antwort."
NO_TEXT = "Eine Nachricht braucht einen Text."
DELIVERED = "Zugestellt ist, was einen Zeitpunkt der Zustellung hat."
NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)


def test_a_message_nobody_could_answer_is_refused():
    assert_refused(factories.message(save=False, email="", phone=""), NO_REPLY)


@pytest.mark.parametrize(
    "ways",
    [
        {"email": "ayla@example.org", "phone": ""},
        {"email": "", "phone": "07621 410-0"},
        {"email": "ayla@example.org", "phone": "07621 410-0"},
    ],
)
def test_one_way_to_answer_is_enough(ways):
    message = factories.message(save=False, **ways)

    message.full_clean()
    message.save()

    assert message.pk


@pytest.mark.parametrize("kind", ["barrier", "fault"])
def test_whoever_reports_something_need_not_say_who_they_are(kind):
    message = factories.message(save=False, kind=kind, email="", phone="")

    message.full_clean()
    message.save()

    assert message.pk


@pytest.mark.parametrize("kind", ["message", "barrier", "fault"])
def test_a_message_without_a_text_is_refused(kind):
    message = factories.message(save=False, kind=kind, text="")

    assert_refused(message, "Dieses Feld darf nicht leer sein.")
    with pytest.raises(ValidationError) as refusal:
        message.validate_constraints()
    assert refusal.value.messages == [NO_TEXT]


@pytest.mark.parametrize(
    "claim",
    [
        {"delivery": "delivered", "delivered_at": None},
        *(
            {"delivery": state, "delivered_at": NOON}
            for state in ("waiting", "sending", "uncertain", "given_up")
        ),
    ],
)
def test_what_is_delivered_has_a_time_and_what_is_not_has_none(claim):
    assert_refused(factories.message(save=False, **claim), DELIVERED)


def test_what_is_delivered_at_some_time_is_accepted():
    message = factories.message(save=False, delivery="delivered", delivered_at=NOON)

    message.full_clean()
    message.save()

    assert message.pk


@pytest.mark.parametrize("field", ["kind", "page_language", "topic", "state", "delivery"])
def test_a_word_that_is_not_in_the_list_is_refused(field):
    with pytest.raises(ValidationError) as refusal:
        factories.message(save=False, **{field: "quatsch"}).full_clean()

    assert "Wert 'quatsch' ist keine gültige Option." in refusal.value.message_dict[field]


@pytest.mark.parametrize("field", ["reference", "submission"])
def test_no_two_messages_share_a_number_or_a_form(field):
    first = factories.message()
    second = factories.message(save=False, **{field: getattr(first, field)})

    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert set(refusal.value.message_dict) == {field}
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_one_connection_is_counted_once_a_day():
    day = datetime.date(2026, 11, 2)
    SenderCount.objects.create(day=day, sender="a")
    SenderCount.objects.create(day=day, sender="b")
    SenderCount.objects.create(day=day + datetime.timedelta(days=1), sender="a")

    assert_refused(
        SenderCount(day=day, sender="a"),
        "Zähler je Anschluss mit diesem Wert für das Feld Tag und Prüfwert existiert bereits.",
    )


def test_a_number_can_be_told_over_the_phone():
    numbers = [new_reference() for _number in range(500)]

    assert all(re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", number) for number in numbers)
    # Zero and O, one and I and L: nobody can tell them apart.
    assert not set("".join(numbers)) & set("01OIL")
    assert len(set(numbers)) == len(numbers)


def test_every_letter_and_digit_of_the_alphabet_is_used_at_every_place():
    numbers = [new_reference() for _number in range(3_000)]

    alphabet = set("".join(numbers)) - {"-"}
    assert len(alphabet) >= 28
    for place in (0, 1, 2, 3, 5, 6, 7, 8):
        assert {number[place] for number in numbers} == alphabet


def test_a_message_gets_its_number_by_itself_and_keeps_it():
    message = factories.message()
    number = message.reference
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", number)

    message.text = "Anderer Text"
    message.save()

    assert Message.objects.get(pk=message.pk).reference == number


def test_a_new_message_is_new_and_waits_to_be_sent_at_once():
    before = timezone.now()

    message = Message.objects.get(pk=factories.message().pk)

    assert (message.state, message.assigned_to) == ("new", None)
    assert (message.delivery, message.attempts, message.delivered_at) == ("waiting", 0, None)
    assert before <= message.received_at <= timezone.now()
    assert before <= message.next_attempt_at <= timezone.now()


@pytest.mark.parametrize(
    ("received", "answer_by"),
    [
        (NOON, datetime.date(2026, 11, 30)),
        # 23:30 in UTC is the next day in Lörrach.
        (datetime.datetime(2026, 11, 2, 23, 30, tzinfo=datetime.UTC), datetime.date(2026, 12, 1)),
        # Clocks are set back on 25 October.
        (datetime.datetime(2026, 10, 20, 21, 59, tzinfo=datetime.UTC), datetime.date(2026, 11, 17)),
        # Late on Tuesday, 10 March; clocks are set forward on 29 March.
        (datetime.datetime(2026, 3, 10, 22, 30, tzinfo=datetime.UTC), datetime.date(2026, 4, 7)),
        # The year ends in between.
        (datetime.datetime(2026, 12, 15, 12, tzinfo=datetime.UTC), datetime.date(2027, 1, 12)),
    ],
)
def test_a_barrier_is_to_be_answered_four_weeks_after_the_day_it_was_reported(received, answer_by):
    assert factories.message(kind="barrier", received_at=received).answer_by == answer_by


@pytest.mark.parametrize("kind", ["message", "fault"])
def test_nothing_but_a_barrier_has_a_day_to_be_answered_by(kind):
    assert factories.message(kind=kind).answer_by is None


def test_a_message_outlives_the_person_it_was_written_to_and_whoever_took_it_on(staff):
    contact = factories.contact_person()
    message = factories.message(contact=contact, assigned_to=staff, state="assigned")

    contact.delete()
    staff.delete()

    message.refresh_from_db()
    assert (message.contact, message.assigned_to) == (None, None)
    assert message.state == "assigned"


def test_a_fault_outlives_the_record_it_is_about():
    contact = factories.contact_person()
    message = factories.message(kind="fault", about=contact)
    assert Message.objects.get(pk=message.pk).about == contact

    contact.delete()

    assert Message.objects.get(pk=message.pk).about is None


def test_a_message_is_called_by_what_it_is_and_its_number():
    assert str(factories.message(kind="barrier", reference="K7PM-3XQ9")) == (
        "gemeldete Barriere K7PM-3XQ9"
    )


def test_the_latest_message_comes_first():
    old = factories.message(received_at=NOON)
    new = factories.message(received_at=NOON + datetime.timedelta(seconds=1))
    same_moment = factories.message(received_at=NOON + datetime.timedelta(seconds=1))

    assert list(Message.objects.all()) == [same_moment, new, old]


def test_only_what_is_answered_is_finished():
    messages = {state: factories.message(state=state) for state in ("new", "assigned", "answered")}

    assert set(Message.objects.unfinished()) == {messages["new"], messages["assigned"]}
