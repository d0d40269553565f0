"""A municipality or language that others name is not deleted from under them."""

import pytest

from contacts.models import Language, Municipality
from lkintegration.editing.used_admin import MOST
from offers.models import Service
from tests import factories
from tests.admin import screen
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db


def refusal(response):
    assert response.status_code == 200
    page = page_of(response)
    assert "wenn kein anderer Eintrag es mehr nennt" in words(page.get_element_by_id("content"))
    assert not page.xpath("//div[@id='content']//input[@type='submit']")
    return [words(item) for item in page.xpath("//ul[@id='deleted-objects']/li")]


@pytest.mark.parametrize("data", [None, {"post": "yes"}])
def test_a_municipality_stays_and_its_services_are_named(admin, data):
    weil = Municipality.objects.get(name="Weil am Rhein")
    address = screen(weil, "delete")

    named = refusal(admin.post(address, data) if data else admin.get(address))

    assert "Angebot: Integrationsmanagement Weil am Rhein (Stadt Weil am Rhein)" in named
    assert Municipality.objects.filter(pk=weil.pk).exists()
    assert list(Service.objects.get(slug="integrationsmanagement-weil").municipalities.all()) == [
        weil
    ]


def test_a_language_stays_while_services_and_people_speak_it(admin):
    albanian = Language.objects.get(tag="sq")
    factories.service(name_de="Treff").languages.add(albanian)
    factories.contact_person(name="Ayla Muster").languages.add(albanian)

    named = refusal(admin.post(screen(albanian, "delete"), {"post": "yes"}))

    assert named == ["Kontaktperson: Ayla Muster", "Angebot: Treff (Verein Brücke)"]
    assert albanian.services.count() == albanian.contacts.count() == 1


def test_of_many_chosen_in_a_list_none_is_deleted_if_one_is_named(admin):
    chosen = Municipality.objects.filter(name__in=["Tunau", "Grenzach-Wyhlen"])
    data = {
        "action": "delete_selected",
        "_selected_action": [town.pk for town in chosen],
        "post": "yes",
    }

    named = refusal(admin.post("/verwaltung/contacts/municipality/", data))

    assert len(named) == 1
    assert chosen.count() == 2


@pytest.mark.parametrize("many", [False, True])
def test_what_keeps_content_from_being_deleted_is_named_once(admin, many):
    organisation = factories.organisation()
    factories.service(name_de="Treff", organisation=organisation)
    chosen = {"action": "delete_selected", "_selected_action": [organisation.pk]}

    response = (
        admin.post("/verwaltung/contacts/organisation/", chosen)
        if many
        else admin.get(screen(organisation, "delete"))
    )

    assert refusal(response) == ["Angebot: Treff (Verein Brücke)"]
    assert words(page_of(response)).count("Treff") == 1


def test_what_nobody_names_is_deleted(admin):
    town, language = factories.municipality(), factories.language()

    for record in (town, language):
        assert admin.post(screen(record, "delete"), {"post": "yes"}).status_code == 302
        assert not type(record).objects.filter(pk=record.pk).exists()


def test_of_many_records_some_are_named_and_the_rest_is_counted(admin):
    language, organisation = factories.language(), factories.organisation()
    for _ in range(MOST + 2):
        factories.service(organisation=organisation).languages.add(language)

    named = refusal(admin.get(screen(language, "delete")))

    assert len(named) == MOST + 1
    assert named[-1] == "Angebote: 2 weitere"


def test_the_question_before_a_deletion_says_what_goes_along_and_how_it_comes_back(admin):
    place = factories.location()
    alone = admin.get(screen(place, "delete"))
    factories.opening_hours(contact=None, location=place)
    with_hours = admin.get(screen(place, "delete"))

    asked = [words(page_of(answer).get_element_by_id("content")) for answer in (alone, with_hours)]
    assert all(
        "wird gelöscht. Leserinnen und Leser sehen es dann nicht mehr." in it for it in asked
    )
    assert ["Das wird mit gelöscht" in it for it in asked] == [False, True]
