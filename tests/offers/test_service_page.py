"""The page of one service: for whom, where, who runs it, and how sure we are."""

import datetime

import pytest

from tests import factories
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


CALL_FIRST = "Rufen Sie vorher an."
ASK_US = "Den Kontakt nennen wir Ihnen am Telefon: +49 7621 410-5301"
OFFICE = "+49 7621 410-5301"


def main_text(client, service):
    return words(main_of(client.get(f"/de/angebote/{service.slug}/")))


def test_a_service_without_a_number_is_asked_for_at_the_office_and_says_how_old_it_is(client):
    main = words(main_of(client.get("/de/angebote/jmd-caritas/")))

    assert main.count("Stand der Angaben: 2016.") == 1
    assert main.count(ASK_US) == main.count(OFFICE) == 1
    assert main.count(CALL_FIRST) == 1


def test_a_service_shows_the_number_of_who_runs_it(client):
    main = words(main_of(client.get("/de/angebote/einbuergerung/")))

    assert "Landratsamt Lörrach +49 7621 410-0" in main
    assert OFFICE not in main


def test_a_person_of_the_service_is_called_before_the_switchboard(client):
    service = factories.service(organisation=factories.organisation(phone="+4976219999120"))
    service.contacts.add(factories.contact_person(phone="+4976219999123"))

    main = main_of(client.get(f"/de/angebote/{service.slug}/"))

    assert main.xpath(".//a[starts-with(@href,'tel:')]/@href") == ["tel:+4976219999123"]


@pytest.mark.parametrize("place", ["service", "contact", "location"])
@pytest.mark.parametrize(
    "unconfirmed",
    [{"evidence": "unverified"}, {"next_check_on": datetime.date(2020, 1, 1)}],
    ids=["never", "long ago"],
)
def test_what_nobody_has_confirmed_is_said_once_however_much_of_it_there_is(
    client, place, unconfirmed
):
    of = {name: unconfirmed if name == place else {} for name in ("service", "contact", "location")}
    service = factories.service(source_year=2016, **of["service"])
    service.contacts.add(factories.contact_person(**of["contact"]))
    service.contacts.add(factories.contact_person(**of["contact"]))
    service.locations.add(factories.location(step_free_access="yes", **of["location"]))

    main = main_text(client, service)

    assert main.count(CALL_FIRST) == 1
    assert main.count("Stand der Angaben: 2016.") == 1


def test_a_service_from_a_public_source_names_the_year_and_nothing_else(client):
    organisation = factories.organisation(phone="+4976219999120")
    main = main_text(client, factories.service(source_year=2024, organisation=organisation))

    assert main.count("Stand der Angaben: 2024.") == 1
    assert CALL_FIRST not in main


def test_nobody_is_to_call_an_online_service_that_nobody_has_confirmed(client):
    service = factories.service(
        area="germany", website="https://example.org", evidence="unverified", source_year=2016
    )

    main = main_text(client, service)

    assert main.count("Stand der Angaben: 2016.") == 1
    assert CALL_FIRST not in main


def test_an_online_service_leads_to_its_website_and_not_to_the_office(client):
    main = main_of(client.get("/de/angebote/mbeon/"))

    (link,) = main.xpath(".//a[@rel='external']")
    assert (words(link), link.get("href")) == ("www.mbeon.de", "https://www.mbeon.de")
    assert not main.xpath(".//a[starts-with(@href,'tel:')]")


def test_a_service_without_a_website_leads_to_that_of_who_runs_it(client):
    organisation = factories.organisation(website="https://www.verein.example/kontakt/")
    main = main_of(client.get(f"/de/angebote/{factories.service(organisation=organisation).slug}/"))

    (link,) = main.xpath(".//a[@rel='external']")
    assert words(link) == "www.verein.example"


def test_how_to_get_there_is_unknown_once_however_many_places_there_are(client):
    service = factories.service()
    service.locations.add(factories.location(), factories.location())

    assert main_text(client, service).count("stufenlosen Zugang") == 1


def test_where_a_service_holds_is_told_on_the_telephone_if_nobody_knows(client):
    main = main_text(client, factories.service(area="unknown"))

    assert main.count("Für welche Orte? Das erfahren Sie am Telefon.") == 1


def test_who_runs_a_service_is_told_in_a_few_words(client):
    organisation = factories.organisation(name_de="Verein", description_de="Der Verein hilft.")
    service = factories.service(organisation=organisation)
    service.partners.add(factories.organisation(name_de="Bund", description_de="Der Bund hilft."))

    main = main_text(client, service)

    assert "Wer bietet das an? Verein Der Verein hilft. Bund Der Bund hilft." in main


def test_whom_to_call_comes_before_the_long_text(client):
    service = factories.service(helps_with_de="<p>Ein langer Text.</p>")

    main = main_text(client, service)

    assert main.index("Für welche Orte?") < main.index(OFFICE) < main.index("Ein langer Text.")


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

    with django_assert_num_queries(5):
        client.get(f"/ar/angebote/{service.slug}/")


def test_a_service_for_some_municipalities_names_them(client):
    facts = words(main_of(client.get("/de/angebote/mbe-drk/")).xpath(".//dl")[0])

    assert "Für welche Orte? Grenzach-Wyhlen und Lörrach" in facts


def test_a_service_without_municipalities_is_for_the_whole_district(client):
    facts = words(main_of(client.get("/de/angebote/einbuergerung/")).xpath(".//dl")[0])

    assert "Für welche Orte? ganzer Landkreis Lörrach" in facts


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

    assert "Stand der Angaben: 1. November 2026." in main


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
