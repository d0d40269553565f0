"""Staff see whether readers see a record, and are asked before a save takes it from them."""

import datetime

import pytest
from django.utils import timezone

from contacts.models import Location, Organisation
from offers.models import Service
from tests import factories
from tests.admin import EDITOR, STAFF, entries, person, said, save, screen, send
from tests.core.browser import form_of, page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/verwaltung/offers/service/"
ALONG = "_publish_along"


@pytest.fixture
def draft_owner():
    return factories.organisation(name_de="Neuer Verein", status="draft")


@pytest.fixture
def hidden(draft_owner):
    """Return a service that is published and cannot be seen, with a place that is a draft too."""
    service = factories.service(organisation=draft_owner)
    place = {"organisation": draft_owner, "name_de": "Neues Haus", "status": "draft"}
    service.locations.set([factories.location(**place)])
    return service


def told(response):
    """Return what stands in the box above the fields."""
    return words(page_of(response).xpath("//*[contains(@class, 'visibility')]")[0])


def button(response):
    (found,) = page_of(response).xpath(f"//button[@name='{ALONG}']")
    return found


def status_of(client, record):
    return client.get(f"/de/angebote/{record.slug}/").status_code


def test_saving_what_readers_cannot_see_says_so_and_one_button_publishes_all_it_needs(
    client, hidden
):
    staff = person(STAFF)

    saved = save(staff, hidden, cost_de="Nichts.")

    assert saved.url == screen(hidden)  # not the list, where nobody looks
    form = staff.get(saved.url)
    assert "Noch nicht zu sehen: Träger „Neuer Verein“ ist Entwurf." in said(form)
    assert "sehen das nicht : Träger „Neuer Verein“ ist Entwurf." in told(form)
    assert "Auf der Seite fehlt: Ort „Neues Haus" in told(form)
    pressed = button(form)
    assert words(pressed).startswith("Auch veröffentlichen: Träger „Neuer Verein“, Ort „Neues Haus")
    assert status_of(client, hidden) == 404

    data = form_of(form, "service_form") | {ALONG: pressed.get("value")}
    done = staff.post(screen(hidden), data)

    form = staff.get(done.url)
    assert any(line.startswith("Auch veröffentlicht: Träger „Neuer Verein“") for line in said(form))
    assert told(form) == "Leserinnen und Leser sehen das."
    shown = client.get(f"/de/angebote/{hidden.slug}/")
    assert "Brückenweg 1" in shown.content.decode()


def test_a_place_that_is_missing_on_a_visible_page_is_named(client, hidden):
    Organisation.objects.update(status="published")
    staff = person(STAFF)

    form = staff.get(save(staff, hidden, cost_de="Nichts.").url)

    assert status_of(client, hidden) == 200
    assert any(line.startswith("Auf der Seite fehlt: Ort „Neues Haus") for line in said(form))
    assert words(button(form)).startswith("Auch veröffentlichen: Ort „Neues Haus")


def test_the_button_publishes_nothing_else_and_all_or_nothing(hidden, draft_owner):
    staff = person(STAFF)
    data = entries(staff, hidden)
    other = factories.location(organisation=draft_owner, status="draft")
    hidden.locations.add(other)
    place = hidden.locations.exclude(pk=other.pk).get()
    Location.objects.filter(pk=place.pk).update(postcode="")  # somebody must complete it first

    keys = f"contacts.organisation-{draft_owner.pk} contacts.location-{place.pk}"
    answer = staff.post(screen(hidden), data | {ALONG: keys}, follow=True)

    assert any(line.startswith("Nichts davon ist veröffentlicht. Ort") for line in said(answer))
    assert set(Location.objects.filter(pk__in=[place.pk, other.pk]).values_list("status")) == {
        ("draft",)
    }
    assert Organisation.objects.get(pk=draft_owner.pk).status == "draft"


def test_what_the_user_may_not_publish_is_not_offered():
    section = factories.section(concept=factories.concept(status="draft"))
    editor = person(EDITOR)

    form = editor.get(screen(section))

    assert "sehen das nicht : Konzept „Konzept 2030“ ist Entwurf." in told(form)
    assert not page_of(form).xpath(f"//button[@name='{ALONG}']")


def test_the_list_says_who_sees_what_without_a_query_a_row(hidden, django_assert_num_queries):
    staff = person(STAFF)
    coming = timezone.make_aware(datetime.datetime(2127, 1, 1))
    factories.service(name_de="Kommt noch", publish_from=coming)
    for number in range(20):
        factories.service(name_de=f"Angebot {number}")
    staff.get(LIST)

    with django_assert_num_queries(11):
        page = page_of(staff.get(LIST))

    cells = {
        words(row.xpath("./th")[0]): words(row.xpath("./td[@class='field-seen_by_readers']")[0])
        for row in page.xpath("//table[@id='result_list']/tbody/tr")
    }
    assert cells["Sprechstunde"] == "Träger „Neuer Verein“ ist Entwurf"
    assert cells["Kommt noch"] == "erst ab 1. Januar 2127 öffentlich"
    assert cells["Angebot 3"] == "ja"


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ({"status": "draft"}, "sehen das dann nicht mehr: Entwurf."),
        ({"publish_from_0": "01.01.2127"}, "erst ab 1. Januar 2127 öffentlich. Soll nur die"),
        ({"publish_until_0": "01.01.2020"}, "seit 1. Januar 2020 nicht mehr öffentlich."),
        ({"organisation": "draft"}, "Träger „Neuer Verein“ ist Entwurf."),
        ({"slug": "anders"}, "Die Seite bekommt eine andere Adresse"),
    ],
)
def test_a_save_that_takes_a_page_from_readers_asks_once(draft_owner, change, question):
    staff, service = person(STAFF), factories.service()
    before = Service.objects.filter(pk=service.pk).values()[0]
    change = {
        name: draft_owner.pk if value == "draft" and name == "organisation" else value
        for name, value in change.items()
    }

    asked = send(staff, service, cost_de="Nichts.", **change)

    assert asked.status_code == 200
    assert question in words(page_of(asked))
    assert Service.objects.filter(pk=service.pk).values()[0] == before
    again = form_of(asked, "service_form")
    assert again["cost_de"] == ["\nNichts."]
    assert staff.post(screen(service), again | {"_save": "1"}).status_code == 302
    service.refresh_from_db()
    assert service.cost_de == "Nichts."


def test_another_question_is_asked_again_and_what_nobody_sees_asks_nothing():
    staff, service = person(STAFF), factories.service()
    asked = form_of(send(staff, service, status="draft"), "service_form")
    other = asked | {"status": "archived", "_save": "1"}
    assert staff.post(screen(service), other).status_code == 200

    draft = factories.service(status="draft")
    save(staff, draft, status="archived", slug="anders")


def test_a_date_without_a_time_begins_at_midnight():
    staff, service = person(STAFF), factories.service(status="draft")

    save(
        staff,
        service,
        publish_from_0="01.01.2127",
        publish_until_0="02.01.2127",
        publish_until_1="14",
    )

    service.refresh_from_db()
    assert timezone.localtime(service.publish_from).isoformat() == "2127-01-01T00:00:00+01:00"
    assert timezone.localtime(service.publish_until).isoformat() == "2127-01-02T14:00:00+01:00"
