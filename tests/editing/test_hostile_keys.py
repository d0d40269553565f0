"""What no form or list sends of its own accord is refused in words; nobody meets an error page."""

import pytest

from tests import factories
from tests.admin import said, screen, send
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

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


@pytest.mark.parametrize("key", [key for key in KEYS if key])
def test_a_field_with_search_shows_a_key_that_names_nothing_as_wrong(admin, key):
    service = factories.service()

    answer = send(admin, service, organisation=key, languages=[key], name_de="Anders")

    assert answer.status_code == 200
    assert len(page_of(answer).xpath("//ul[contains(@class, 'errorlist')]")) == 2
    assert page_of(answer).xpath("//input[@name='name_de']/@value") == ["Anders"]


@pytest.mark.parametrize("key", KEYS)
def test_a_row_chosen_by_a_key_that_names_nothing_counts_as_not_chosen(admin, key):
    service = factories.service()
    address = "/verwaltung/offers/service/"

    for chosen, is_there in (([key], True), ([key, str(service.pk)], False)):
        told = {"action": "delete_selected", "_selected_action": chosen, "post": "yes", "index": 0}
        assert admin.post(address, told).status_code in {200, 302}
        assert type(service).objects.filter(pk=service.pk).exists() == is_there


@pytest.mark.parametrize(
    "query", ["name_de__range=a", "name_de__regex=((", "name_de__iregex=a", "changed_at__date=x"]
)
def test_a_comparison_that_no_list_offers_is_refused(admin, query):
    assert admin.get(f"/verwaltung/offers/service/?{query}").status_code in {302, 400}


def test_filters_and_links_of_a_list_go_on_working(admin):
    there = factories.service(status="draft", name_de="Nur im Entwurf")

    for query in ("status__exact=draft", f"id__in={there.pk}", "publish_from__isnull=True"):
        assert (
            "Nur im Entwurf" in admin.get(f"/verwaltung/offers/service/?{query}").content.decode()
        )


@pytest.mark.parametrize("action", ["change", "delete"])
def test_a_column_without_a_name_is_the_usual_one(admin, action):
    address = screen(factories.service(), action)

    assert admin.get(f"{address}?_to_field=").status_code == 200


def test_browsers_keep_no_page_of_the_admin(admin):
    for path in ("", "password_change/", "login/", "gibt-es-nicht/"):
        answer = admin.get(f"/verwaltung/{path}")
        told = answer.headers.get("Cache-Control", "")
        assert answer.status_code == 404 or "no-store" in told, path
