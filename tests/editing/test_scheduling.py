"""A draft goes live by itself when its time has come: once, whole, or not at all."""

import datetime
import json
import os
import random
import subprocess
import sys
from contextlib import ExitStack
from urllib.parse import urlsplit

import psycopg
import pytest

from contacts.models import Location
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.scheduling import due_keys, publish_due, publish_if_due
from lkintegration.pages.models import Page
from offers.models import Topic
from tests import factories
from tests.admin import (
    EDITOR,
    PUBLISHER,
    STAFF,
    account,
    client_of,
    key,
    person,
    said,
    save,
    screen,
    send,
)
from tests.core.browser import page_of, words
from tests.databases import ROOT, create_from_template, drop
from tests.editing.scheduled_drafts import BEGIN as DAY
from tests.editing.scheduled_drafts import MINUTE, NEW, clock, prepare

pytestmark = pytest.mark.django_db

MANY = int(os.environ.get("SCHEDULED_DRAFTS", "40"))  # 200 takes as long as a hundred tests
ON_THE_DAY = {"publish_at_0": "01.01.2127"}


def desk(record):
    return f"/verwaltung/freigabe/{key(record)}/"


def press(client, record, button, **fields):
    return client.post(desk(record), {button: "1"} | fields, follow=True)


def street_of(place):
    return Location.objects.get(pk=place.pk).street


@pytest.fixture
def place():
    return factories.location(street="Alte Gasse 1")


def test_a_move_from_the_first_of_january_is_one_form(place):
    staff = person(STAFF)

    desk_page = staff.get(save(staff, place, "_prepare", street="Neue Gasse 2", **ON_THE_DAY).url)

    assert "Das erscheint von selbst: 1. Januar 2127." in said(desk_page)
    assert "Erscheint von selbst am 1. Januar 2127, 00:00 Uhr." in words(page_of(desk_page))
    assert publish_due(DAY - MINUTE) == 0
    assert street_of(place) == "Alte Gasse 1"
    assert publish_due(DAY) == 1
    assert street_of(place) == "Neue Gasse 2"
    assert not WorkingCopy.objects.exists()
    assert publish_due(DAY + MINUTE) == 0


def test_the_history_tells_who_prepared_it(place):
    user = account(STAFF, name="stella")
    save(client_of(user), place, "_prepare", street="Neue Gasse 2", **ON_THE_DAY)

    publish_due(DAY)

    row = place.history.first()
    assert (row.history_user, row.history_change_reason) == (user, "Vorbereitet von stella.")


@pytest.mark.any_database
def test_lists_say_what_waits_for_when(place):
    staff = person(STAFF)
    save(staff, place, "_prepare", street="Neue Gasse 2", **ON_THE_DAY, publish_at_1="14:30")

    listed = words(page_of(staff.get("/verwaltung/contacts/location/?q=Alte+Gasse")))
    assert "ja; Änderung am 1. Januar 2127, 14:30 Uhr" in listed
    waiting = words(page_of(staff.get("/verwaltung/freigabe/")))
    assert "erscheint von selbst am 1. Januar 2127, 14:30 Uhr" in waiting
    assert "für 1. Januar 2127, 14:30 Uhr vorgesehen" in words(page_of(staff.get(screen(place))))


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("written", "why"),
    [("01.01.2020", "schon vorbei"), ("31.02.2127", "Bitte ein gültiges Datum eingeben")],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_lost(place, written, why):
    refused = send(person(STAFF), place, "_prepare", street="Neue Gasse 2", publish_at_0=written)

    page = page_of(refused)
    assert why in words(page)
    assert page.xpath("//input[@name='street']/@value") == ["Neue Gasse 2"]
    assert page.xpath("//input[@name='publish_at_0']/@value") == [written]
    assert not WorkingCopy.objects.exists()


@pytest.mark.any_database
def test_a_period_begun_with_a_draft_becomes_its_day(place):
    asked = send(person(STAFF), place, "_prepare", street="Neu 2", publish_from_0="01.01.2127")

    page = page_of(asked)
    assert "Status und Zeitraum gehören nicht zur Arbeitskopie" in words(page)
    assert page.xpath("//input[@name='publish_at_0']/@value") == ["01.01.2127"]


# --- four eyes ------------------------------------------------------------------------------------
@pytest.fixture
def page():
    return Page.objects.get(key="aufgaben")


def title():
    return Page.objects.get(key="aufgaben").title_de


def test_where_another_person_publishes_nothing_goes_live_without_them(page):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    told = editor.get(save(editor, page, "_prepare", title_de="Neu", **ON_THE_DAY).url)
    assert any("sobald es jemand freigegeben hat" in line for line in said(told))
    press(editor, page, "schedule", **ON_THE_DAY)
    assert publish_due(DAY) == 0

    press(editor, page, "send", **ON_THE_DAY)
    assert publish_due(DAY) == 0
    assert title() != "Neu"
    assert "noch nicht freigegeben" not in words(page_of(publisher.get("/verwaltung/freigabe/")))

    press(publisher, page, "schedule", **ON_THE_DAY)
    assert "wartet auf Sie" not in words(page_of(publisher.get("/verwaltung/freigabe/")))
    assert publish_due(DAY) == 1
    assert title() == "Neu"


