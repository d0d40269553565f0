"""One form that reaches several workers at the same moment."""

import subprocess
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory

from contacts.messages.receive_message import receive
from contacts.models import Message, SenderCount

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"
TEXT, NAME, EMAIL = "Geheimer Kummer 4711", "Frau Canaria", "canaria@example.org"


def message():
    return Message(submission="a" * 64, text=TEXT, name=NAME, email=EMAIL)


def in_threads(*functions):
    """Call each in a thread and transaction of its own, which commits: other tests do not."""

    def call(function):
        try:
            function()
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def server_log():
    """Return what the PostgreSQL server of the tests has written."""
    listed = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True, check=True)
    return Path(listed.stdout.split()[-1]).read_text(errors="replace")


def test_what_another_worker_has_just_stored_is_not_counted_again(monkeypatch):
    first = receive(RequestFactory().post("/"), message())
    monkeypatch.setattr("contacts.messages.receive_message._stored", lambda submission: None)

    second = receive(RequestFactory().post("/"), message())

    assert second == first
    assert SenderCount.objects.get().count == 1


@pytest.mark.postgresql
def test_at_the_same_moment_it_becomes_one_message_and_the_server_logs_none_of_it():
    start, taken = threading.Barrier(8), []
    committed = Message.objects.filter(submission=message().submission)

    def send():
        start.wait()
        taken.append(receive(RequestFactory().post("/", REMOTE_ADDR=ADDRESS), message()).reference)

    def tidy_up():
        committed.delete()
        SenderCount.objects.all().delete()

    try:
        in_threads(*[send] * 8)
        assert len(taken) == 8
        assert len(set(taken)) == 1
        assert committed.get().text == TEXT
        assert SenderCount.objects.get().count == 1
        log = server_log()
        assert not [word for word in (TEXT, NAME, EMAIL) if word in log]
    finally:
        in_threads(tidy_up)
