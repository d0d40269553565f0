"""Messages reach the office once, or visibly not: in conversation with a real SMTP server."""

import datetime
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contacts.messages.delivery import MESSAGES, compose
from contacts.models import ContactPerson, Message
from lkintegration.mailing import delivery, smtp
from lkintegration.mailing.delivery import LEASE, LONGEST_PAUSE, LONGEST_WAIT, pause
from lkintegration.mailing.enums import Delivery
from tests import factories
from tests.databases import copy_file
from tests.smtp import Health, SMTPServer

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def server(settings):
    with SMTPServer() as running:
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.MESSAGE_MAILBOX = "amt@example.org"
        settings.DEFAULT_FROM_EMAIL = "Website <website@example.org>"
        yield running


def deliver_due(**options):
    return delivery.deliver_due([MESSAGES], **options)


def fresh(message):
    message.refresh_from_db()
    return message


def a_minute_later(message):
    """Let the pause after a failed attempt pass."""
    Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())


def test_a_message_arrives_and_is_marked(server):
    message = factories.message(text="Guten Tag", email="ayla@example.org", phone="")

    assert deliver_due() == 1

    (mail,) = server.inbox
    assert mail["To"] == "amt@example.org"
    assert mail["From"] == "Website <website@example.org>"
    assert mail["Reply-To"] == "ayla@example.org"
    assert mail["Subject"] == f"Nachricht {message.reference} über die Website"
    assert "Guten Tag" in mail.get_content()
    stored = fresh(message)
    assert (stored.delivery, stored.delivered_to) == (Delivery.DELIVERED, "amt@example.org")
    assert stored.delivered_at is not None
    assert (stored.attempts, stored.last_error) == (1, "")


def test_a_message_is_not_sent_twice(server):
    factories.message()

    assert (deliver_due(), deliver_due()) == (1, 0)
    assert len(server.inbox) == 1


def test_a_message_goes_to_its_person_where_an_address_is_known(server):
    contact = factories.contact_person(email="ayla.muster@example.org")
    factories.message(contact=contact)

    deliver_due()

    assert server.inbox[0]["To"] == "ayla.muster@example.org"


def test_a_message_to_a_person_without_an_address_goes_to_the_mailbox(server):
    factories.message(contact=factories.contact_person(email=""))

    deliver_due()

    assert server.inbox[0]["To"] == "amt@example.org"


def test_without_a_mailbox_the_office_s_own_address_serves(server, settings):
    settings.MESSAGE_MAILBOX = ""
    ContactPerson.objects.filter(represents_office=True).update(email="office@example.org")
    factories.message()

    deliver_due()

    assert server.inbox[0]["To"] == "office@example.org"


@pytest.mark.parametrize("missing", ["EMAIL_HOST", "MESSAGE_MAILBOX"])
def test_without_a_server_or_a_mailbox_messages_wait_and_say_why(server, settings, missing):
    setattr(settings, missing, "")
    message = factories.message()

    assert deliver_due() == 0

    assert fresh(message).delivery == Delivery.WAITING
    assert message.last_error == "Es ist kein Postfach oder kein Mailserver eingestellt."


def test_a_reader_without_an_address_gets_no_reply_to(server):
    factories.message(email="", phone="+41 61 000 00 00")

    deliver_due()

    assert server.inbox[0]["Reply-To"] is None
    assert "+41 61 000 00 00" in server.inbox[0].get_content()


NO_DATE = "Die Website hat keine Frist für eine Antwort genannt."


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({}, NO_DATE),
        ({"page_language": "de"}, NO_DATE),
        ({"page_language": "de-simple"}, NO_DATE),
        (
            {"page_language": "tr", "language": "en"},
            "Der Text ist vielleicht auf Türkisch geschrieben. Die Antwort soll auf Englisch sein. "
            + NO_DATE,
        ),
        ({"language": "pl"}, f"Die Antwort soll auf Polnisch sein. {NO_DATE}"),
        ({"kind": "fault"}, NO_DATE),
        (
            {"kind": "fault", "email": "", "language": "en", "page_language": "ar"},
            "Der Text ist vielleicht auf Arabisch geschrieben. "
            "Ohne E-Mail und Telefon: Eine Antwort ist nicht möglich.",
        ),
        (
            {"kind": "barrier", "received_at": datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)},
            "In der Verwaltung steht bei dieser Barriere: Antwort bis 30.11.2026. "
            "Die Website hat keine Frist für eine Antwort genannt.",
        ),
        (
            {"kind": "barrier", "email": ""},
            "Ohne E-Mail und Telefon: Eine Antwort ist nicht möglich.",
        ),
    ],
)
def test_the_office_is_told_which_languages_it_needs_and_what_the_website_has_promised(
    fields, notes
):
    message = factories.message(**fields)

    _head, told, _text = compose(message, "amt@example.org").body.split("\n\n", 2)

    assert told == f"Hinweis: {notes}"


