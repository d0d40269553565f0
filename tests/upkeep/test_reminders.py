"""What the office is told once a week, and what of publications is noticed each hour."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from contacts.models import ContactPerson, Message
from lkintegration.upkeep.job import JobError
from lkintegration.upkeep.models import LinkFault
from lkintegration.upkeep.reminders import follow_publications, remind, what_waits
from offers.models import Service
from tests import factories
from tests.smtp import Health, SMTPServer

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DAY = datetime.timedelta(days=1)
MONDAY = datetime.datetime(2026, 11, 30, 7, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _office(settings):
    settings.MESSAGE_MAILBOX, settings.EMAIL_HOST = "amt@example.org", "127.0.0.1"
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["integration.example.org"], True


def waiting(now=MONDAY):
    return "\n".join(what_waits(now))


def test_the_office_is_told_of_each_thing_that_waits():
    ContactPerson.objects.update(checked_on=datetime.date(2020, 1, 1))
    factories.message(received_at=MONDAY - 8 * DAY, name="Frau Canaria", text="Kummer")
    service = factories.service(name="Nähkurs", publish_until=MONDAY + 3 * DAY)
    factories.service(name="Chor", publish_until=MONDAY + 30 * DAY)
    LinkFault.objects.create(url="https://example.org/", reason="weg", since=MONDAY, times=2)

    said = waiting()

    assert re.search(
        r"Zu prüfende Angaben: \d+ \(https://integration.example.org/verwaltung/pruefliste/\)", said
    )
    assert "Nachrichten, die seit mehr als einer Woche nicht erledigt sind: 1" in said
    assert f"{service}: öffentlich bis 03.12.2026" in said
    assert "Chor" not in said
    assert "Links, die ins Leere führen: 1 (" in said
    assert "Canaria" not in said
    assert "Kummer" not in said


def test_the_e_mail_goes_out_on_mondays_only():
    factories.message(received_at=MONDAY - 8 * DAY)

    assert remind(MONDAY + DAY) == "heute nicht, erst am Montag"
    assert mail.outbox == []

    assert "an das Amt geschrieben" in remind(MONDAY)
    assert mail.outbox[0].to == ["amt@example.org"]


def test_without_a_mailbox_nothing_fails(settings):
    factories.message(received_at=MONDAY - 8 * DAY)
    settings.EMAIL_HOST = ""
    assert remind(MONDAY) == "kein Postfach oder kein Mailserver eingestellt"


def test_a_mail_server_that_refuses_is_a_failure_in_words(settings):
    factories.message(received_at=MONDAY - 8 * DAY)
    with SMTPServer() as server:
        server.up(Health.REFUSING)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        with pytest.raises(JobError, match="nicht angenommen"):
            remind(MONDAY)


def test_each_hour_it_is_noticed_what_begins_and_ends_and_who_is_left_alone():
    now = timezone.now()
    factories.service(publish_from=now - DAY / 2)
    assert follow_publications(now) == "1 begonnen, 0 beendet; Lücken der Beratung: 0"

    Service.objects.exclude(programme="").update(publish_until=now - DAY / 2)

    said = follow_publications(now)
    assert "0 beendet" not in said
    assert "Beratung: 0" not in said
    assert not Message.objects.exists()
