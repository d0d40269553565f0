"""What the screens of the admin ask the database: the same at 3 and at 300 records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import ContactPerson, Language, Location, Municipality, Organisation
from lkintegration.core.standings import rebuild_standings
from offers.models import Service, Topic
from tests import factories
from tests.admin import entries, screen

pytestmark = pytest.mark.django_db

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


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/verwaltung/", 8),
        (LIST, 9),
        (f"{LIST}?uebersetzung=missing&sprache=en", 9),
        ("/verwaltung/pruefliste/", 8),
        ("/verwaltung/uebersetzungen/", 3),
        ("/verwaltung/naechste-uebersetzung/en/", 4),
    ],
)
def test_a_page_asks_the_same_however_much_there_is(admin, service, address, number):
    admin.get(address)  # what is asked once and then remembered

    asked, response, told = count(lambda: admin.get(address))

    assert response.status_code in {200, 302}
    assert asked == number, told


def test_the_form_of_a_service_asks_the_same_however_much_there_is(admin, service):
    admin.get(screen(service))

    asked, response, told = count(lambda: admin.get(screen(service)))

    assert response.status_code == 200
    assert asked == 16, told


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
    assert asked == 23, told
    service.refresh_from_db()
    assert service.helps_with_de == "<p>Beim Schreiben.</p>"
    assert service.topics.count() == 2


def test_a_form_that_changes_nothing_writes_nothing(admin, service):
    asked, told = changed(admin, service)

    assert asked == 10, told
    assert "UPDATE" not in told
