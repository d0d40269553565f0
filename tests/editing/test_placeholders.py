"""Staff write placeholders from a list, and are told in words what is wrong with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import ContactPerson, Organisation
from lkintegration.editing.placeholders import fault_of
from lkintegration.editing.uses import MOST, uses_of_all
from lkintegration.pages.models import Page
from offers.models import Service
from tests import factories
from tests.admin import save, screen, send
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[telefon:büro]]", "Meinten Sie [[telefon:buero]]?"),
        ("[[Telefon: Buero]]", "Meinten Sie [[telefon:buero]]?"),
        ("[[telfon:buero]]", "Meinten Sie [[telefon:buero]]?"),
        ("[[mobil:irgendwer]]", "Es gibt zum Beispiel: [[telefon:buero]]"),
        ("<p>[[telefon:<strong>buero</strong>]]</p>", "darf nichts für sich fett"),
        ('<p><a href="tel:[[telefon:buero]]">x</a></p>', "In der Adresse eines Links"),
    ],
)
def test_a_placeholder_that_does_not_work_is_refused_with_a_reason(text, told):
    assert told in fault_of(text)


@pytest.mark.parametrize("text", ["[[telefon:buero]]", "[[Aufsichtsbehörde]]", "10:30 [Uhr]", ""])
def test_what_works_and_what_is_a_blank_is_not_refused(text):
    assert not fault_of(text)


def test_a_form_refuses_an_unknown_placeholder_and_takes_a_known_one(admin):
    page = Page.objects.get(key="kontakt")

    response = send(admin, page, lead_de="Ruf [[telefon:bureo]] an")

    assert "Meinten Sie [[telefon:buero]]?" in words(page_of(response))
    save(admin, page, lead_de="Ruf [[telefon:buero]] an")
    page.refresh_from_db()
    assert page.lead_de == "Ruf [[telefon:buero]] an"


def test_another_field_is_saved_though_a_placeholder_has_lost_its_fact(admin):
    Page.objects.filter(key="kontakt").update(lead_de="Fax: [[fax:wer-weg-ist]]")

    save(admin, Page.objects.get(key="kontakt"), title_de="So erreichen Sie uns")


def test_the_form_lists_what_there_is_and_what_it_says_today(admin):
    page = page_of(admin.get(screen(Page.objects.get(key="kontakt"))))

    (listed,) = page.xpath("//details[@id='platzhalter']")
    assert "[[telefon:buero]] Telefon des Hauptkontakts: +49 7621 410-5301" in words(listed)
    help_text = words(page.get_element_by_id("id_lead_de_helptext"))
    assert "[[telefon:buero]]" in help_text


def used_in(response):
    (section,) = page_of(response).xpath("//section[contains(@class, 'used-in')]")
    return [words(item) for item in section.xpath(".//dt | .//dd")]


def test_before_a_number_is_changed_or_deleted_staff_see_the_pages_that_name_it(admin):
    person = ContactPerson.objects.office().get()
    for action in ("change", "delete"):
        told = used_in(admin.get(screen(person, action)))
        place = told.index("Seitentexte (Platzhalter im Text)")
        assert {"Impressum", "Barrierefreiheit", "Erklärung zur Barrierefreiheit"} & {*told[place:]}


def test_relations_and_links_are_told_too_and_many_are_counted(admin):
    organisation = factories.organisation()
    for _ in range(MOST + 2):
        service = factories.service(organisation=organisation)
    Page.objects.filter(key="kontakt").update(
        body_de=f'<p><a href="{service.get_absolute_url()}">Kurs</a></p>'
    )

    assert used_in(admin.get(screen(organisation)))[-1] == "und 2 weitere"
    assert used_in(admin.get(screen(service))) == ["Seitentext (Link im Text)", "Kontakt"]


def test_before_several_are_deleted_staff_see_once_where_any_of_them_is_used(admin):
    services = [factories.service() for _ in range(4)]
    for page, service in zip(("kontakt", "aufgaben"), services, strict=False):
        link = f'<p><a href="{service.get_absolute_url()}">Kurs</a></p>'
        Page.objects.filter(key=page).update(body_de=link)
    chosen = {"action": "delete_selected", "_selected_action": [one.pk for one in services]}

    told = used_in(admin.post("/verwaltung/offers/service/", chosen))

    pages = Page.objects.filter(key__in=["kontakt", "aufgaben"])
    assert told[0] == "Seitentexte (Link im Text)"
    assert {*told[1:]} == {str(page) for page in pages}
    with CaptureQueriesContext(connection) as one:
        uses_of_all(services[:1])
    with CaptureQueriesContext(connection) as many:
        uses_of_all(services)
    assert len(many) == len(one)


def test_what_nothing_uses_says_nothing(admin):
    page = page_of(admin.get(screen(factories.service())))

    assert not page.xpath("//section[contains(@class, 'used-in')]")


def test_beside_a_choice_nothing_deletes_the_record(admin):
    service = Service.objects.first()

    page = page_of(admin.get(screen(service)))

    assert page.get_element_by_id("id_organisation") is not None
    assert not page.xpath("//a[contains(@class, 'delete-related')]")
    assert Organisation.objects.exists()
