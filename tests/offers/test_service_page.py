"""The page of one service: for whom, where, who runs it, and how sure we are."""

import datetime

import pytest

from tests import factories
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


def test_an_unverified_service_says_so_and_names_the_office_s_number(client):
    main = words(main_of(client.get("/de/angebote/jmd-caritas/")))

    assert "Diese Angaben prüfen wir gerade." in main
    assert "+49 7621 410-5301" in main


def test_a_service_from_a_public_source_does_not_say_that_it_is_being_checked(client):
    main = words(main_of(client.get("/de/angebote/mbe-caritas/")))

    assert "Diese Angaben prüfen wir gerade." not in main


def test_a_service_without_a_checked_number_names_the_office_s_number(client):
    main = words(main_of(client.get("/de/angebote/mbe-caritas/")))

    assert "Eine geprüfte Telefonnummer haben wir hier noch nicht." in main
    assert "+49 7621 410-5301" in main


@pytest.mark.parametrize("rows", [1, 3])
def test_a_service_s_page_costs_the_same_however_much_belongs_to_it(
    client, rows, django_assert_num_queries, seasoned
):
    service = factories.service()
    for _ in range(rows):
        service.topics.add(factories.topic())
        service.partners.add(factories.organisation())
        service.languages.add(factories.language())
        service.municipalities.add(factories.municipality())
        contact = factories.contact_person(location=factories.location())
        factories.opening_hours(contact=contact)
        service.contacts.add(contact)
        service.locations.add(factories.location())
    seasoned("ar")

    with django_assert_num_queries(6):
        client.get(f"/ar/angebote/{service.slug}/")


def test_a_service_for_some_municipalities_names_them(client):
    facts = words(main_of(client.get("/de/angebote/mbe-drk/")).xpath(".//dl")[0])

    assert "Wo? Grenzach-Wyhlen und Lörrach" in facts


def test_a_service_without_municipalities_is_for_the_whole_district(client):
    facts = words(main_of(client.get("/de/angebote/einbuergerung/")).xpath(".//dl")[0])

    assert "Wo? im ganzen Landkreis Lörrach" in facts


def test_partners_stand_beside_the_organisation(client):
    main = main_of(client.get("/de/angebote/dolmetscherpool/"))

    assert [words(name) for name in main.xpath(".//p[contains(@class,'providers')]/span")] == [
        "Caritasverband für den Landkreis Lörrach",
        "Diakonisches Werk im Landkreis Lörrach",
        "Stadt Weil am Rhein",
    ]


def test_the_date_of_the_last_check_is_shown(client):
    service = factories.service(checked_on=datetime.date(2026, 11, 1))

    main = words(main_of(client.get(f"/de/angebote/{service.slug}/")))

    assert "Zuletzt geprüft: 1. November 2026" in main


def test_a_service_is_hidden_with_its_organisation(client):
    service = factories.service(organisation=factories.organisation(status="draft"))

    assert client.get(f"/de/angebote/{service.slug}/").status_code == 404


def test_german_parts_of_a_foreign_page_are_marked_as_german(client):
    service = factories.service(name_de="Treff", name_ar="لقاء", helps_with_de="<p>Hilfe</p>")

    main = main_of(client.get(f"/ar/angebote/{service.slug}/"))

    assert words(main.xpath(".//h1")[0]) == "لقاء"
    assert not main.xpath(".//h1//*[@lang]")
    (german,) = main.xpath(".//div[@lang='de'][@dir='ltr']")
    assert words(german) == "Hilfe"
