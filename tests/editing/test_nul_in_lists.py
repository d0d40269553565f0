"""A zero byte is in no text, so a list that is asked for one answers without the database."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_list_that_is_asked_for_a_zero_byte_refuses(admin):
    response = admin.get("/verwaltung/contacts/closedperiod/", {"reason_ar": "a\0b"})

    assert response.status_code == 400