def test_what_is_changed_after_the_approval_must_be_approved_again(page):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    save(editor, page, "_prepare", title_de="Neu", **ON_THE_DAY)
    press(editor, page, "send", **ON_THE_DAY)
    press(publisher, page, "schedule", **ON_THE_DAY)

    save(editor, page, "_prepare", title_de="Noch neuer")

    assert publish_due(DAY) == 0
    assert title() not in {"Neu", "Noch neuer"}


def test_a_day_can_be_struck(place):
    staff = person(STAFF)
    save(staff, place, "_prepare", street="Neue Gasse 2", **ON_THE_DAY)

    press(staff, place, "unschedule")

    assert publish_due(DAY) == 0
    assert WorkingCopy.objects.exists()


def test_a_record_that_readers_do_not_see_yet_can_have_its_day(client):
    service, staff = factories.service(status="draft"), person(STAFF)

    press(staff, service, "schedule", **ON_THE_DAY)

    assert client.get(f"/de/angebote/{service.slug}/").status_code == 404
    assert publish_due(DAY) == 1
    assert client.get(f"/de/angebote/{service.slug}/").status_code == 200


# --- what goes wrong ------------------------------------------------------------------------------
def test_what_cannot_be_published_changes_nothing_and_staff_are_told_why(place):
    staff = person(STAFF)
    save(staff, place, "_prepare", street="Neue Gasse 2", city="Neustadt", **ON_THE_DAY)
    save(staff, place, street="Dritte Gasse 3")  # somebody decides otherwise meanwhile
    other = factories.location()
    save(staff, other, "_prepare", street="Andere Gasse 4", **ON_THE_DAY)

    assert publish_due(DAY) == 1  # the other one

    assert (street_of(place), street_of(other)) == ("Dritte Gasse 3", "Andere Gasse 4")
    assert Location.objects.get(pk=place.pk).city == place.city
    row = words(page_of(staff.get("/verwaltung/freigabe/")))
    assert "sollte am 1. Januar 2127, 00:00 Uhr erscheinen : " in row
    assert "Ihr Text steht noch hier" in row
    assert "Text ist zum Termin nicht erschienen" in words(page_of(staff.get("/verwaltung/")))
    assert publish_due(DAY + MINUTE) == 0  # nobody is told a second time


def test_who_may_not_publish_any_more_has_approved_nothing(place):
    user = account(STAFF)
    save(client_of(user), place, "_prepare", street="Neue Gasse 2", **ON_THE_DAY)
    user.groups.clear()

    assert publish_due(DAY) == 0

    assert street_of(place) == "Alte Gasse 1"
    assert "wer dazu das Recht hat" in WorkingCopy.objects.get().publish_problem


def test_a_record_that_is_gone_stops_nobody_else(place):
    staff, other = person(STAFF), factories.location()
    for one in (place, other):
        save(staff, one, "_prepare", street="Neue Gasse 2", **ON_THE_DAY)
    place.delete()

    assert publish_due(DAY) == 1
    assert street_of(other) == "Neue Gasse 2"


# --- the clock ------------------------------------------------------------------------------------
def are_on_time(drafts, live):
    """Return whether each draft went live within a minute of its time."""
    return live.keys() == drafts.keys() and all(
        drafts[key] <= moment < drafts[key] + MINUTE for key, moment in live.items()
    )


@pytest.mark.any_database
def test_each_of_many_goes_live_within_a_minute_and_once_whoever_comes_first():
    """Drafts all over a year; two workers that have both seen what is due try each."""
    chance = random.Random(20)  # noqa: S311  (the same on each run)
    drafts, live = prepare(MANY), {}

    for now in clock(drafts, live):
        seen_by_both = due_keys(now)  # before either begins
        for key_ in chance.sample(seen_by_both, len(seen_by_both)):
            for _worker in range(2):
                if publish_if_due(key_, now):
                    assert key_ not in live
                    live[key_] = now

    assert are_on_time(drafts, live)
    assert Topic.objects.filter(name_de=NEW).count() == MANY
    assert not WorkingCopy.objects.exists()


@pytest.fixture
def program():
    """Return the command of a process on a database of its own, and its environment."""
    server, name = os.environ["DATABASE_URL"], "scheduled"
    create_from_template(server, name)
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
        "DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl(),
    }
    yield [sys.executable, "-m", "tests.editing.scheduled_drafts"], variables
    with psycopg.connect(server, autocommit=True) as own:
        drop(own, name)


@pytest.mark.postgresql
def test_two_processes_publish_each_of_many_once_and_within_a_minute(program):
    command, variables = program
    how = {"cwd": ROOT, "env": variables, "text": True, "stdout": subprocess.PIPE}
    told = subprocess.run([*command, str(MANY)], check=True, **how).stdout
    drafts = {
        int(key_): datetime.datetime.fromisoformat(due) for key_, due in json.loads(told).items()
    }
    live = {}

    with ExitStack() as stack:
        workers = [
            stack.enter_context(subprocess.Popen([*command, "work"], stdin=subprocess.PIPE, **how))
            for _number in range(2)
        ]
        for now in clock(drafts, live):
            for worker in workers:  # both at once
                print(now.isoformat(), file=worker.stdin, flush=True)
            done = [key_ for worker in workers for key_ in json.loads(worker.stdout.readline())]
            assert len({*done}) == len(done)
            assert not live.keys() & {*done}
            live |= dict.fromkeys(done, now)
        for worker in workers:
            worker.stdin.close()

    assert are_on_time(drafts, live)
    assert subprocess.run([*command, "count"], check=True, **how).stdout == f"{MANY}\n"
