"""Whom to call stands on every page, and no page breaks when that is missing."""

import pytest

from contacts.models import ContactPerson
from contacts.office import last_known_number, main_contact
from lkintegration.core.generation import private_generation
from tests.core.browser import page_of, words
from tests.site.pages import FIXED

pytestmark = pytest.mark.django_db

PAGES = [f"/de/{path}" for path in (*FIXED, "angebote/jmd-caritas/")]
NO_PAGE = "/de/gibt-es-nicht/"


def footer_of(response):
    (footer,) = page_of(response).xpath("//footer")
    return words(footer)


@pytest.mark.any_database
@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("path", ["", "aufgaben/", "impressum/", "gibt-es-nicht/"])
def test_the_office_s_number_stands_on_every_page(client, code, path):
    assert "+49 7621 410-5301" in footer_of(client.get(f"/{code}/{path}"))


def test_the_number_changes_on_every_page_when_staff_change_it(client):
    office = ContactPerson.objects.get(represents_office=True)
    office.phone = "+4976214105302"
    office.save()

    assert "+49 7621 410-5302" in footer_of(client.get("/de/aufgaben/"))


@pytest.mark.parametrize("address", PAGES)
def test_pages_work_while_nobody_stands_for_the_office(client, address):
    ContactPerson.objects.update(represents_office=False)

    response = client.get(address)

    assert response.status_code == 200
    assert "Rufen Sie uns an" not in footer_of(response)
    assert "Schreiben Sie uns" in footer_of(response)


@pytest.mark.any_database
@pytest.mark.parametrize(("address", "status"), [*((page, 200) for page in PAGES), (NO_PAGE, 404)])
def test_pages_work_when_the_office_can_be_reached_by_e_mail_only(client, address, status):
    office = ContactPerson.objects.get(represents_office=True)
    office.phone, office.email = "", "integration@example.org"
    office.full_clean()
    office.save()

    assert client.get(address).status_code == status


def test_a_number_that_only_a_preview_shows_is_not_told_while_the_database_is_away():
    known = main_contact() and last_known_number()
    office_contact = ContactPerson.objects.get(represents_office=True)
    with private_generation():
        office_contact.phone = "+4976214105399"
        office_contact.save()
        renewed = main_contact()

    assert str(renewed.phone.national_number).endswith("5399")
    assert last_known_number() == known
