"""Pages found by their slug; an address that has changed leads on to the new one."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from offers.views import ServiceFaultView, ServiceView
from tests import factories
from tests.languages import each

pytestmark = pytest.mark.django_db


def moved(record, slug):
    record.slug = slug
    record.save()
    return record


@pytest.mark.parametrize("code", each())
def test_an_old_address_leads_to_the_new_one_in_every_language(client, code):
    moved(factories.service(slug="alt"), "neu")

    response = client.get(f"/{code}/angebote/alt/")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/{code}/angebote/neu/"
    assert client.get(response.headers["Location"]).status_code == 200


def test_an_address_of_long_ago_leads_there_in_one_step(client):
    service = factories.service(slug="eins")
    for slug in ("zwei", "drei"):
        moved(service, slug)

    assert client.get("/de/angebote/eins/").headers["Location"] == "/de/angebote/drei/"
    assert client.get("/de/angebote/zwei/").headers["Location"] == "/de/angebote/drei/"


def test_people_and_goals_keep_their_old_addresses_too(client):
    moved(factories.contact_person(slug="alt"), "neu")
    moved(factories.guiding_goal(slug="alt"), "neu")

    assert client.get("/de/kontakt/alt/").headers["Location"] == "/de/kontakt/neu/"
    assert client.get("/de/leitziele/alt/").headers["Location"] == "/de/leitziele/neu/"


def test_an_old_address_of_a_vcard_leads_to_the_new_vcard(client):
    moved(factories.contact_person(slug="alt"), "neu")

    response = client.get("/de/kontakt/alt/vcard/")

    assert (response.status_code, response.headers["Location"]) == (301, "/de/kontakt/neu/vcard/")


def test_part_of_an_old_address_leads_nowhere(client):
    moved(factories.service(slug="sprach-treff"), "neu")

    assert client.get("/de/angebote/sprach/").status_code == 404
    assert client.get("/de/angebote/treff/").status_code == 404


def test_an_old_address_of_an_unpublished_record_leads_nowhere(client):
    service = moved(factories.service(slug="alt"), "neu")
    service.status = "archived"
    service.save()

    assert client.get("/de/angebote/alt/").status_code == 404


def test_a_new_record_may_take_an_old_address_over(client):
    moved(factories.service(slug="treff", name_de="Der alte Treff"), "alter-treff")
    factories.service(slug="treff", name_de="Der neue Treff")

    response = client.get("/de/angebote/treff/")

    assert response.status_code == 200
    assert "Der neue Treff" in response.content.decode()


def test_an_unknown_record_is_not_there(client):
    with override("de"):
        assert client.get(reverse("angebot", args=["gibt-es-nicht"])).status_code == 404


@pytest.mark.parametrize(
    ("view", "below"), [(ServiceView, ""), (ServiceFaultView, "fehler-melden/")]
)
def test_a_record_is_looked_for_once_until_something_changes(client, monkeypatch, view, below):
    path, find, asked = f"/de/angebote/{factories.service().slug}/{below}", view.get_queryset, []
    monkeypatch.setattr(view, "get_queryset", lambda page: asked.append(page) or find(page))

    for _reader in range(2):
        assert client.get(path).status_code == 200

    assert len(asked) == 1
