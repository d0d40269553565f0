"""Addresses that read what was sent as it came, and get it as a form with files."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TOKEN = "x" * 32


@pytest.mark.parametrize("path", ["begonnen/", "einfuegen/", "passkey/", "passkey/neu/"])
def test_a_form_with_files_is_refused_and_breaks_nothing(staff, path):
    client = Client(enforce_csrf_checks=True)  # the check takes the form apart
    client.force_login(staff)
    client.cookies["csrftoken"] = TOKEN

    response = client.post(f"/verwaltung/{path}", {"csrfmiddlewaretoken": TOKEN, "name": "x"})

    assert 400 <= response.status_code < 500
