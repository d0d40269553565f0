"""Who is sent where: the two services of personal advice."""

import pytest

from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_office_sends_people_to_the_jmd_and_the_mbe():
    assert [
        (service.programme, service.organisation.name_de, service.min_age, service.max_age)
        for service in Service.objects.referral()
    ] == [
        ("jmd", "Caritasverband für den Landkreis Lörrach", 12, 27),
        ("mbe", "Caritasverband für den Landkreis Lörrach", 27, None),
        ("mbe", "DRK-Kreisverband Lörrach", 27, None),
        ("mbe", "Diakonisches Werk im Landkreis Lörrach", 27, None),
    ]


@pytest.mark.parametrize(
    "different",
    [
        {"first_contact": False},
        {"programme": ""},
        {"status": "draft"},
    ],
)
def test_nobody_is_sent_anywhere_else(different):
    factories.service(**{"programme": "mbe", "first_contact": True} | different)

    assert Service.objects.referral().count() == 4


def test_nobody_is_sent_to_an_organisation_that_is_not_published():
    factories.service(
        programme="mbe",
        first_contact=True,
        organisation=factories.organisation(status="archived"),
    )

    assert Service.objects.referral().count() == 4


def test_the_referral_needs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [str(service.organisation) for service in Service.objects.referral()]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_rows_of_a_list_need_one_query_however_many(rows, django_assert_num_queries):
    for _ in range(rows):
        service = factories.service(area="named")
        service.municipalities.set(factories.Municipality.objects.filter(name="Aitern"))
        service.contacts.add(factories.contact_person(phone="+4976219999123"))
        service.contacts.add(factories.contact_person(status="draft", phone="+4976219999124"))
        service.locations.add(factories.location(status="draft"), factories.location(city="Zell"))

    with django_assert_num_queries(1):
        services = Service.objects.order_by("-pk").with_lines()[:rows]
        shown = [
            (
                service.organisation.name,
                service.municipality_names,
                str(service.contact_phone),
                [address["city"] for address in service.addresses],
            )
            for service in services
        ]

    assert shown == [("Verein Brücke", [{"name": "Aitern"}], "+49 7621 9999123", ["Zell"])] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_how_services_are_reached_needs_three_queries_however_many(rows, django_assert_num_queries):
    pks = []
    for _ in range(rows):
        service = factories.service()
        service.contacts.add(factories.contact_person())
        service.locations.add(factories.location())
        pks.append(service.pk)

    with django_assert_num_queries(3):
        services = Service.objects.filter(pk__in=pks).with_cards()
        shown = [
            (
                service.organisation.name,
                [contact.name for contact in service.shown_contacts],
                [location.name for location in service.shown_locations],
            )
            for service in services
        ]

    assert shown == [("Verein Brücke", ["Ayla Muster"], ["Haus der Brücke"])] * rows


def test_only_what_is_published_comes_along():
    service = factories.service()
    service.topics.set([factories.topic(status="draft"), factories.topic(name_de="Sport")])
    service.partners.set(
        [factories.organisation(status="draft"), factories.organisation(name_de="DRK")]
    )
    service.contacts.set([factories.contact_person(status="draft"), factories.contact_person()])
    service.locations.set([factories.location(status="draft"), factories.location()])

    found = Service.objects.with_details().get(pk=service.pk)

    assert [topic.name_de for topic in found.shown_topics] == ["Sport"]
    assert [partner.name_de for partner in found.shown_partners] == ["DRK"]
    assert [contact.status for contact in found.shown_contacts] == ["published"]
    assert [location.status for location in found.shown_locations] == ["published"]


def test_municipalities_are_named_in_the_order_of_the_alphabet():
    service = factories.service(area="named")
    service.municipalities.set(
        factories.Municipality.objects.filter(name__in=["Zell im Wiesental", "Lörrach", "Aitern"])
    )

    found = Service.objects.with_details().get(pk=service.pk)

    assert [row["name"] for row in found.municipality_names] == [
        "Aitern",
        "Lörrach",
        "Zell im Wiesental",
    ]


def test_a_service_without_relations_has_empty_lists():
    found = Service.objects.with_details().get(pk=factories.service().pk)

    assert (found.municipality_names, found.language_tags) == ([], [])
