"""The pages that say what help there is and who gives it; the rule itself has tests of its own."""

import pytest

from contacts.models import ContactPerson, Location, Municipality
from offers.models import Service
from tests import factories
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OFFICE = "+49 7621 410-5301"


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


def lines_of(response):
    return main_of(response).xpath(".//ul[@class='lines']/li")


def names_of(response):
    return [words(line.xpath(".//a")[0]) for line in lines_of(response)]


def fill(number):
    """Leave nothing but ``number`` services, named in their alphabetical order."""
    Service.objects.all().delete()
    organisation = factories.organisation()
    for index in range(number):
        factories.service(name_de=f"Angebot {index:02}", organisation=organisation)


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/"])
def test_the_referral_names_both_services_with_their_ages(client, path):
    programmes = main_of(client.get(f"/de/{path}")).xpath(".//section[@class='programme']")

    assert [words(card.find("h3")) for card in programmes] == [
        "Jugendmigrationsdienst (JMD)",
        "Migrationsberatung für erwachsene Zuwanderer (MBE)",
    ]
    assert [words(card.xpath("div[@class='age']")[0]) for card in programmes] == [
        "bis 27 Jahre",
        "ab 28 Jahren",
    ]
    assert [[words(link) for link in card.xpath(".//li/a")] for card in programmes] == [
        ["Caritasverband für den Landkreis Lörrach"],
        [
            "Caritasverband für den Landkreis Lörrach",
            "DRK-Kreisverband Lörrach",
            "Diakonisches Werk im Landkreis Lörrach",
        ],
    ]


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/"])
def test_beside_both_services_stands_at_which_age_one_may_choose(client, path):
    said = "Mit 27 können Sie wählen."
    assert words(main_of(client.get(f"/de/{path}"))).count(said) == 1

    Service.objects.filter(programme="mbe").update(min_age=28)
    assert "können Sie wählen" not in words(main_of(client.get(f"/de/{path}")))


def test_an_age_limit_is_data_that_staff_can_change(client):
    Service.objects.filter(programme="jmd").update(max_age=25)

    shown = main_of(client.get("/de/")).xpath(".//div[@class='age']")
    assert [words(age) for age in shown] == ["bis 25 Jahre", "ab 27 Jahren"]


@pytest.mark.parametrize("path", ["", "beratung/", "kontakt/", "aufgaben/"])
def test_the_two_services_are_named_wherever_someone_may_look_for_advice(client, path):
    hrefs = main_of(client.get(f"/de/{path}")).xpath(".//a/@href")

    assert "/de/angebote/jmd-caritas/" in hrefs
    assert "/de/angebote/mbe-drk/" in hrefs


def test_the_list_marks_first_points_of_contact_and_what_nobody_has_confirmed(client):
    lines = lines_of(client.get("/de/angebote/"))
    badges = {
        words(line.xpath(".//a")[0]): words(line.xpath(".//p[@class='badges']")[0])
        for line in lines
        if line.xpath(".//p[@class='badges']")
    }

    names = dict(Service.objects.values_list("slug", "name_de"))
    assert badges[names["jmd-caritas"]] == "Erste Anlaufstelle Stand der Angaben: 2016."
    assert names["einbuergerung"] not in badges


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/"])
def test_a_page_with_unconfirmed_details_tells_once_to_call_first(client, path):
    main = words(main_of(client.get(f"/de/{path}")))

    assert main.count("Angaben können sich ändern. Rufen Sie vorher an.") == 1


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/"])
def test_a_page_with_confirmed_details_tells_nobody_to_call_first(client, path):
    for model in (Service, ContactPerson, Location):
        model.objects.update(evidence="public", next_check_on=None)

    assert "Angaben können sich ändern" not in words(main_of(client.get(f"/de/{path}")))


def test_a_row_says_what_for_whom_where_and_how_to_reach_it(client):
    fill(0)
    service = factories.service(
        name_de="Sprachtreff",
        audience_de="Für alle, die Deutsch üben.",
        max_age=30,
        area="named",
        website="https://example.org/treff",
        organisation=factories.organisation(name_de="Verein Brücke", phone="+4976219999120"),
    )
    service.municipalities.set(factories.Municipality.objects.filter(name="Aitern"))
    service.locations.add(factories.location(street="Brückenweg 1", city="Musterdorf"))

    (row,) = lines_of(client.get("/de/angebote/"))
    service.contacts.add(factories.contact_person(phone="+4976219999123"))
    (row_with_person,) = lines_of(client.get("/de/angebote/"))

    assert [words(cell) for cell in row] == [
        "Sprachtreff Verein Brücke",
        "Für alle, die Deutsch üben. bis 30 Jahre",
        "Aitern Brückenweg 1 79999 Musterdorf",
        "+49 7621 999912-0 example.org",
    ]
    # Who is responsible for the service comes before the switchboard.
    assert "tel:+4976219999123" in row_with_person.xpath(".//a/@href")
    assert "tel:+4976219999120" not in row_with_person.xpath(".//a/@href")


def test_a_row_names_no_place_that_nobody_knows(client):
    fill(0)
    factories.service(area="unknown")

    (row,) = lines_of(client.get("/de/angebote/"))

    assert words(row[2]) == ""


def test_services_are_listed_as_a_german_alphabet_has_them(client):
    fill(0)
    for name in ("Öffnung", "Zirkel", "ahnung", "Ärzte", "Anlauf", "Ofen"):
        factories.service(name_de=name)

    assert names_of(client.get("/de/angebote/")) == [
        "ahnung",
        "Anlauf",
        "Ärzte",
        "Ofen",
        "Öffnung",
        "Zirkel",
    ]


