"""What is done daily, and that the service which carries messages sees to it."""

import datetime

import pytest
from django.utils import timezone

from contacts.models import Message
from lkintegration.upkeep.daily_jobs import run_daily_jobs
from lkintegration.upkeep.management.commands import deliver_messages
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=10_000)


def test_what_is_kept_too_long_goes():
    factories.message(received_at=LONG_AGO)
    service = factories.service()
    old = service.history.last()
    service.save()
    service.history.update(history_date=LONG_AGO)

    run_daily_jobs(timezone.now())

    assert not Message.objects.exists()
    assert old not in service.history.all()
    assert service.history.exists()


class Rounds:
    """An event that is set after some rounds."""

    def __init__(self, number):
        self.left = number

    def is_set(self):
        return self.left == 0

    def wait(self, _seconds):
        self.left -= 1


def test_the_service_does_it_once_a_day(monkeypatch):
    days = [datetime.date(2026, 11, 2)] * 6 + [datetime.date(2026, 11, 3)] * 6
    done = []
    monkeypatch.setattr(deliver_messages, "run_daily_jobs", done.append)
    monkeypatch.setattr(deliver_messages, "close_old_connections", lambda: None)
    monkeypatch.setattr(deliver_messages.timezone, "localdate", lambda: days.pop(0))

    deliver_messages.Command()._serve(Rounds(8))

    assert len(done) == 2
