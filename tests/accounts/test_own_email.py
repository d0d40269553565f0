"""Everybody keeps the address of their own account, and nobody else's."""

import pytest
from django.contrib.auth.models import User

from lkintegration.accounts.emails import email_thread
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.models import LoginEvent
from tests.accounts.test_asked_again import asks, old_session
from tests.admin import EDITOR, account, client_of
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/verwaltung/konto/email/"


@pytest.fixture
def editor():
    User.objects.create_user("andere", email="andere@example.org", is_staff=True)
    user = account(EDITOR)
    user.email = "frueher@example.org"
    user.save()
    return user


def test_whoever_has_just_logged_in_changes_their_address(editor):
    response = client_of(editor).post(PAGE, {"email": "neu@example.org"}, follow=True)

    assert "Ihre E-Mail-Adresse ist gespeichert." in words(page_of(response))
    editor.refresh_from_db()
    assert editor.email == "neu@example.org"
    assert User.objects.get(username="andere").email == "andere@example.org"
    assert LoginEvent.objects.filter(account=editor, kind=EventKind.EMAIL).count() == 1


def test_the_former_address_and_the_new_one_are_told(editor, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example.org"
    client_of(editor).post(PAGE, {"email": "neu@example.org"})
    email_thread.submit(lambda: None).result(timeout=20)

    assert sorted(told.to for told in mailoutbox) == [["frueher@example.org"], ["neu@example.org"]]
    assert not any("neu@" in told.body for told in mailoutbox)


def test_what_is_no_address_is_refused_with_what_was_typed(editor):
    page = page_of(client_of(editor).post(PAGE, {"email": "neu@"}))

    assert page.xpath("//ul[contains(@class, 'errorlist')]/li")
    assert page.xpath("string(//input[@name='email']/@value)") == "neu@"
    editor.refresh_from_db()
    assert editor.email == "frueher@example.org"


def test_an_open_session_alone_is_not_enough(editor):
    assert asks(old_session(editor).post(PAGE, {"email": "neu@example.org"}))
    editor.refresh_from_db()
    assert editor.email == "frueher@example.org"
