"""What is changed after it was sent for review falls back; only sending leads to a review."""

import pytest
from django.urls import reverse

from concept.models import GuidingGoal
from lkintegration.pages.models import Page
from offers.models import Service
from tests import factories
from tests.admin import EDITOR, PUBLISHER, STAFF, client_of, entries, key, person, save
from tests.admin import account as make_account
from tests.core.browser import inputs_of, page_of, words

pytestmark = pytest.mark.django_db

INDEX = "/verwaltung/"


def desk(record):
    return reverse("freigabe", args=[key(record)])


def seen(client, address):
    return words(page_of(client.get(address)))


@pytest.fixture
def edition():
    new = factories.concept(title_de="Plan 2030", status="draft")
    factories.guiding_goal(concept=new, title_de="Wohnen", status="draft")
    return new


def test_an_edition_that_is_changed_after_sending_falls_back_and_is_sent_again(edition):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    address = reverse("ausgabe", args=[edition.pk])
    editor.post(address, {"send": "1"})
    assert "1 Text wartet auf Ihre Freigabe" in seen(publisher, INDEX)

    save(editor, GuidingGoal.objects.get(concept=edition), title_de="Gut wohnen")

    assert "wartet auf Ihre Freigabe" not in seen(publisher, INDEX)
    assert "Alle Leitziele dieser Ausgabe veröffentlichen" not in seen(publisher, address)
    assert "Seit dem Einreichen hat sich etwas geändert" in seen(publisher, address)
    assert "1 Text ist seit dem Einreichen geändert" in seen(editor, INDEX)
    assert "Neu einreichen" in seen(editor, address)

    editor.post(address, {"send": "1"})
    assert "1 Text wartet auf Ihre Freigabe" in seen(publisher, INDEX)
    publisher.post(address, {"publish": "1", "adopted_on": "2026-03-25"})
    assert GuidingGoal.objects.get(concept=edition).status == "published"


def test_so_does_a_record_that_readers_do_not_see_yet():
    editor, publisher = person(EDITOR), person(PUBLISHER)
    page = Page.objects.get(key="aufgaben")
    Page.objects.filter(pk=page.pk).update(status="draft")
    editor.post(desk(page), {"send": "1"})
    assert page_of(publisher.get(desk(page))).xpath("//button[@name='publish']")

    save(editor, page, title_de="Zwölf Aufgaben")

    assert not page_of(publisher.get(desk(page))).xpath("//button[@name='publish']")
    publisher.post(desk(page), {"publish": "1"})
    publisher.post(desk(page), {"give_back": "1"})
    assert Page.objects.get(pk=page.pk).status == "in_review"
    (button,) = page_of(editor.get(desk(page))).xpath("//button[@name='send']")
    assert words(button) == "Neu einreichen"


def test_what_was_given_back_says_so_with_the_note_to_whom_it_concerns():
    edda = make_account(EDITOR, name="edda")
    editor, publisher = client_of(edda), person(PUBLISHER)
    page = Page.objects.get(key="aufgaben")
    save(editor, page, title_de="Zwölf Aufgaben")
    editor.post(desk(page), {"send": "1"})
    publisher.post(desk(page), {"give_back": "1", "note": "Bitte kürzer."})

    assert "1 Text kam zurück" in seen(editor, INDEX)
    assert "Bitte kürzer." in seen(editor, INDEX)
    assert "kam zurück" not in seen(person(EDITOR), INDEX)
    editor.post(desk(page), {"send": "1"})
    assert "kam zurück" not in seen(editor, INDEX)


def choices(client, record):
    return inputs_of(client.get(f"/verwaltung/{record}"), "service_form")["status"].value_options


def test_only_sending_leads_to_a_review(admin):
    service = factories.service(status="draft")
    address = f"offers/service/{service.pk}/change/"
    assert choices(admin, address) == ["draft", "published", "archived"]

    response = admin.post(
        f"/verwaltung/{address}", entries(admin, service) | {"status": "in_review"}
    )
    assert response.status_code == 200
    assert Service.objects.get(pk=service.pk).status == "draft"

    Service.objects.filter(pk=service.pk).update(status="in_review")
    assert choices(admin, address) == ["draft", "in_review", "published", "archived"]
    save(admin, service, name_de="Anders")
    assert Service.objects.get(pk=service.pk).status == "in_review"


def test_a_chapter_in_a_concept_s_form_keeps_its_review(admin):
    section = factories.section(status="in_review")

    save(admin, section.concept, title_de="Anders")

    section.refresh_from_db()
    assert section.status == "in_review"


def test_a_new_record_cannot_begin_in_a_review():
    form = inputs_of(person(STAFF).get("/verwaltung/offers/service/add/"), "service_form")

    assert form["status"].value_options == ["draft", "published", "archived"]
