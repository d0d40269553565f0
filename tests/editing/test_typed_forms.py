"""What is typed and not saved is kept, offered to who typed it, and shown like a form sent back."""

import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import OpeningHours
from lkintegration.accounts import sessions
from lkintegration.editing.models import TypedForm
from lkintegration.editing.typed_forms import LIFETIME, MOST_FORMS, delete_old_typed_forms
from offers.models import Service
from tests import factories
from tests.admin import (
    EDITOR,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    entries,
    person,
    save,
    screen,
    send,
)
from tests.core.browser import form_of, page_of, words

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/offers/service/add/"
KEEP = "/verwaltung/begonnen/"


@pytest.fixture
def service():
    return factories.service(name_de="Sprechstunde", audience_de="Für alle.")


def form_id(page):
    return page.xpath("//main//form[contains(@id, '_form')]/@id")[0]


def open_form(client, address):
    """Open a form; return what names it for its script, and what it would send."""
    response = client.get(address)
    page = page_of(response)
    (signed,) = page.xpath("//*[@data-typed-at]/@data-typed-form")
    return signed, form_of(response, form_id(page))


def keep(client, signed, sent=None, **headers):
    return client.post(
        KEEP,
        urlencode(sent or {}, doseq=True).encode(),
        content_type="text/plain",
        headers={"X-Typed-Form": signed} | headers,
    )


def type_into(client, address, **typed):
    """Open a form and type; the browser dies. Return what it would have sent."""
    signed, sent = open_form(client, address)
    sent |= typed
    assert keep(client, signed, sent).status_code == 200
    return sent


def offers(client, address):
    return page_of(client.get(address)).xpath("//form[contains(@class, 'typed-offer')]")


def go_on(client, address):
    """Take the newest offer; return where it leads."""
    return offers(client, address)[0].xpath(".//a/@href")[0]


def test_what_was_typed_is_offered_in_another_browser_and_gone_once_it_is_saved(service):
    writer = account(STAFF)
    sent = type_into(
        client_of(writer), screen(service), name_de="Getippt", audience_de="<p>Neu</p>"
    )
    elsewhere = client_of(writer)

    (offer,) = offers(elsewhere, screen(service))
    assert "getippt und nicht gesichert" in words(offer)
    address = go_on(elsewhere, screen(service))
    shown = entries(elsewhere, address)
    assert (shown["name_de"], shown["audience_de"]) == (["Getippt"], ["\n<p>Neu</p>"])
    assert sent.keys() <= shown.keys()
    assert Service.objects.get(pk=service.pk).name_de == "Sprechstunde"

    save(elsewhere, address)
    assert Service.objects.get(pk=service.pk).name_de == "Getippt"
    assert not TypedForm.objects.exists()