def test_a_list_in_english_is_ordered_by_what_its_readers_see(client):
    fill(0)
    factories.service(name_de="Abend", name_en="Zen evening")
    factories.service(name_de="Mittag")

    assert names_of(client.get("/en/angebote/")) == ["Mittag", "Zen evening"]
    assert names_of(client.get("/de/angebote/")) == ["Abend", "Mittag"]


def test_a_long_list_is_split_into_pages(client):
    fill(45)

    pages = [names_of(client.get(f"/de/angebote/?seite={number}")) for number in (1, 2, 3)]

    assert [len(names) for names in pages] == [20, 20, 5]
    assert [*pages[0], *pages[1], *pages[2]] == [f"Angebot {index:02}" for index in range(45)]


def test_pages_lead_on_and_back(client):
    fill(45)

    main = main_of(client.get("/de/angebote/?seite=2"))

    assert main.xpath(".//a[@rel='prev']/@href") == ["?seite=1"]
    assert main.xpath(".//a[@rel='next']/@href") == ["?seite=3"]
    assert "Seite 2 von 3" in words(main)


def test_leafing_through_a_topic_stays_in_the_topic(client):
    fill(45)
    topic = factories.topic(slug="nachbarn")
    topic.services.set(Service.objects.filter(name_de__lt="Angebot 25"))

    address = "/de/angebote/?thema=nachbarn"
    (following,) = main_of(client.get(address)).xpath(".//a[@rel='next']/@href")

    assert names_of(client.get(f"/de/angebote/{following}")) == [
        f"Angebot {index}" for index in range(20, 25)
    ]


def test_a_page_that_is_not_there_leads_to_one_that_is(client):
    fill(21)
    pages = {"0": 20, "-1": 20, "99": 20, "9" * 30: 20, "x": 0, "1e1": 0, "": 0, "%00": 0}

    responses = {page: client.get(f"/de/angebote/?seite={page}") for page in pages}

    assert {page: response.status_code for page, response in responses.items()} == dict.fromkeys(
        pages, 200
    )
    assert {page: names_of(response)[0] for page, response in responses.items()} == {
        page: f"Angebot {first:02}" for page, first in pages.items()
    }


def test_the_list_can_be_narrowed_to_a_topic_and_keeps_it_in_the_form(client):
    response = client.get("/de/angebote/?thema=beteiligung")

    assert names_of(response) == [
        "Dolmetscherpool für Einrichtungen",
        "Einbürgerung beim Landratsamt Lörrach",
    ]
    assert main_of(response).xpath(".//select[@name='thema']/option[@selected]/@value") == [
        "beteiligung"
    ]


def test_the_list_says_what_the_chosen_topic_is_about(client):
    assert "Hier geht es um den Beruf." in words(main_of(client.get("/de/angebote/?thema=arbeit")))
    assert "Hier geht es um" not in words(main_of(client.get("/de/angebote/")))


def test_a_topic_without_services_offers_the_office_s_number(client):
    factories.topic(slug="leer")

    main = words(main_of(client.get("/de/angebote/?thema=leer")))

    assert "Zu Ihrer Auswahl gibt es hier kein Angebot." in main
    assert OFFICE in main


@pytest.mark.parametrize("topic", ["gibt-es-nicht", "", "%00", "%ED%A0%80", "'", "x" * 2000])
def test_an_unknown_topic_narrows_nothing(client, topic):
    response = client.get(f"/de/angebote/?thema={topic}")

    assert response.status_code == 200
    assert len(lines_of(response)) == 15


def test_an_unpublished_topic_narrows_nothing_and_is_not_named(client):
    service = factories.service()
    service.topics.add(factories.topic(slug="geheim", name_de="Geheimes", status="draft"))

    assert "Geheimes" not in client.get("/de/angebote/?thema=geheim").content.decode()
    assert "Geheimes" not in client.get(f"/de/angebote/{service.slug}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_rows(
    client, rows, django_assert_num_queries, seasoned
):
    fill(rows)
    seasoned("ar")

    with django_assert_num_queries(4):
        client.get("/ar/angebote/")


def test_what_staff_change_is_in_the_list_at_once(client):
    fill(1)
    client.get("/de/angebote/")

    factories.service(name_de="Ganz neu")
    Service.objects.filter(name_de="Angebot 00").update(status="draft")

    assert names_of(client.get("/de/angebote/")) == ["Ganz neu"]


def test_nobody_is_sent_to_a_service_for_institutions(client):
    factories.service(
        name_de="Nur für Ämter", institutions_only=True, first_contact=True, programme="mbe"
    )

    for address in ("/de/beratung/", "/de/beratung/?alter=30", "/de/"):
        assert "Nur für Ämter" not in client.get(address).content.decode()


def test_a_row_names_a_town_once_where_the_address_tells_where_the_offer_holds(client):
    factories.service(slug="weit", name_de="Für zwei Orte", area="named")
    far = Service.objects.get(slug="weit")
    far.locations.set(Location.objects.filter(city="Lörrach")[:1])
    far.municipalities.set(Municipality.objects.filter(name__in=["Lörrach", "Schopfheim"]))
    rows = {words(row.find(".//a")): words(row) for row in lines_of(client.get("/de/angebote/"))}

    assert "Luisenstraße 16 79539 Lörrach" in rows["Welcome-Center Lörrach"]
    assert "wohnen. Lörrach" not in rows["Welcome-Center Lörrach"]
    assert "Lörrach und Schopfheim" in rows["Für zwei Orte"]
