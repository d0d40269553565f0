"""What was deleted before deletions were recorded whole comes back whole all the same."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from concept.models import Concept
from contacts.models import ContactPerson, OpeningHours
from lkintegration.core.earlier_states import deleted_rows
from lkintegration.core.old_deletions import complete_links, complete_relations
from lkintegration.core.recording import relations_of, stored_relation
from lkintegration.core.restoring import restore
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db


def delete_as_before(record):
    """Delete a record so that its last state knows nothing of relations, rows and links."""
    key = record.pk
    record.delete()
    (row,) = [row for row in deleted_rows(type(record)) if row.id == key]
    type(record).history.filter(pk=row.pk).update(links_then={})
    for relation in relations_of(row):
        stored_relation(relation).rows.filter(history=row.pk).delete()
    return key


def migrate():
    editor = SimpleNamespace(connection=connection)
    for label in ("contacts", "offers"):
        complete_relations(label).code(apps, editor)
    complete_links("contacts", "offers", "concept").code(apps, editor)


def bring_back(model, key):
    (row,) = [row for row in deleted_rows(model) if row.id == key]
    return restore(row)


def test_relations_are_those_of_the_state_before():
    service = factories.service(area="named")
    towns = [factories.municipality() for _number in range(2)]
    service.municipalities.set([*towns, factories.municipality()])
    service.municipalities.set(towns)
    ayla = factories.contact_person()
    ayla.languages.set([factories.language()])
    keys = [delete_as_before(record) for record in (service, ayla)]

    migrate()

    service, ayla = map(bring_back, (Service, ContactPerson), keys)
    assert set(service.municipalities.all()) == set(towns)
    assert ayla.languages.count() == 1


def test_rows_below_are_those_that_went_with_it():
    ayla = factories.contact_person()
    monday, friday = (factories.opening_hours(contact=ayla, weekday=day) for day in (0, 4))
    long_ago, key = "2026-01-01T00:00:00Z", friday.pk
    friday.delete()
    OpeningHours.history.filter(id=key).update(history_date=long_ago)
    period = factories.closed_period(contact=ayla)
    key = delete_as_before(ayla)

    migrate()

    ayla = bring_back(ContactPerson, key)
    assert list(ayla.openinghours_rows.all()) == [monday]
    assert list(ayla.closedperiod_rows.all()) == [period]


def test_who_pointed_to_it_then_does_again():
    place, ayla = factories.location(), factories.contact_person()
    lena = factories.contact_person(name="Lena", location=place)
    service, other, gone = (factories.service() for _number in range(3))
    for one in (service, other, gone):
        one.contacts.add(ayla)
    other.contacts.remove(ayla)
    gone.delete()
    concept = factories.concept()
    factories.section(concept=concept)
    follower = factories.concept(title_de="Konzept 2040", follows=concept)
    keys = [delete_as_before(record) for record in (place, ayla, concept)]
    # What had pointed to it told nothing then.
    for model, one in ((ContactPerson, lena), (Service, service), (Concept, follower)):
        model.history.filter(id=one.pk, history_change_reason__startswith="Gelöscht").delete()

    migrate()

    for model, key in zip((type(place), ContactPerson, Concept), keys, strict=True):
        bring_back(model, key)
    assert ContactPerson.objects.get(pk=lena.pk).location_id == keys[0]
    assert list(Service.objects.filter(contacts=keys[1])) == [service]
    assert Concept.objects.get(pk=follower.pk).follows_id == keys[2]
    assert Concept.objects.get(pk=keys[2]).sections.count() == 1


def test_what_is_recorded_whole_stays_as_it_is():
    service, ayla = factories.service(), factories.contact_person()
    service.contacts.add(ayla)
    ayla.delete()
    before = list(ContactPerson.history.values_list("pk", "links_then"))

    migrate()

    assert list(ContactPerson.history.values_list("pk", "links_then")) == before
