"""Random records with random relations, rows and links: deleted and restored, all is as before."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from contacts.models import ContactPerson, Location
from lkintegration.core.earlier_states import deleted_rows
from lkintegration.core.models.history import one_save
from lkintegration.core.recording import history_of
from lkintegration.core.restoration_reports import IncompleteError
from lkintegration.core.restoring import restore
from lkintegration.core.revisions import revisions_of
from offers.models import Service, Topic
from tests import factories

pytestmark = pytest.mark.django_db

RELATIONS = ("contacts", "locations", "topics")
NUMBERS = st.integers(0, 3)


def picture(record):
    """Return all that belongs to a record: columns, relations, rows below it, links to it."""
    model = type(record)
    record = model.objects.get(pk=record.pk)
    columns = {
        field.attname: getattr(record, field.attname)
        for field in model._meta.concrete_fields
        if field.name != "changed_at"
    }
    relations = {
        field.name: {related.pk for related in getattr(record, field.name).all()}
        for field in model._meta.many_to_many
    }
    rows = links = None
    if model in {ContactPerson, Location}:
        rows = {str(row) for row in record.openinghours_rows.all()}
    if model is not Service:
        links = {service.pk for service in record.services.all()}
    people = {one.pk for one in record.contacts.all()} if model is Location else None
    return columns, relations, rows, links, people


def bring_back(state, **how):
    """Restore ``state``; agree to what cannot come because others are still deleted."""
    try:
        return restore(state, **how)
    except IncompleteError as error:
        return restore(state, agreed=error.report.digest, **how)


class Wholeness(RuleBasedStateMachine):
    """Staff who write, link, delete and bring back a few services, people, places and topics."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self):
        places = [factories.location() for _number in range(2)]
        people = [factories.contact_person(location=places[0]) for _number in range(2)]
        self.records = [
            *(factories.service() for _number in range(2)),
            *people,
            *places,
            factories.topic(),
        ]
        self.keys = [(type(record), record.pk) for record in self.records]
        self.gone = {}  # pictures of what is deleted, while nothing else has changed

    def there(self, *models):
        found = [
            model.objects.filter(pk=key).first() for model, key in self.keys if model in models
        ]
        return [record for record in found if record]

    def one(self, number, *models):
        there = self.there(*models)
        return there[number % len(there)] if there else None

    @rule(number=NUMBERS, other=NUMBERS, name=st.sampled_from(RELATIONS), adds=st.booleans())
    def link(self, number, other, name, adds):
        models = {"contacts": ContactPerson, "locations": Location, "topics": Topic}
        service, target = self.one(number, Service), self.one(other, models[name])
        if service and target:
            relation = getattr(service, name)
            relation.add(target) if adds else relation.remove(target)

    @rule(number=NUMBERS, other=NUMBERS)
    def move(self, number, other):
        ayla = self.one(number, ContactPerson)
        if ayla:
            ayla.location = self.one(other, Location)
            ayla.save()

    @rule(number=NUMBERS, day=st.integers(0, 6))
    def open_on(self, number, day):
        owner = self.one(number, ContactPerson, Location)
        if owner:
            name = "contact" if isinstance(owner, ContactPerson) else "location"
            with one_save():
                owner.save()
                factories.opening_hours(**{name: owner, "weekday": day})

    @rule(number=NUMBERS, hour=st.integers(13, 20))
    def change_hours(self, number, hour):
        owner = self.one(number, ContactPerson, Location)
        row = owner.openinghours_rows.first() if owner else None
        if row:
            row.closes = datetime.time(hour)
            row.save()

    @rule(number=NUMBERS)
    def close(self, number):
        owner = self.one(number, ContactPerson, Location)
        row = owner.openinghours_rows.first() if owner else None
        if row:
            row.delete()

    @rule(number=st.integers(0, 6))
    def delete_and_bring_back(self, number):
        """With nothing else between, everything is as before."""
        record = self.one(number, Service, ContactPerson, Location, Topic)
        if record is None:
            return
        before, key, model = picture(record), record.pk, type(record)
        record.delete()
        (state,) = [row for row in deleted_rows(model) if row.id == key]
        assert picture(bring_back(state)) == before

    @rule(numbers=st.lists(st.integers(0, 6), min_size=2, max_size=4), back=st.randoms())
    def delete_some_and_bring_them_back(self, numbers, back):
        """In whatever order they go and come, in the end everything is as before."""
        there = self.there(Service, ContactPerson, Location, Topic)
        if not there:
            return
        chosen = list(dict.fromkeys(there[number % len(there)] for number in numbers))
        before = [(record, record.pk, picture(record)) for record in there]
        keys = [(type(record), record.pk) for record in chosen]
        for model, key in keys:
            model.objects.get(pk=key).delete()
        back.shuffle(keys)
        for model, key in keys:
            (state,) = [row for row in deleted_rows(model) if row.id == key]
            bring_back(state)
        for record, key, was in before:
            assert picture(type(record)(pk=key)) == was

    @rule(number=st.integers(0, 6), which=st.integers(0, 9))
    def go_back_and_forth(self, number, which):
        """Back to any state, and forth to the present one: all is as before."""
        record = self.one(number, Service, ContactPerson, Location, Topic)
        if record is None:
            return
        revisions = revisions_of(type(record), record.pk)
        past, present = revisions[which % len(revisions)], revisions[0]
        before = picture(record)
        for revision in (past, present):
            if revision.state is None:
                return
            bring_back(revision.state, save=revision.row.save_id)
        assert picture(record) == before
        assert history_of(record).first().history_type == "~"

    @rule(number=st.integers(0, 6))
    def delete(self, number):
        record = self.one(number, Service, ContactPerson, Location, Topic)
        if record and len(self.there(type(record))) > 1:
            record.delete()


def test_whatever_is_deleted_and_restored_is_as_before():
    run_state_machine_as_test(
        Wholeness,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            suppress_health_check=list(HealthCheck),
        ),
    )
