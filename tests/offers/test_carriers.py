"""A service may do without a carrier: nobody knows one, or it is none of anybody's business yet."""

import pytest

from contacts.models import Organisation
from lkintegration.core.restoring import restore
from offers.models import Service
from tests import factories
from tests.admin import key, save
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def orphan():
    """A first contact that nobody is known to run, as far as pages may show it."""
    service = factories.service(
        slug="waise",
        name_de="Waise",
        name_ar="Waise (عربي)",
        organisation=None,
        programme="mbe",
        first_contact=True,
        min_age=27,
        audience_de="Für alle.",
    )
    service.contacts.add(factories.contact_person())
    return service


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "angebote/",
            "angebote/waise/",
            "angebote/waise/fehler-melden/",
            "kontakt/",
            "aufgaben/",
        ),
        *("beratung/?alter=40", "beratung/", "aenderungen.atom"),
    ],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_service_without_a_carrier_is_on_every_page_that_others_are_on(
    client, orphan, path, code
):
    response = client.get(f"/{code}/{path}")

    assert response.status_code == 200
    assert "Waise" in response.content.decode()


def test_a_draft_without_a_carrier_is_hidden(client, orphan):
    Service.objects.filter(pk=orphan.pk).update(status="draft")

    assert client.get("/de/angebote/waise/").status_code == 404
    assert orphan.pk not in Service.objects.published().values_list("pk", flat=True)


@pytest.mark.parametrize("order", ["2", "-2"])
def test_the_list_of_the_admin_shows_and_sorts_services_without_a_carrier(admin, orphan, order):
    page = page_of(admin.get(f"/verwaltung/offers/service/?o={order}"))

    (row,) = [row for row in page.xpath("//tbody/tr") if "Waise" in words(row)]
    assert words(row.xpath("td[contains(@class,'field-organisation')]")[0]) == "–"


def test_services_without_a_carrier_can_be_found_in_the_admin(admin, orphan):
    page = page_of(admin.get("/verwaltung/offers/service/?organisation__isnull=True"))

    assert "Waise" in words(page.xpath("//table[@id='result_list']")[0])
    assert "Einbürgerung" not in words(page.xpath("//table[@id='result_list']")[0])


def test_staff_take_the_carrier_away_and_bring_it_back_from_the_history(admin):
    service = factories.service(name_de="Treff")
    carrier = service.organisation

    save(admin, service, organisation="")
    service.refresh_from_db()
    assert service.organisation is None
    assert str(service) == "Treff"

    restore(service.history.last())
    service.refresh_from_db()
    assert service.organisation == carrier


def test_a_service_without_a_carrier_comes_back_from_the_deleted(orphan):
    number = orphan.pk
    orphan.delete()

    restore(Service.history.filter(id=number).first())

    assert Service.objects.get(pk=number).organisation is None


def test_the_preview_shows_a_draft_without_a_carrier(admin, orphan):
    Service.objects.filter(pk=orphan.pk).update(status="draft")

    response = admin.get(f"/verwaltung/vorschau/{key(orphan)}/de/")

    assert response.status_code == 200
    assert "Waise" in words(page_of(response).xpath("//h1")[0])


def test_only_authorities_of_the_files_are_authorities():
    known = Organisation.objects.filter(is_authority=True).values_list("name_de", flat=True)

    assert set(known) == {
        "Landratsamt Lörrach",
        "Stadt Lörrach",
        "Stadt Weil am Rhein",
        "Bundesamt für Migration und Flüchtlinge",
    }
