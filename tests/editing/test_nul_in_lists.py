"""A zero byte is in no text and no key: who asks for one is answered without the database."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# A key of which is a text.
LANGUAGES = "/verwaltung/editorial/languagesetting/"


@pytest.mark.parametrize("action", ["change", "delete", "history"])
def test_an_address_with_a_zero_byte_names_no_record(admin, action):
    response = admin.get(f"{LANGUAGES}a%00b/{action}/")

    assert response.status_code in {302, 403, 404, 410}


def test_a_list_that_is_asked_for_a_zero_byte_refuses(admin):
    response = admin.get("/verwaltung/contacts/closedperiod/", {"reason_ar": "a\0b"})

    assert response.status_code == 400


def test_a_field_with_search_finds_as_if_the_zero_byte_were_not_there(admin):
    asked = {
        "app_label": "offers",
        "model_name": "service",
        "field_name": "organisation",
        "term": "Carit\0",
    }

    response = admin.get("/verwaltung/autocomplete/", asked)

    assert response.status_code == 200
    assert any("Caritas" in found["text"] for found in response.json()["results"])
