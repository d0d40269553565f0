"""Everybody writes the name by which others know them; the log tells of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from tests.admin import EDITOR, account, client_of
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/verwaltung/konto/name/"


def test_one_s_own_name_is_changed_and_told_in_the_log_and_no_other_account():
    user, other = account(EDITOR), account(EDITOR)
    client = client_of(user)
    name = {"first_name": "Vera", "last_name": "Maler", "username": "chef", "is_superuser": "on"}

    told = client.post(PAGE, name, follow=True)

    assert "Vera Maler" in words(page_of(told))
    stored = User.objects.get(pk=user.pk)
    assert (stored.get_full_name(), stored.username) == ("Vera Maler", user.username)
    assert not stored.is_superuser
    assert User.objects.get(pk=other.pk).get_full_name() == ""
    entry = LogEntry.objects.get(object_id=str(user.pk))
    assert entry.get_change_message() == "Vorname geändert, Nachname geändert."
    assert entry.user == user


def test_nobody_is_without_a_name():
    user = account(EDITOR)

    refused = client_of(user).post(PAGE, {"first_name": "", "last_name": " "})

    assert "Dieses Feld ist zwingend erforderlich." in words(page_of(refused))
    assert not LogEntry.objects.exists()