def test_the_office_reads_in_which_language_to_answer():
    body = compose(factories.message(language="en", page_language="uk"), "amt@example.org").body

    assert "Sprache der Seite: Ukrainisch\nAntwort auf: Englisch\n" in body


@pytest.mark.parametrize(
    "text",
    ["مرحبا\u200f، أحتاج مساعدة 😀", "x" * 5000, "Zeile 1\n.\n..\nZeile 4", "From: a\n\nBcc: b"],
)
def test_every_text_arrives_as_it_was_written(server, text):
    factories.message(text=text)

    deliver_due()

    content = server.inbox[0].get_content().replace("\r\n", "\n")
    assert content.endswith(f"\n\n{text}\n")


def test_no_header_holds_what_a_reader_wrote(server):
    factories.message(
        name="Ayla\r\nBcc: alle@example.org",
        text="Subject: neu\r\nBcc: alle@example.org",
        phone="1\r\nBcc: alle@example.org",
        page="/de/\r\nBcc: alle@example.org",
    )

    deliver_due()

    (mail,) = server.inbox
    assert mail["Bcc"] is None
    assert set(mail.keys()) == {
        *("Content-Type", "MIME-Version", "Content-Transfer-Encoding"),
        *("Subject", "From", "To", "Reply-To", "Message-ID", "Date"),
    }


def test_an_address_with_a_line_break_that_got_into_the_database_sends_nothing(server):
    message = factories.message(email="a@example.org\r\nBcc: alle@example.org")
    other = factories.message()

    deliver_due()

    assert fresh(message).delivery == Delivery.WAITING
    assert server.references() == [other.reference]


ILL = [Health.BUSY, Health.REFUSING, Health.FULL, Health.CLOSING, Health.LYING]


@pytest.mark.parametrize("illness", ILL)
def test_what_was_certainly_not_taken_waits_and_is_sent_once_the_server_is_well(server, illness):
    message = factories.message()
    server.health = illness

    deliver_due()

    assert server.inbox == []
    waiting = fresh(message)
    assert (waiting.delivery, waiting.attempts) == (Delivery.WAITING, 1)
    assert waiting.last_error
    assert waiting.next_attempt_at > timezone.now()

    server.health = Health.HEALTHY
    assert deliver_due() == 0  # its pause is not over
    a_minute_later(message)
    assert deliver_due() == 1
    assert server.references() == [message.reference]


def test_what_a_closed_port_refused_is_sent_later(server):
    message = factories.message()
    server.down()

    deliver_due()
    server.up()
    a_minute_later(message)

    assert deliver_due() == 1
    assert server.references() == [message.reference]


def test_a_slow_server_gets_every_message_once(server):
    server.health = Health.SLOW
    messages = [factories.message() for _number in range(3)]

    assert deliver_due() == 3
    assert sorted(server.references()) == sorted(message.reference for message in messages)


@pytest.mark.parametrize("illness", [Health.SILENT, Health.LOSING, Health.MUMBLING])
def test_what_may_have_arrived_is_not_sent_again_but_visible(server, illness):
    message = factories.message()
    server.health = illness

    deliver_due()
    a_minute_later(message)
    server.health = Health.HEALTHY
    deliver_due()

    assert fresh(message).delivery == Delivery.UNCERTAIN
    assert server.references().count(message.reference) == (illness is not Health.LOSING)


def test_a_server_that_never_ends_its_greeting_is_left(server, monkeypatch):
    monkeypatch.setattr(smtp, "LONGEST_DIALOGUE", 0.3)
    message = factories.message()
    server.health = Health.DRIPPING

    deliver_due()

    assert fresh(message).delivery == Delivery.WAITING
    assert message.last_error == "Der Mailserver antwortet zu langsam."


def test_so_is_one_that_never_ends_its_last_reply(server, monkeypatch):
    monkeypatch.setattr(smtp, "FINAL_TIMEOUT", 0.3)
    message = factories.message()
    server.health = Health.DRIPPING_AT_LAST

    deliver_due()

    assert fresh(message).delivery == Delivery.UNCERTAIN
    assert server.references() == [message.reference]


