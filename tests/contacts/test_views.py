"""The pages that say whom to call and where to go."""

import datetime

import pytest

from contacts.models import ContactPerson, Location
from tests import factories
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

FIRST_FAR_ROW = 900  # after everything the office's own content holds


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


@pytest.mark.any_database
def test_the_officer_s_numbers_are_written_as_she_writes_them(client):
    main = main_of(client.get("/de/kontakt/"))

    assert "Frau Eva Petersik" in words(main)
    assert "+49 7621 410-5301" in words(main)
    assert "+49 7621 410-95301" in words(main)
    assert "tel:+4976214105301" in main.xpath(".//a/@href")


@pytest.mark.any_database
def test_numbers_and_addresses_read_from_left_to_right_in_arabic_too(client):
    main = main_of(client.get("/ar/kontakt/"))

    marked = {words(bdi) for bdi in main.xpath(".//bdi[@dir='ltr']")}
    assert {"+49 7621 410-5301", "Palmstraße 3", "79539 Lörrach"} <= marked


def test_people_and_places_are_listed_in_their_order(client):
    organisation = factories.organisation()
    for order, name in ((FIRST_FAR_ROW + 1, "Zweite"), (FIRST_FAR_ROW, "Erste")):
        factories.contact_person(name=name, order=order, organisation=organisation)

    names = [words(h) for h in main_of(client.get("/de/kontakt/")).xpath(".//h3[.//a]")]

    assert names == ["Frau Eva Petersik", "Erste", "Zweite"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_people_and_places(
    client, rows, django_assert_num_queries, seasoned
):
    for _ in range(rows):
        place = factories.location()
        contact = factories.contact_person(location=place)
        factories.opening_hours(contact=contact)
        factories.opening_hours(location=place)
    seasoned("ar")

    with django_assert_num_queries(5):
        client.get("/ar/kontakt/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_person_s_page_costs_the_same_however_many_hours(
    client, rows, django_assert_num_queries, seasoned
):
    contact = factories.contact_person(location=factories.location())
    for number in range(rows):
        factories.opening_hours(contact=contact, weekday=number)
        contact.languages.add(factories.language())
    seasoned("ar")

    with django_assert_num_queries(2):
        client.get(f"/ar/kontakt/{contact.slug}/")


def test_hours_stand_on_a_person_s_page_in_the_order_of_the_week(client):
    contact = factories.contact_person()
    for weekday, opens, closes, by_appointment in (
        (4, 9, 11, True),
        (0, 14, 16, False),
        (0, 8, 12, False),
    ):
        factories.opening_hours(
            contact=contact,
            weekday=weekday,
            opens=datetime.time(opens),
            closes=datetime.time(closes, 30),
            by_appointment=by_appointment,
        )

    main = main_of(client.get(f"/de/kontakt/{contact.slug}/"))

    assert [words(row) for row in main.xpath(".//ul[@class='hours']/li")] == [
        "Montag: 08:00–12:30",
        "Montag: 14:00–16:30",
        "Freitag: 09:00–11:30 (nur nach Vereinbarung)",
    ]


@pytest.mark.any_database
def test_spoken_languages_stand_on_a_person_s_page_in_the_reader_s_words(client):
    contact = factories.contact_person()
    contact.languages.set(factories.Language.objects.filter(tag__in=["de", "ar"]))

    german = words(main_of(client.get(f"/de/kontakt/{contact.slug}/")))
    english = words(main_of(client.get(f"/en/kontakt/{contact.slug}/")))

    assert "Arabisch und Deutsch" in german
    assert "Arabic and German" in english


@pytest.mark.any_database
def test_a_person_s_page_says_where_they_are(client):
    contact = factories.contact_person(location=factories.location(), room="0.17")

    main = words(main_of(client.get(f"/de/kontakt/{contact.slug}/")))

    assert "Brückenweg 1" in main
    assert "Zimmer 0.17" in main


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"publish_until": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"publish_from": datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_a_place_that_is_not_published_is_not_shown_anywhere(client, hidden):
    place = factories.location(street="Geheimweg 1", **hidden)
    contact = factories.contact_person(location=place)

    assert "Geheimweg" not in client.get("/de/kontakt/").content.decode()
    assert "Geheimweg" not in client.get(f"/de/kontakt/{contact.slug}/").content.decode()


def test_a_place_of_an_unpublished_organisation_is_not_shown_anywhere(client):
    place = factories.location(
        street="Geheimweg 1", organisation=factories.organisation(status="draft")
    )
    contact = factories.contact_person(location=place)

    assert "Geheimweg" not in client.get("/de/kontakt/").content.decode()
    assert "Geheimweg" not in client.get(f"/de/kontakt/{contact.slug}/").content.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "archived"},
        {"publish_until": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_a_person_who_is_not_published_has_no_page(client, hidden):
    contact = factories.contact_person(name="Geheime Person", **hidden)

    assert client.get(f"/de/kontakt/{contact.slug}/").status_code == 404
    assert "Geheime Person" not in client.get("/de/kontakt/").content.decode()


@pytest.mark.any_database
def test_a_person_without_a_form_of_address_is_called_by_name(client):
    contact = factories.contact_person(form_of_address="")

    (heading,) = page_of(client.get(f"/de/kontakt/{contact.slug}/")).xpath("//h1")
    assert words(heading) == "Ayla Muster"


ASK = "Brauchen Sie einen stufenlosen Zugang? Fragen Sie vorher nach."


@pytest.mark.any_database
@pytest.mark.parametrize("places", [1, 3])
def test_who_needs_a_way_without_steps_is_told_once_what_to_do_where_it_is_not_known(
    client, places
):
    Location.objects.update(step_free_access="yes")
    known = words(main_of(client.get("/de/kontakt/")))
    for _ in range(places):
        factories.location()

    unknown = words(main_of(client.get("/de/kontakt/")))

    assert ASK not in known
    assert unknown.count(ASK) == 1
    assert "Der Zugang ist stufenlos." in unknown
    assert "nicht bekannt" not in unknown


@pytest.mark.any_database
def test_names_are_escaped(client):
    contact = factories.contact_person(name="<script>alert(1)</script>", room="<b>")

    assert "<script>" not in client.get(f"/de/kontakt/{contact.slug}/").content.decode()


def test_the_page_survives_when_there_is_nobody_and_nothing(client):
    ContactPerson.objects.update(status="draft")
    Location.objects.update(status="draft")

    assert client.get("/de/kontakt/").status_code == 200


@pytest.mark.any_database
def test_a_place_names_whose_it_is_only_where_its_own_name_does_not(client):
    page = words(main_of(client.get("/de/kontakt/")))

    assert "Landratsamt Lörrach Palmstraße 3" in page
    assert "Landratsamt Lörrach Landratsamt Lörrach" not in page
    assert "Rathaus Lörrach Stadt Lörrach Luisenstraße 16" in page
