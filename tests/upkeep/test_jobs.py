"""What the site does by itself, and the two commands that do it."""

import datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import Message
from lkintegration.upkeep import service
from lkintegration.upkeep.job import SERVICE
from lkintegration.upkeep.jobs import DELIVERY, JOBS
from lkintegration.upkeep.management.commands import deliver_messages
from lkintegration.upkeep.models import JobRun
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=10_000)


def test_names_are_unique_and_every_process_is_a_command():
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert {job.process for job in JOBS} == {SERVICE, "deliver_messages"}


def test_what_is_kept_too_long_goes(capsys, staff):
    factories.message(received_at=LONG_AGO)
    service = factories.service()
    old = service.history.last()
    service.save()
    service.history.update(history_date=LONG_AGO)
    SessionStore().save()
    Session.objects.update(expire_date=LONG_AGO)
    LogEntry.objects.log_actions(staff.pk, [service], CHANGE, "", single_object=True)
    LogEntry.objects.update(action_time=LONG_AGO)

    call_command("run_jobs", "--once")

    assert not Message.objects.exists()
    assert old not in service.history.all()
    assert service.history.exists()
    assert not Session.objects.exists()
    assert not LogEntry.objects.exists()
    assert set(JobRun.objects.exclude(succeeded_at=None).values_list("name", flat=True)) == {
        job.name for job in JOBS if job.process == SERVICE
    }


def test_one_job_can_be_done_at_once(capsys):
    factories.message(received_at=LONG_AGO)
    call_command("run_jobs", "--now", "messages")
    assert not Message.objects.exists()
    assert "Abgelaufene Nachrichten löschen: erledigt" in capsys.readouterr().out


def test_an_unknown_job_is_named_with_those_there_are():
    with pytest.raises(CommandError, match=r"„backups“ gibt es nicht.*messages"):
        call_command("run_jobs", "--now", "backups")


class Rounds:
    """An event that is set after some rounds."""

    def __init__(self, number):
        self.left = number

    def is_set(self):
        return self.left == 0

    def wait(self, _seconds):
        self.left -= 1


def test_the_service_that_carries_messages_tells_how_it_goes(monkeypatch):
    monkeypatch.setattr(service, "close_old_connections", lambda: None)
    factories.message()

    deliver_messages.Command()._serve(Rounds(1))

    row = JobRun.objects.get(name=DELIVERY.name)
    assert row.result == "1 warten"
    assert row.succeeded_at
