"""What the screens of the admin ask the database: the same at 3 and at 300 records."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import (
    ClosedPeriod,
    ContactPerson,
    Language,
    Location,
    Message,
    Municipality,
    Organisation,
)
from lkintegration.core.standings import rebuild_standings
from lkintegration.editing.models import WorkingCopy
from offers.models import Service, Topic
from tests import factories
from tests.admin import entries, screen
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FEW, MANY = 3, 300
LATER = datetime.date(2100, 1, 1)
MOST_BYTES = 150_000  # of a page, however much there is
LIST = "/verwaltung/offers/service/"
INBOX = "/verwaltung/contacts/message/"
WAITING = "/verwaltung/freigabe/"
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
    Organisation.objects.bulk_create(
        Organisation(name_de=f"Träger {n}", status="published", next_check_on=LATER)
        for n in range(request.param)
    )
    Message.objects.bulk_create(
        Message(text="Guten Tag", email="a@example.org", submission=f"{n}")
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
    INBOX: 8,
}


@pytest.mark.usefixtures("service")
def test_each_page_asks_the_same_however_much_there_is(admin):
    asked, told = {}, {}
    for address in QUERIES:
        admin.get(address)  # what is asked once and then remembered
        asked[address], response, told[address] = count(lambda to=address: admin.get(to))
        assert response.status_code in {200, 302}
        assert len(response.content) < MOST_BYTES

    assert asked == QUERIES, [
        told[address] for address in QUERIES if asked[address] != QUERIES[address]
    ]


def test_the_form_of_a_service_asks_the_same_however_much_there_is(admin, service):
    admin.get(screen(service))

    asked, response, told = count(lambda: admin.get(screen(service)))

    assert response.status_code == 200
    assert asked == 21, told  # two of them for what uses it


def changed(admin, service, **fields):
    """Save the form of ``service`` with ``fields`` in it; return what that asked and told."""
    data = entries(admin, service) | fields | {"_save": "1", "_typed": str(uuid4())}
    asked, response, told = count(lambda: admin.post(screen(service), data))
    assert response.status_code == 302
    return asked, told


def test_a_changed_sentence_is_saved_in_few_queries_and_judged_by_nobody(admin, service):
    changed(admin, service)

    asked, told = changed(admin, service, helps_with_de="<p>Beim Schreiben.</p>")

    # 25 is the budget, with the key of what was typed. Six of them keep the six relations in the
    # history, one stores that the English text is outdated.
    assert asked == 24, told
    service.refresh_from_db()
    assert service.helps_with_de == "<p>Beim Schreiben.</p>"
    assert service.topics.count() == 2


def test_a_form_that_changes_nothing_writes_nothing(admin, service):
    asked, told = changed(admin, service)

    assert asked == 11, told
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
        ({}, 12),
        ({"room": "2.02"}, 19),
        # With the person, the hours tell what has changed; of several rows, that many have.
        ({"openinghours_rows-0-closes": "13:30"}, 22),
        # Each further row is checked by the database, written and noted in the history.
        ({f"openinghours_rows-{day}-closes": "13:30" for day in range(7)}, 23 + 6 * 5),
    ],
)
def test_rows_that_nobody_changes_are_not_asked_for_one_by_one(admin, contact, fields, number):
    changed(admin, contact)

    asked, told = changed(admin, contact, **fields)

    assert asked == number, told


def test_the_form_of_a_person_asks_the_same_however_many_rows_there_are(admin, contact):
    admin.get(screen(contact))

    asked, _response, told = count(lambda: admin.get(screen(contact)))

    assert asked == 13, told  # three of them for what uses it


@pytest.fixture(params=[FEW, MANY])
def remembered(request):
    """Return a service with so many states, beside as many services that were deleted."""
    record = factories.service()
    (first,) = record.history.all()
    key = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    del key["history_id"]
    for own in ({"history_type": "~"}, {"history_type": "-"}):
        is_gone = own["history_type"] == "-"
        type(first).objects.bulk_create(
            type(first)(**key | own | {"save_id": uuid4()} | ({"id": 10**6 + n} if is_gone else {}))
            for n in range(request.param)
        )
    return record


def test_what_the_history_tells_comes_in_pages_of_25(admin, remembered):
    addresses = {screen(remembered, "history"): 11, f"{LIST}geloescht/": 5}
    for address, number in addresses.items():
        admin.get(address)
        asked, response, told = count(lambda to=address: admin.get(to))

        assert asked == number, told
        states = page_of(response).xpath("//*[contains(@class, 'history')]/li")
        assert FEW <= len(states) <= 25


def test_a_list_offers_a_few_organisations_to_filter_by_and_of_many_the_chosen_one(admin, service):
    address = f"{LIST}?organisation__id__exact={service.organisation_id}"
    filters = page_of(admin.get(address)).get_element_by_id("changelist-filter")

    is_few = Service.objects.count() < MANY
    links = filters.xpath(".//details[contains(., 'Nach Träger')]//a")
    offered = [words(link) for link in links if words(link) != "Alle"]
    assert str(service.organisation) in offered
    assert (len(offered) > 2) == is_few  # beside it, "none"


@pytest.mark.usefixtures("service")
def test_the_inbox_joins_nothing_to_its_messages_and_counts_them_once(admin):
    admin.get(INBOX)
    _asked, response, told = count(lambda: admin.get(INBOX))

    assert "JOIN" not in str(response.context["cl"].queryset.query)
    assert told.count('COUNT(*) AS "__count" FROM "contacts_message"') == 1


def test_the_inbox_shows_25_messages_a_page(admin, service):
    rows = page_of(admin.get(INBOX)).xpath("//table[@id='result_list']/tbody/tr")

    assert len(rows) == min(25, Message.objects.count())


@pytest.mark.usefixtures("service")
def test_what_is_prepared_comes_in_pages_of_50_and_is_not_asked_for_one_by_one(admin):
    for record in Service.objects.all():
        WorkingCopy.objects.create(
            record=record, changes={"de": {"fields": {}, "rows": {}}}, sent_at=timezone.now()
        )
    admin.get(WAITING)

    asked, response, told = count(lambda: admin.get(WAITING))

    assert asked == 5, told
    rows = page_of(response).xpath("//table/tbody/tr")
    assert len(rows) == min(50, Service.objects.count())
    assert len(response.content) < MOST_BYTES


@pytest.mark.usefixtures("service")
def test_a_list_of_records_shows_50_a_page(admin):
    rows = page_of(admin.get(LIST)).xpath("//table[@id='result_list']/tbody/tr")

    assert len(rows) == min(50, Service.objects.count())