def test_a_process_that_is_to_stop_waits_for_no_last_reply(server, monkeypatch):
    monkeypatch.setattr(smtp._Ending, "at", None)
    message = factories.message()
    server.health = Health.DRIPPING_AT_LAST
    smtp.end_dialogues(0.3)

    deliver_due()

    assert fresh(message).delivery == Delivery.UNCERTAIN


def test_three_failures_in_a_row_end_the_round(server):
    messages = [factories.message() for _number in range(5)]
    server.health = Health.BUSY

    deliver_due()

    assert sum(fresh(message).attempts for message in messages) == 3


def test_one_bad_mailbox_does_not_hold_up_the_others(server):
    bad = [factories.message(email="a@example.org\nb") for _number in range(2)]
    good = [factories.message() for _number in range(2)]

    deliver_due()

    assert server.references() == [message.reference for message in good]
    assert {fresh(message).delivery for message in bad} == {Delivery.WAITING}


def test_a_message_that_staff_delete_meanwhile_stops_nobody(server):
    message = factories.message()
    delivery._claim(MESSAGES, message.pk, timezone.now())
    Message.objects.all().delete()
    server.health = Health.REFUSING

    assert delivery._attempt(MESSAGES, smtp.Mailer(), message) is False


def test_a_message_nobody_takes_is_given_up_visibly(server):
    message = factories.message(received_at=timezone.now() - LONGEST_WAIT * 2)
    server.health = Health.REFUSING

    deliver_due()

    assert fresh(message).delivery == Delivery.GIVEN_UP
    assert "no such mailbox" in message.last_error


@given(st.integers(1, 32_000))
def test_pauses_grow_and_stay_bounded(attempts):
    assert pause(attempts) <= pause(attempts + 1) <= LONGEST_PAUSE


def test_the_first_pause_is_a_minute():
    assert [pause(number).total_seconds() for number in (1, 2, 3)] == [60, 120, 240]


def claimed(ago, **fields):
    return factories.message(
        delivery=Delivery.SENDING, claimed_at=timezone.now() - ago, attempts=1, **fields
    )


def test_what_a_dead_process_had_not_handed_over_is_sent(server):
    message = claimed(LEASE * 2)

    assert deliver_due() == 1
    assert server.references() == [message.reference]


def test_what_a_dead_process_had_handed_over_is_uncertain(server):
    message = claimed(LEASE * 2, handed_over_at=timezone.now() - LEASE)

    assert deliver_due() == 0
    assert fresh(message).delivery == Delivery.UNCERTAIN


def test_what_another_process_is_sending_is_left_alone(server):
    message = claimed(datetime.timedelta(minutes=1))

    assert deliver_due() == 0
    assert fresh(message).delivery == Delivery.SENDING


YEAR = datetime.timedelta(days=365)


@pytest.mark.parametrize(
    "written",
    [
        {"next_attempt_at": timezone.now() + YEAR},
        {"delivery": Delivery.SENDING, "claimed_at": timezone.now() + YEAR},
    ],
)
def test_a_clock_that_was_ahead_and_is_put_right_holds_up_no_message(server, written):
    factories.message(**written)

    assert deliver_due() == 1


def test_a_round_ends_when_it_is_told_to(server):
    factories.message()

    assert deliver_due(stop=lambda: True) == 0


def test_the_command_delivers_once(server, capsys):
    factories.message()

    call_command("deliver_messages", "--once")

    assert capsys.readouterr().out == "1 Nachrichten zugestellt.\n"


def test_the_command_can_skip_the_pauses(server, capsys):
    factories.message(next_attempt_at=timezone.now() + LONGEST_PAUSE)

    call_command("deliver_messages", "--once", "--now")

    assert len(server.inbox) == 1


def test_of_two_processes_that_want_a_message_one_gets_it():
    message = factories.message()
    now = timezone.now()

    claims = [delivery._claim(MESSAGES, message.pk, now) for _process in range(2)]
    assert claims == [True, False]


@pytest.mark.any_database  # it has its own
def test_the_service_ends_when_it_is_told_to(tmp_path):
    """Started as operators start it, with a database of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }
    manage = [sys.executable, "manage.py"]
    copy_file(tmp_path / "db.sqlite3")
    with subprocess.Popen(
        [*manage, "deliver_messages"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as service:
        assert service.stdout.readline().startswith("Bereit")
        assert service.poll() is None
        service.send_signal(signal.SIGTERM)

        assert service.wait(timeout=20) == 0


def test_the_final_reply_may_take_as_long_as_the_standard_says():
    assert smtp.FINAL_TIMEOUT >= 600
    assert delivery.LEASE.total_seconds() > smtp.LONGEST_DIALOGUE + smtp.FINAL_TIMEOUT
