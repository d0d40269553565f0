"""The real page from what is typed and not saved: shown to who types, and nowhere kept."""

import pytest

from contacts.models import OpeningHours
from lkintegration.editing.models import TypedForm, WorkingCopy
from offers.models import Service
from tests import factories
from tests.admin import EDITOR, PUBLISHER, STAFF, TRANSLATOR, entries, person, save, screen, send
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/offers/service/add/"


@pytest.fixture
def service():
    return factories.service(name_de="Sprechstunde", audience_de="Für alle.")


def look(client, target, language="de", **typed):
    """Press the button for the page as it would be; return what comes."""
    address = target if isinstance(target, str) else screen(target)
    return client.post(address, entries(client, address) | typed | {"_preview": language})


def heading(response):
    assert response.status_code == 200, words(page_of(response))
    return words(page_of(response).xpath("//h1")[0])


def test_the_page_says_what_is_typed_and_nothing_is_saved(client, service):
    staff = person(STAFF)
    history = service.history.count()

    seen = look(staff, service, name_de="Getippt")

    assert "Getippt" in heading(seen)
    assert {"private", "no-store"} <= set(seen["Cache-Control"].split(", "))
    assert seen["X-Robots-Tag"] == "noindex"
    assert "frame-ancestors 'none'" in seen["Content-Security-Policy"]
    assert Service.objects.get(pk=service.pk).name_de == "Sprechstunde"
    assert service.history.count() == history
    assert not WorkingCopy.objects.exists()
    assert not TypedForm.objects.exists()
    assert not page_of(staff.get("/verwaltung/")).xpath("//ul[@class='messagelist']")
    assert "Getippt" not in client.get(f"/de/angebote/{service.slug}/").content.decode()


@pytest.mark.any_database
def test_a_new_record_has_a_page_before_it_is_saved():
    seen = look(person(STAFF), ADD, name_de="Ganz neu", area="unknown")

    assert "Ganz neu" in heading(seen)
    assert not Service.objects.filter(name_de="Ganz neu").exists()


@pytest.mark.any_database
def test_any_language_can_be_looked_at(service):
    translator = person(TRANSLATOR, languages=("ar",))
    arabic = screen(service, sprache="ar")

    assert "ساعة" in heading(look(translator, arabic, "ar", name_ar="ساعة"))
    assert "Sprechstunde" in heading(look(translator, arabic, "tr", name_ar="ساعة"))
    assert "ساعة" in heading(look(translator, arabic, "nichts", name_ar="ساعة"))


def test_a_draft_is_there_only_where_the_form_shows_it(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Vorbereitet")

    assert "Sprechstunde" in heading(look(staff, service, audience_de="<p>Neu</p>"))
    drafted = look(staff, screen(service, arbeitskopie=1), audience_de="<p>Neu</p>")
    assert "Vorbereitet" in heading(drafted)
    assert "Neu" in words(page_of(drafted))
    assert WorkingCopy.objects.get().changes["de"]["fields"].keys() == {"name_de"}


def test_who_only_drafts_sees_the_page_too():
    task = factories.task()

    seen = look(person(EDITOR), task, explanation_de="<p>Getippt</p>")

    assert "Getippt" in words(page_of(seen))
    assert not WorkingCopy.objects.exists()


def test_rows_below_the_record_are_on_the_page():
    staff, someone = person(STAFF), factories.contact_person()
    factories.opening_hours(contact=someone, weekday=0)
    rows = [name for name in entries(staff, someone) if name.endswith("-0-closes")]

    seen = look(staff, someone, **{rows[0]: "11:45"})

    assert "11:45" in words(page_of(seen))
    assert not OpeningHours.objects.filter(closes="11:45").exists()


def test_a_form_with_a_mistake_says_what_the_page_waits_for(service):
    seen = look(person(STAFF), service, name_de="")

    assert seen.status_code == 422
    assert words(page_of(seen).xpath("//*[@role='alert']")[0]) == "Die Vorschau wartet auf: Name."


def test_who_may_not_change_sees_no_such_page(service):
    publisher = person(PUBLISHER)

    assert publisher.post(screen(service), {"_preview": "de"}).status_code == 403


@pytest.mark.any_database
def test_the_button_is_never_the_one_that_the_enter_key_presses(service):
    page = page_of(person(STAFF).get(screen(service)))

    buttons = page.xpath("//form[@id='service_form']//*[@type='submit' or self::button]")
    assert buttons[0].get("name") != "_preview"
    assert "_preview" in {button.get("name") for button in buttons}


def test_a_form_saves_as_before(service):
    assert send(person(STAFF), service, name_de="Neu").status_code == 302
