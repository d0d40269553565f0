"""What the screens of the admin ask the database: the same at 3 and at 300 records."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import (
    ClosedPeriod,
    ContactPerson,
    Language,
    Location,
    Municipality,
    Organisation,
)
from lkintegration.core.standings import rebuild_standings
from offers.models import Service, Topic
from tests import factories
from tests.admin import entries, screen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FEW, MANY = 3, 300
LIST = "/verwaltung/offers/service/"
RELATED = {
    "partners": Organisation,
    "contacts": ContactPerson,
    "locations": Location,
    "topics": Topic,
    "languages": Language,
    "municipalities": Municipality,
}


@pytest.fixture(params=[FEW, MANY])
def service(request):
    """Return one of so many services; it has every relation that a service can have."""
    organisation = factories.organisation()
    factories.contact_person(organisation=organisation)
    Service.objects.bulk_create(
        Service(name_de=f"Angebot {n}", slug=f"angebot-{n}", status="published", **of(organisation))
        for n in range(request.param)
    )
    rebuild_standings()
    english = {"name_en": "Consultation", "helps_with_en": "<p>With learning German.</p>"}
    record = factories.service(area="named", **of(organisation), **english)
    for name, model in RELATED.items():
        getattr(record, name).set(model.objects.all()[:2])
    return record


def of(organisation):
    return {"organisation": organisation, "helps_with_de": "<p>Beim Deutschlernen.</p>"}


def count(ask):
    """Return how many queries ``ask`` makes, and what came back."""
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    told = "\n".join(query["sql"][:150] for query in queries)
    return len(queries), response, told


QUERIES = {
    "/verwaltung/": 15,
    LIST: 9,
    f"{LIST}?uebersetzung=missing&sprache=en": 9,
    "/verwaltung/pruefliste/": 8,
    "/verwaltung/uebersetzungen/": 3,
    "/verwaltung/naechste-uebersetzung/en/": 5,
}


@pytest.mark.usefixtures("service")
def test_each_page_asks_the_same_however_much_there_is(admin):
    asked, told = {}, {}
    for address in QUERIES:
        admin.get(address)  # what is asked once and then remembered
        asked[address], response, told[address] = count(lambda to=address: admin.get(to))
        assert response.status_code in {200, 302}

    assert asked == QUERIES, [
        told[address] for address in QUERIES if asked[address] != QUERIES[address]
    ]


def test_the_form_of_a_service_asks_the_same_however_much_there_is(admin, service):
    admin.get(screen(service))

    asked, response, told = count(lambda: admin.get(screen(service)))

    assert response.status_code == 200
    assert asked == 22, told  # two of them for what uses it


def changed(admin, service, **fields):
    """Save the form of ``service`` with ``fields`` in it; return what that asked and told."""
    data = entries(admin, service) | fields | {"_save": "1"}
    asked, response, told = count(lambda: admin.post(screen(service), data))
    assert response.status_code == 302
    return asked, told


def test_a_changed_sentence_is_saved_in_few_queries_and_judged_by_nobody(admin, service):
    changed(admin, service)

    asked, told = changed(admin, service, helps_with_de="<p>Beim Schreiben.</p>")

    # 25 is the budget. Six of them keep the six relations in the history, one stores that the
    # English text is outdated.
    assert asked == 25, told
    service.refresh_from_db()
    assert service.helps_with_de == "<p>Beim Schreiben.</p>"
    assert service.topics.count() == 2


def test_a_form_that_changes_nothing_writes_nothing(admin, service):
    asked, told = changed(admin, service)

    assert asked == 12, told
    assert "UPDATE" not in told


@pytest.fixture
def contact():
    """Return a person with hours on every day and three closing periods."""
    contact = factories.contact_person()
    for day in range(7):
        factories.opening_hours(contact=contact, weekday=day)
    for month in (1, 2, 3):
        first, last = datetime.date(2027, month, 1), datetime.date(2027, month, 5)
        ClosedPeriod.objects.create(contact=contact, first_day=first, last_day=last)
    return contact


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 13),
        ({"room": "2.02"}, 20),
        ({"openinghours_rows-0-closes": "13:30"}, 23),
        # Each further row is checked by the database, written and noted in the history.
        ({f"openinghours_rows-{day}-closes": "13:30" for day in range(7)}, 23 + 6 * 6),
    ],
)
def test_rows_that_nobody_changes_are_not_asked_for_one_by_one(admin, contact, fields, number):
    changed(admin, contact)

    asked, told = changed(admin, contact, **fields)

    assert asked == number, told


def test_the_form_of_a_person_asks_the_same_however_many_rows_there_are(admin, contact):
    admin.get(screen(contact))

    asked, _response, told = count(lambda: admin.get(screen(contact)))

    assert asked == 14, told  # three of them for what uses it