def test_a_draft_that_is_saved_takes_what_was_typed_away(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Getippt")

    save(staff, go_on(staff, screen(service)), "_prepare")

    assert not TypedForm.objects.exists()


def test_nothing_is_offered_to_anybody_else_nor_on_another_screen(service):
    type_into(person(STAFF), screen(service), name_de="Getippt")
    other = person(STAFF)

    assert not offers(other, screen(service))
    assert not offers(other, screen(service, sprache="ar"))
    key = TypedForm.objects.get().key
    assert entries(other, f"{screen(service)}?weiterschreiben={key}")["name_de"] == ["Sprechstunde"]
    other.post(f"{KEEP}{key}/verwerfen/")
    assert TypedForm.objects.exists()


def test_what_others_have_changed_since_comes_together_with_it(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Getippt")
    save(person(STAFF), service, audience_de="<p>Von Vera</p>")

    address = go_on(staff, screen(service))
    assert "Von Vera" in entries(staff, address)["audience_de"][0]
    save(staff, address)

    service.refresh_from_db()
    assert (service.name_de, service.audience_de) == ("Getippt", "<p>Von Vera</p>")


def test_who_typed_where_somebody_else_has_saved_is_asked_once(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Getippt")
    save(person(STAFF), service, name_de="Von Vera")

    address = go_on(staff, screen(service))
    page = page_of(staff.get(address))

    assert "Von Vera" in words(page)
    assert page.xpath("//input[@name='name_de']/@value") == ["Getippt"]


def test_rows_below_a_record_are_kept_as_well():
    staff, person_ = person(STAFF), factories.contact_person()
    row = factories.opening_hours(contact=person_, weekday=0)
    sent = open_form(staff, screen(person_))[1]
    prefix = next(name for name in sent if name.endswith("-0-closes")).removesuffix("-0-closes")
    total = int(sent[f"{prefix}-TOTAL_FORMS"][0])
    new = {
        f"{prefix}-TOTAL_FORMS": total + 1,
        f"{prefix}-{total}-weekday": 3,
        f"{prefix}-{total}-opens": "14:00",
        f"{prefix}-{total}-closes": "16:00",
    }
    type_into(staff, screen(person_), **{f"{prefix}-0-closes": "11:45"}, **new)

    save(staff, go_on(staff, screen(person_)))

    row.refresh_from_db()
    assert row.closes == datetime.time(11, 45)
    assert OpeningHours.objects.filter(contact=person_, weekday=3).count() == 1


@pytest.mark.any_database
def test_a_new_record_and_a_translation_are_kept(service):
    staff, translator = person(STAFF), person(TRANSLATOR, languages=("ar",))
    type_into(staff, ADD, name_de="Halb")
    arabic = screen(service, sprache="ar")
    type_into(translator, arabic, name_ar="ساعة")

    assert entries(staff, go_on(staff, ADD))["name_de"] == ["Halb"]
    address = go_on(translator, arabic)
    assert entries(translator, address)["name_ar"] == ["ساعة"]
    save(translator, address)
    assert Service.objects.get(pk=service.pk).name_ar == "ساعة"


def test_who_may_only_draft_goes_on_with_a_draft():
    editor, task = person(EDITOR), factories.task()
    save(editor, task, "_prepare", explanation_de="Vorbereitet")
    type_into(editor, screen(task), explanation_de="Vorbereitet und getippt")

    address = go_on(editor, screen(task))

    assert entries(editor, address)["explanation_de"][0].strip() == ("Vorbereitet und getippt")


def test_a_form_that_comes_back_with_a_mistake_is_still_the_same_one(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Getippt")

    answer = send(staff, go_on(staff, screen(service)), name_de="")

    assert answer.status_code == 200
    assert offers(staff, screen(service))
    page = page_of(answer)
    assert page.xpath("//input[@name='_typed']/@value") == [str(TypedForm.objects.get().key)]
    assert page.xpath("//*[@data-typed-unsaved]")


@pytest.mark.any_database
def test_what_is_given_up_is_forgotten(service):
    staff = person(STAFF)
    type_into(staff, screen(service, sprache="ar"), name_ar="ساعة")
    (offer,) = offers(staff, screen(service, sprache="ar"))

    answer = staff.post(offer.get("action"))

    assert answer.url == screen(service, sprache="ar")
    assert not TypedForm.objects.exists()


def test_others_in_the_form_are_named_as_long_as_they_are_there(service):
    vera = account(STAFF)
    vera.first_name, vera.last_name = "Vera", "Maler"
    vera.save()
    hers, mine = client_of(vera), person(STAFF)
    her_form, my_form = open_form(hers, screen(service))[0], open_form(mine, screen(service))[0]
    keep(hers, her_form)

    assert keep(mine, my_form).json()["others"] == "Auch Vera Maler hat dieses Formular offen."
    keep(hers, her_form, **{"X-Typed-Closed": "1"})
    assert keep(mine, my_form).json()["others"] == ""
    assert not offers(mine, screen(service))


def test_what_is_kept_is_bounded(service):
    staff = person(STAFF)
    signed, sent = open_form(staff, screen(service))
    assert keep(staff, signed, sent | {"name_de": "x" * 500_001}).status_code == 413
    for _number in range(MOST_FORMS + 2):
        type_into(staff, screen(service), name_de="Getippt")

    assert TypedForm.objects.count() == MOST_FORMS


def test_only_a_form_that_was_shown_is_kept(service):
    staff = person(STAFF)
    signed, sent = open_form(staff, screen(service))

    assert keep(person(STAFF), signed, sent).status_code == 403
    assert keep(staff, f"{signed}x", sent).status_code == 403
    assert keep(Client(), signed, sent).status_code == 302
    assert not TypedForm.objects.exists()


def test_characters_that_no_database_takes_are_left_out(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Ge\0tippt\ud83d".encode("utf-8", "replace").decode())

    assert entries(staff, go_on(staff, screen(service)))["name_de"] == ["Getippt?"]


def test_what_nobody_goes_on_with_is_deleted(service):
    staff = person(STAFF)
    type_into(staff, screen(service), name_de="Getippt")
    keep(staff, open_form(staff, screen(service))[0])
    now = timezone.now()

    assert delete_old_typed_forms(now) == 0
    assert delete_old_typed_forms(now + datetime.timedelta(hours=1)) == 1
    assert delete_old_typed_forms(now + LIFETIME + datetime.timedelta(hours=1)) == 1


def test_an_open_form_does_not_keep_anybody_logged_in(service, monkeypatch):
    monkeypatch.setattr(sessions, "SEEN_EVERY", datetime.timedelta(0))
    staff = person(STAFF)
    signed, sent = open_form(staff, screen(service))
    before = staff.session["_seen"]

    keep(staff, signed)
    assert staff.session["_seen"] == before
    keep(staff, signed, sent)
    assert staff.session["_seen"] > before
