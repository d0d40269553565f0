"""After any edit, pages made of what is remembered are those that are built from nothing."""

import datetime

import pytest
from django.utils import timezone

from concept.models import Milestone, Task
from contacts.models import ContactPerson, Language, Location, Municipality, Organisation
from lkintegration.core.generation import renew_generation
from lkintegration.core.models import LanguageSetting
from lkintegration.pages.models import Page
from lkintegration.terms.models import Term
from offers.models import Service, Topic
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = [
    *("/de/", "/ar/", "/de/kontakt/", "/uk/kontakt/eva-petersik/", "/de/angebote/"),
    *("/ar/angebote/?thema=arbeit", "/de/beratung/?alter=24&ort=08336050&sprache=ar"),
    *("/uk/beratung/?alter=40", "/de/angebote/mbe-drk/", "/de/konzept/", "/uk/leitziele/"),
    *("/de/aufgaben/", "/de/woerter/", "/en/impressum/", "/de/suche/?q=Beratung"),
]
NAME = "Ganz neuer Name"


def save(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def mbe():
    return Service.objects.get(slug="mbe-drk")


def office():
    return ContactPerson.objects.get(represents_office=True)


EDITS = {
    "name of a service": lambda: save(mbe(), name_de=NAME),
    "translation of a service": lambda: save(mbe(), name_uk="Нова назва"),
    "service taken back": lambda: save(mbe(), status="draft"),
    "service published": lambda: save(mbe(), status="published"),
    "ages": lambda: Service.objects.filter(slug="mbe-drk").update(min_age=30),
    "new service": lambda: factories.service(name_de=NAME, area="district"),
    "topics of a service": lambda: mbe().topics.set(Topic.objects.order_by("pk")[:1]),
    "languages of a service": lambda: mbe().languages.set([Language.objects.get(tag="ar")]),
    "name of a topic": lambda: save(Topic.objects.get(slug="arbeit"), name_de=NAME),
    "topic taken back": lambda: Topic.objects.filter(slug="sprache").update(status="draft"),
    "organisation": lambda: save(mbe().organisation, name_de=NAME),
    "switchboard": lambda: Organisation.objects.update(phone="+497621410"),
    "number of the office": lambda: save(office(), phone="+4976214105000"),
    "languages of the office": lambda: office().languages.add(Language.objects.get(tag="ar")),
    "hours": lambda: factories.opening_hours(contact=office()),
    "closed": lambda: factories.closed_period(
        contact=office(), last_day=timezone.localdate() + datetime.timedelta(days=9)
    ),
    "place": lambda: save(Location.objects.first(), street="Neue Straße 1"),
    "person of a service": lambda: mbe().contacts.add(office()),
    "municipality": lambda: save(Municipality.objects.first(), name=NAME),
    "notice": lambda: factories.notice(text_de=NAME),
    "title of a page": lambda: save(Page.objects.get(key="home"), title_de=NAME),
    "term": lambda: factories.term(word="Beratung"),
    "term taken back": lambda: Term.objects.update(status="draft"),
    "machine texts": lambda: LanguageSetting(code="uk", shows_machine_texts=False).save(),
    "goal": lambda: factories.guiding_goal(title_de=NAME),
    "task": lambda: save(Task.objects.first(), explanation_de=NAME),
    "milestone": lambda: Milestone.objects.all().delete(),
    "deleted service": lambda: Service.objects.filter(slug="mbe-drk").delete(),
    "publication to come": lambda: save(
        Page.objects.get(key="kontakt"), publish_from=timezone.now() + datetime.timedelta(hours=1)
    ),
}


def test_after_any_edit_pages_are_those_that_are_built_from_nothing(client):
    def ask():
        return {path: client.get(path).content.decode() for path in PAGES}

    before, unseen = ask(), []
    for name, edit in EDITS.items():
        edit()
        remembered = ask()
        renew_generation()  # of nobody knows what: nothing lasts
        built = ask()
        for path in PAGES:
            assert remembered[path] == built[path], (name, path)
        if before == built:
            unseen.append(name)
        before = built

    assert unseen == []  # each edit is to be seen on one of the pages
