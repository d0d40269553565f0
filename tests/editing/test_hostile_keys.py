"""Keys that no form sends of its own accord are told as gone; nobody meets an error page."""

import pytest

from tests import factories
from tests.admin import said, send

pytestmark = pytest.mark.django_db

KEYS = ["abc", "-1", "", "1\x00", "9" * 25]


@pytest.mark.parametrize("key", KEYS)
def test_a_row_with_any_key_is_named_as_gone_and_the_rest_is_saved(admin, key):
    ayla = factories.contact_person()
    factories.opening_hours(contact=ayla)

    answer = send(admin, ayla, room="7", **{"openinghours_rows-0-id": key})

    assert any("hat inzwischen jemand gelöscht" in line for line in said(admin.get(answer.url)))
    ayla.refresh_from_db()
    assert ayla.room == "7"
    assert ayla.openinghours_rows.count() == 1


def test_a_form_sent_to_an_address_that_names_no_record_is_shown_again(admin):
    answer = admin.post("/verwaltung/offers/service/abc/change/", {"name": "Kurs"})

    assert answer.status_code == 410
