"""Deleted and restored means whole; what cannot come back is named before anything is written."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from concept.models import Concept, Section
from contacts.models import ContactPerson, Location, OpeningHours
from lkintegration.core.earlier_states import deleted_rows
from lkintegration.core.links import pointers_to
from lkintegration.core.models.history import one_save
from lkintegration.core.recording import historical_models, is_tracked
from lkintegration.core.restoration_reports import IncompleteError, OwnerGoneError
from lkintegration.core.restoring import restore
from lkintegration.core.revisions import revisions_of
from offers.models import Service, Topic
from tests import factories
from tests.admin import EDITOR, person, said, save, screen
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

RELATIONS = {
    "partners": factories.organisation,
    "contacts": factories.contact_person,
    "locations": factories.location,
    "topics": factories.topic,
    "languages": factories.language,
    "municipalities": factories.municipality,
}


def deleted(model, key):
    """Return the last state of what was deleted."""
    (row,) = [row for row in deleted_rows(model) if row.id == key]
    return row


def delete(record):
    """Delete a record and return its last state."""
    model, key = type(record), record.pk
    model.objects.get(pk=key).delete()
    return deleted(model, key)


def bring_back(state):
    """Restore ``state`` and agree to all that cannot come; return that."""
    try:
        restore(state)
    except IncompleteError as error:
        restore(state, agreed=error.report.digest)
        return [str(loss) for loss in error.report.losses]
    return []


def change(record, **values):
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


# --- whole ---------------------------------------------------------------------------------------


def test_a_service_comes_back_with_all_its_relations():
    service = factories.service()
    made = {name: factory() for name, factory in RELATIONS.items()}
    for name, record in made.items():
        getattr(service, name).add(record)

    restore(delete(service))

    service = Service.objects.get(pk=service.pk)
    assert {name: list(getattr(service, name).all()) for name in made} == {
        name: [record] for name, record in made.items()
    }


@pytest.mark.parametrize("name", RELATIONS)
def test_what_a_service_named_comes_back_to_it(name):
    service, record = factories.service(), RELATIONS[name]()
    getattr(service, name).add(record)

    restore(delete(record))

    assert list(getattr(service, name).all()) == [record]


@pytest.mark.parametrize("make", [factories.contact_person, factories.location])
def test_hours_and_closures_come_back_with_their_owner(make):
    owner = make()
    name = "contact" if isinstance(owner, ContactPerson) else "location"
    monday = factories.opening_hours(**{name: owner})
    holidays = factories.closed_period(reason_ar="إجازة", **{name: owner})
    gone_before = factories.opening_hours(weekday=4, **{name: owner})
    gone_before.delete()

    restore(delete(owner))

    assert list(owner.openinghours_rows.all()) == [monday]
    assert [row.reason_ar for row in owner.closedperiod_rows.all()] == [holidays.reason_ar]


def test_a_place_comes_back_to_the_people_who_were_there_and_have_no_other_now():
    place = factories.location()
    ayla, lena, ole = (factories.contact_person(location=place) for _number in range(3))
    state = delete(place)
    other = factories.location(name_de="Rathaus")
    change(lena, location=other)
    change(ole, room="7")

    with pytest.raises(IncompleteError, match="dort jetzt „Rathaus"):
        restore(state)
    assert not Location.objects.filter(pk=place.pk).exists()
    bring_back(state)

    assert [
        ContactPerson.objects.get(pk=record.pk).location_id for record in (ayla, lena, ole)
    ] == [place.pk, other.pk, place.pk]


def test_a_concept_comes_back_with_its_chapters_and_its_place_among_the_editions():
    old = factories.concept(title_de="Konzept 2018")
    concept = factories.concept(follows=old)
    chapter = factories.section(concept=concept, text_ar="<p>نص</p>")
    next_one = factories.concept(follows=concept, title_de="Konzept 2040")

    restore(delete(concept))

    assert Concept.objects.get(pk=concept.pk).follows == old
    assert Concept.objects.get(pk=next_one.pk).follows_id == concept.pk
    assert Section.objects.get(pk=chapter.pk).text_ar == "<p>نص</p>"


def test_a_message_to_somebody_finds_them_again():
    ayla = factories.contact_person()
    message = factories.message(contact=ayla)

    restore(delete(ayla))

    message.refresh_from_db()
    assert message.contact == ayla


@pytest.mark.parametrize("in_one_save", [False, True])
def test_records_deleted_in_bulk_come_back_each_with_its_own(in_one_save):
    service = factories.service()
    people = [factories.contact_person(name=name) for name in ("Ayla", "Lena")]
    rows = [
        factories.opening_hours(contact=record, weekday=day) for day, record in enumerate(people)
    ]
    service.contacts.set(people)
    keys = [record.pk for record in people]
    if in_one_save:
        with one_save():
            ContactPerson.objects.filter(pk__in=keys).delete()
    else:
        ContactPerson.objects.filter(pk__in=keys).delete()

    restore(deleted(ContactPerson, keys[1]))

    assert list(OpeningHours.objects.filter(pk__in=[row.pk for row in rows])) == [rows[1]]
    assert list(service.contacts.all()) == [people[1]]
    restore(deleted(ContactPerson, keys[0]))
    assert set(service.contacts.all()) == set(people)


def test_what_is_deleted_is_kept_as_it_is_stored_and_not_as_somebody_last_saw_it():
    ayla = factories.contact_person(room="1")
    seen = ContactPerson.objects.get(pk=ayla.pk)
    change(ayla, room="2")

    seen.delete()

    assert deleted(ContactPerson, ayla.pk).room == "2"


def test_records_that_lose_a_link_tell_it_at_once_and_not_with_somebodys_next_save():
    service, ayla = factories.service(), factories.contact_person()
    service.contacts.add(ayla)
    ayla_was = ayla.pk
    ayla.delete()
    change(service, cost_de="5 Euro")

    cost, loss, *_older = revisions_of(Service, service.pk)

    assert [row.field for row in cost.changes] == ["Kosten"]
    assert [(row.field, row.before, row.after) for row in loss.changes] == [
        ("Kontaktpersonen", "Ayla Muster (gelöscht)", "")
    ]
    assert loss.reason == "Gelöscht: Kontaktperson „Ayla Muster“."
    restore(deleted(ContactPerson, ayla_was))
    assert revisions_of(Service, service.pk)[0].changes[0].after == "Ayla Muster"


# --- in any order --------------------------------------------------------------------------------


@pytest.mark.parametrize("first_deleted", ["service", "topic"])
@pytest.mark.parametrize("first_back", ["service", "topic"])
def test_two_that_belong_together_find_each_other_in_whatever_order(first_deleted, first_back):
    records = {"service": factories.service(), "topic": factories.topic()}
    records["service"].topics.add(records["topic"])
    order = sorted(records, key=lambda name: name != first_deleted)
    states = {name: delete(records[name]) for name in order}

    losses = bring_back(states[first_back])
    (last,) = records.keys() - {first_back}
    restore(deleted(type(records[last]), records[last].pk))

    assert list(Service.objects.get(pk=records["service"].pk).topics.all()) == [records["topic"]]
    # What went second had lost the other already.
    assert [loss for loss in losses if "gelöscht" in loss] == losses
    assert len(losses) == (first_deleted == first_back)


@pytest.mark.parametrize("first_deleted", ["person", "place"])
@pytest.mark.parametrize("first_back", ["person", "place"])
def test_a_person_and_a_place_find_each_other_in_whatever_order(first_deleted, first_back):
    place = factories.location()
    records = {"place": place, "person": factories.contact_person(location=place)}
    order = sorted(records, key=lambda name: name != first_deleted)
    states = {name: delete(records[name]) for name in order}

    bring_back(states[first_back])
    (last,) = records.keys() - {first_back}
    bring_back(deleted(type(records[last]), records[last].pk))

    assert ContactPerson.objects.get(pk=records["person"].pk).location_id == place.pk


# --- what cannot come ----------------------------------------------------------------------------


def test_hours_without_their_owner_say_what_comes_first():
    ayla = factories.contact_person()
    monday = factories.opening_hours(contact=ayla)
    state = delete(monday)
    owner = delete(ayla)

    with pytest.raises(OwnerGoneError) as error:
        restore(state)

    assert error.value.messages == [
        "Kontaktperson: Kontaktperson „Ayla Muster“ ist gelöscht. "
        "Holen Sie zuerst diesen Eintrag zurück."
    ]
    assert error.value.owner == owner
    restore(owner)
    restore(state)
    assert list(ayla.openinghours_rows.all()) == [monday]


def test_somebody_who_has_checked_may_have_left():
    left = User.objects.create_user("kollegin")
    service = factories.service(checked_by=left)
    state = delete(service)
    left.delete()

    losses = bring_back(state)

    assert losses == [
        f"geprüft von: Benutzer {state.checked_by_id}, weil es diesen Eintrag nicht mehr gibt."
    ]
    assert Service.objects.get(pk=service.pk).checked_by is None


def test_nothing_comes_by_an_agreement_to_something_else():
    service, topics = factories.service(), [factories.topic() for _number in range(2)]
    service.topics.set(topics)
    state = delete(service)
    delete(topics[0])
    with pytest.raises(IncompleteError) as error:
        restore(state)
    delete(topics[1])

    with pytest.raises(IncompleteError):
        restore(state, agreed=error.value.report.digest)

    assert not Service.objects.filter(pk=service.pk).exists()


def test_a_number_that_another_goal_has_now_keeps_a_goal_away():
    goal = factories.guiding_goal()
    state = delete(goal)
    factories.guiding_goal(concept=goal.concept, topic=goal.topic)

    with pytest.raises(ValidationError, match="Diese Nummer gibt es in dieser Ausgabe schon"):
        restore(state)


# --- addresses -----------------------------------------------------------------------------------


def leads_to(client, slug):
    answer = client.get(f"/de/angebote/{slug}/")
    return answer.headers.get("Location", answer.status_code)


def test_all_addresses_lead_on_after_going_back(client):
    service = factories.service(slug="a")
    first = service.history.first()
    for slug in ("b", "c"):
        change(service, slug=slug)

    restore(first)

    assert [leads_to(client, slug) for slug in "abc"] == [200, "/de/angebote/a/", "/de/angebote/a/"]


@pytest.mark.parametrize("which", ["the last state", "the first state"])
def test_all_addresses_lead_on_after_a_deletion(client, which):
    service = factories.service(slug="a")
    first = service.history.first()
    change(service, slug="b")
    last = delete(service)

    restore(last if which == "the last state" else first)

    own = "b" if which == "the last state" else "a"
    assert {leads_to(client, slug) for slug in "ab"} == {200, f"/de/angebote/{own}/"}


def test_an_address_that_another_record_has_now_stays_there_and_that_is_said(client):
    service = factories.service(slug="beratung", name_de="Beratung")
    state = delete(service)
    factories.service(slug="beratung", name_de="Nachfolger")

    (loss,) = bring_back(state)

    assert "die Adresse „beratung“, weil sie zu „Nachfolger" in loss
    assert Service.objects.get(pk=service.pk).slug == "beratung-2"
    assert leads_to(client, "beratung") == 200


def test_going_back_to_an_address_that_another_has_now_keeps_the_present_one():
    service = factories.service(slug="a")
    first = service.history.first()
    service = change(service, slug="b", cost_de="5 Euro")
    factories.service(slug="a")

    bring_back(first)

    service = Service.objects.get(pk=service.pk)
    assert (service.slug, service.cost_de or "") == ("b", "")


# --- older states --------------------------------------------------------------------------------


EIGHTEEN = "Montag 08:00–18:00"


def test_an_older_state_of_a_record_includes_its_rows():
    ayla = factories.contact_person(room="1")
    monday = factories.opening_hours(contact=ayla)
    tuesday = factories.opening_hours(contact=ayla, weekday=1)
    with one_save():
        change(ayla, room="2")
        change(monday, closes=datetime.time(16))
    state = ayla.history.first()
    tuesday.delete()
    change(monday, closes=datetime.time(18))
    friday = factories.opening_hours(contact=ayla, weekday=4)
    change(ayla, room="3")

    restore(state)

    rows = {str(row) for row in ayla.openinghours_rows.all()}
    assert rows == {"Montag 08:00–16:00", "Dienstag 08:00–12:00"}
    assert not OpeningHours.objects.filter(pk=friday.pk).exists()
    assert ContactPerson.objects.get(pk=ayla.pk).room == "2"
    told = [
        (c.row, c.field, c.before, c.after) for c in revisions_of(ContactPerson, ayla.pk)[0].changes
    ]
    assert told == [
        ("", "Zimmer", "3", "2"),
        ("Öffnungszeit Montag 08:00–18:00", "Öffnungszeit", EIGHTEEN, "Montag 08:00–16:00"),
        ("Öffnungszeit Dienstag 08:00–12:00", "Öffnungszeit", "", "Dienstag 08:00–12:00"),
        ("Öffnungszeit Freitag 08:00–12:00", "Öffnungszeit", "Freitag 08:00–12:00", ""),
    ]


def test_a_save_of_rows_alone_is_a_state_as_well():
    ayla = factories.contact_person()
    monday = factories.opening_hours(contact=ayla)
    change(monday, closes=datetime.time(16))
    change(monday, closes=datetime.time(18))
    newest, sixteen, *_older = revisions_of(ContactPerson, ayla.pk)
    assert [change.after for change in sixteen.changes] == ["Montag 08:00–16:00"]

    restore(sixteen.state, save=sixteen.row.save_id)

    assert str(ayla.openinghours_rows.get()) == "Montag 08:00–16:00"
    assert newest.state == sixteen.state


def test_chapters_change_places_back():
    concept = factories.concept()
    one, two, three = (
        factories.section(concept=concept, order=n, title_de=f"Kapitel {n}") for n in (1, 2, 3)
    )
    state = concept.history.first()
    change(concept, order=5)
    state = concept.history.first()
    three.delete()
    for chapter, order in ((one, 9), (two, 1), (one, 2)):
        change(chapter, order=order)

    restore(state)

    chapters = concept.sections.order_by("order")
    assert [chapter.title_de for chapter in chapters] == ["Kapitel 1", "Kapitel 2", "Kapitel 3"]
    assert {row.history_type for row in one.history.all()[:2]} == {"~"}


def test_a_row_that_moved_to_somebody_else_stays_there():
    ayla, lena = factories.contact_person(name="Ayla"), factories.contact_person(name="Lena")
    monday = factories.opening_hours(contact=ayla)
    change(ayla, room="1")
    state = ayla.history.first()
    change(monday, contact=lena)

    (loss,) = bring_back(state)

    assert "Öffnungszeit „Montag 08:00–12:00“" in loss
    assert OpeningHours.objects.get(pk=monday.pk).contact == lena


def test_going_back_and_forth_loses_nothing():
    topic = factories.topic(name_de="A", name_ar="أ")
    states = [topic.history.first(), change(topic, name_de="B", name_ar="").history.first()]

    for state in (states[0], states[1], states[0]):
        restore(state)
        topic = Topic.objects.get(pk=topic.pk)
        assert (topic.name_de, topic.name_ar or "") == (state.name_de, state.name_ar or "")


# --- the kind ------------------------------------------------------------------------------------


def test_whatever_a_relation_leads_to_or_comes_from_can_come_back():
    """Accounts are no content; messages only lose whom they were for."""
    tracked = [model.instance_type for model in historical_models()]
    targets = {
        field.related_model
        for model in tracked
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    }
    sources = {pointer.model._meta.label for model in tracked for pointer in pointers_to(model)}

    assert {model for model in targets if not is_tracked(model)} == {User}
    assert {name for name in sources if not is_tracked(apps.get_model(name))} == {
        "contacts.Message"
    }


# --- the pages of the admin ----------------------------------------------------------------------


def restore_url(state):
    options = state.instance_type._meta
    return f"/verwaltung/{options.app_label}/{options.model_name}/stand/{state.pk}/"


def test_staff_see_what_comes_and_what_does_not_before_they_decide(admin):
    service = factories.service()
    there, lost = factories.topic(name_de="Bleibt"), factories.topic(name_de="Fehlt")
    service.topics.set([there, lost])
    state = delete(service)
    delete(lost)

    page = page_of(admin.post(restore_url(state)))
    assert "Noch ist nichts geändert" in words(page)
    assert "Handlungsfelder: Handlungsfeld „Fehlt“, weil dieser Eintrag gelöscht ist" in words(page)
    assert "Handlungsfelder: Bleibt" in words(page)
    assert not Service.objects.filter(pk=service.pk).exists()
    (form,) = page.xpath("//main//form")
    data = {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")}
    answer = admin.post(form.get("action"), data)

    assert answer.url == screen(service)
    assert list(Service.objects.get(pk=service.pk).topics.all()) == [there]


def test_staff_are_led_to_the_owner_that_comes_first(admin):
    monday = factories.opening_hours()
    state = delete(monday)
    delete(monday.contact)

    page = page_of(admin.post(restore_url(state)))
    (form,) = page.xpath("//main//form")
    assert "Zuerst zurückholen: Kontaktperson „Ayla Muster“" in words(form)
    admin.post(form.get("action"))
    assert admin.post(restore_url(state)).status_code == 302
    assert OpeningHours.objects.filter(pk=monday.pk).exists()


@pytest.mark.parametrize("make", [factories.language, factories.municipality])
def test_languages_and_municipalities_have_a_history_and_come_back(admin, make):
    record = make()
    save(admin, record, name="Anders")
    assert "Anders" in words(page_of(admin.get(screen(record, "history"))))
    state = delete(record)

    assert admin.post(restore_url(state)).url == screen(record)
    assert type(record).objects.filter(pk=record.pk, name="Anders").exists()


def test_the_history_of_a_person_tells_of_the_hours(admin):
    ayla = factories.contact_person(name="Ayla")
    factories.opening_hours(contact=ayla)
    save(admin, ayla, **{"openinghours_rows-0-closes": "16:00"})

    newest = page_of(admin.get(screen(ayla, "history"))).xpath("//ol[@class='history']/li")[0]

    assert [words(part) for part in newest.xpath(".//dt | .//dd")] == [
        "Öffnungszeit",
        "entfernt: Montag 08:00–12:00 → neu: Montag 08:00–16:00",
    ]


def test_nobody_brings_back_rows_that_they_may_not_write(db):
    concept = factories.concept(status="draft")
    chapter = factories.section(concept=concept, text_de="<p>Alt.</p>")
    change(concept, order=5)
    state = concept.history.first()
    change(chapter, text_de="<p>Neu.</p>")
    editor = person(EDITOR)

    answer = editor.post(restore_url(state), follow=True)

    assert any("Dazu fehlt Ihnen das Recht" in line for line in said(answer))
    assert Section.objects.get(pk=chapter.pk).text_de == "<p>Neu.</p>"


def test_nobody_changes_what_others_publish_by_bringing_back_what_it_named(db):
    service, topic = factories.service(), factories.topic(name_de="Wohnen", status="draft")
    service.topics.add(topic)
    state = delete(topic)
    editor = person(EDITOR)

    page = page_of(editor.post(restore_url(state)))
    assert "(Handlungsfelder), weil Sie diesen Eintrag nicht ändern dürfen." in words(page)
    (form,) = page.xpath("//main//form")
    data = {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")}
    editor.post(form.get("action"), data)

    assert Topic.objects.filter(pk=topic.pk).exists()
    assert not service.topics.exists()


def test_only_what_somebody_may_bring_back_has_a_button(db):
    editor = person(EDITOR)
    published, draft = (factories.topic(status=status) for status in ("published", "draft"))
    states = [delete(topic) for topic in (published, draft)]
    withdrawn = factories.topic()
    old = withdrawn.history.first()
    later = change(withdrawn, status="draft").history.first()
    change(withdrawn, order=7)

    pages = ["/verwaltung/offers/topic/geloescht/", screen(withdrawn, "history")]
    buttons = {
        form.get("action")
        for address in pages
        for form in page_of(editor.get(address)).xpath("//main//form")
    }

    assert {restore_url(states[1]), restore_url(later)} <= buttons
    assert buttons.isdisjoint({restore_url(states[0]), restore_url(old)})
