"""Whoever owns an account hears by e-mail of what changes the ways into it."""

from io import StringIO

import pytest
from django.core.management import call_command

from lkintegration.accounts.emails import CHANGES, email_thread
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from tests.accounts.logging_in import PASSWORD, colleague
from tests.admin import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NEW = "drei-Wolken-ueber-Kamelen"
OWN_PASSWORD = "/verwaltung/password_change/"  # noqa: S105  (an address)


@pytest.fixture
def owner(settings):
    settings.EMAIL_HOST = "mail.example.org"
    return colleague(email="kollegin@example.org")


@pytest.fixture
def sent(mailoutbox):
    """Return what was sent, once all of it has been."""

    def look():
        email_thread.submit(lambda: None).result(timeout=20)
        return [(mail.to, mail.subject, mail.body) for mail in mailoutbox]

    return look


def change_password(owner):
    passwords = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client_of(owner).post(OWN_PASSWORD, passwords).status_code == 302


def test_a_new_password_is_told_without_a_word_of_it(owner, sent):
    change_password(owner)

    ((to, subject, body),) = sent()
    assert (to, subject) == (["kollegin@example.org"], "Neues Passwort")
    assert "Konto „kollegin“ in der Verwaltung der Website hat jetzt ein anderes Passwort" in body
    assert "Waren Sie das nicht" in body
    assert not any(secret in body for secret in (NEW, PASSWORD, "http", "@"))


@pytest.mark.parametrize("kind", EventKind)
def test_only_what_changes_the_ways_in_is_told(owner, sent, rf, kind):
    note(kind, rf.get("/"), owner)

    expected = [CHANGES[kind][0]] if kind in CHANGES else []
    assert [subject for _to, subject, _body in sent()] == expected


def test_what_an_operator_takes_away_is_told_too(owner, sent):
    call_command("reset_second_factor", owner.username, stdout=StringIO())

    assert [subject for _to, subject, _body in sent()] == ["Zweiter Faktor entfernt"]


def test_without_a_mail_server_or_an_address_nothing_is_sent(owner, sent, settings):
    settings.EMAIL_HOST = ""
    change_password(owner)
    settings.EMAIL_HOST, owner.email = "mail.example.org", ""
    owner.save()
    call_command("reset_second_factor", owner.username, stdout=StringIO())

    assert sent() == []
