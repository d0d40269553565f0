"""Several people prepare the same record: each change is kept by itself, others go on with it."""

import datetime

import pytest

from concept.models import Section
from contacts.models import OpeningHours
from lkintegration.editing.models import WorkingCopy
from lkintegration.pages.models import Page
from tests import factories
from tests.admin import EDITOR, PUBLISHER, STAFF, entries, key, person, save, screen
from tests.core.browser import form_of, inputs_of, page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return person(EDITOR, name="Anna")


@pytest.fixture
def ben():
    return person(EDITOR, name="Ben")


@pytest.fixture
def vera():
    return person(PUBLISHER, name="Vera")


@pytest.fixture
def page():
    return Page.objects.get(key="aufgaben")


@pytest.fixture
def concept():
    concept = factories.concept(title_de="Konzept", title_en="Concept")
    for number in (1, 2):
        factories.section(concept=concept, order=number, title_de=f"{number}", text_de="<p>Alt</p>")
    return concept


def desk(record):
    return f"/verwaltung/freigabe/{key(record)}/"


def press(client, record, button):
    return client.post(desk(record), {button: "ja"}, follow=True)


def publish(author, publisher, record):
    press(author, record, "send")
    return press(publisher, record, "publish")


def drafted(record, language="de"):
    fields = WorkingCopy.objects.get(object_id=record.pk).changes[language]["fields"]
    return {name: field["sent"][name] for name, field in fields.items()}


def test_what_nobody_prepared_is_left_alone_weeks_later(anna, vera, concept):
    save(anna, concept, title_de="Teilhabeplan")
    first = Section.objects.get(concept=concept, order=1)
    first.text_de = "<p>Neu</p>"
    first.save()

    publish(anna, vera, concept)

    concept.refresh_from_db()
    first.refresh_from_db()
    assert (concept.title_de, first.text_de) == ("Teilhabeplan", "<p>Neu</p>")


def test_two_who_began_at_the_same_time_prepare_both(anna, ben, vera, page):
    mine, theirs = entries(ben, page), entries(anna, page)
    anna.post(screen(page), theirs | {"title_de": "Zwölf Aufgaben"})

    ben.post(screen(page), mine | {"lead_de": "Kurz gesagt."})

    assert drafted(page) == {"title_de": ["Zwölf Aufgaben"], "lead_de": ["Kurz gesagt."]}
    assert "Arbeitskopie von Ben und Anna" in words(page_of(ben.get(desk(page))))
    publish(ben, vera, page)
    page.refresh_from_db()
    assert (page.title_de, page.lead_de) == ("Zwölf Aufgaben", "Kurz gesagt.")
    assert page.history.first().history_change_reason == "Vorbereitet von Ben und Anna."


def test_a_second_person_sees_the_copy_of_the_first_and_goes_on(anna, ben, page):
    save(anna, page, title_de="Zwölf Aufgaben")

    shown = inputs_of(ben.get(screen(page)), "page_form")
    save(ben, page, lead_de="Kurz gesagt.")

    assert shown["title_de"].get("value") == "Zwölf Aufgaben"
    assert drafted(page) == {"title_de": ["Zwölf Aufgaben"], "lead_de": ["Kurz gesagt."]}


def test_one_text_prepared_by_two_is_asked_once(anna, ben, page):
    mine, theirs = entries(ben, page), entries(anna, page)
    anna.post(screen(page), theirs | {"title_de": "Zwölf Aufgaben"})

    asked = ben.post(screen(page), mine | {"title_de": "Was wir tun"})

    assert "etwas anderes vorbereitet: " in words(page_of(asked))
    assert drafted(page) == {"title_de": ["Zwölf Aufgaben"]}
    ben.post(screen(page), form_of(asked, "page_form"))
    assert drafted(page) == {"title_de": ["Was wir tun"]}


def test_what_is_put_back_is_no_longer_prepared(anna, page):
    save(anna, page, title_de="Zwölf Aufgaben", lead_de="Kurz gesagt.")

    save(anna, page, title_de=page.title_de)

    assert drafted(page) == {"lead_de": ["Kurz gesagt."]}
    save(anna, page, lead_de=page.lead_de or "")
    assert not WorkingCopy.objects.exists()


def test_rows_are_prepared_by_two(anna, ben, vera, concept):
    mine, theirs = entries(ben, concept), entries(anna, concept)
    anna.post(screen(concept), theirs | {"sections-0-text_de": "<p>Eins</p>"})

    ben.post(screen(concept), mine | {"sections-1-text_de": "<p>Zwei</p>"})

    shown = words(page_of(vera.get(desk(concept))))
    assert "Eins" in shown
    assert "Zwei" in shown
    publish(ben, vera, concept)
    texts = Section.objects.filter(concept=concept).values_list("text_de", flat=True)
    assert list(texts) == ["<p>Eins</p>", "<p>Zwei</p>"]


@pytest.fixture
def contact():
    contact = factories.contact_person()
    factories.opening_hours(contact=contact, weekday=0)
    return contact


def new_row(number, weekday):
    row = {"weekday": weekday, "opens": "14:00", "closes": "16:00"}
    prefix = "openinghours_rows"
    return {f"{prefix}-TOTAL_FORMS": str(number + 1)} | {
        f"{prefix}-{number}-{name}": value for name, value in row.items()
    }


def days(contact):
    rows = OpeningHours.objects.filter(contact=contact)
    return sorted(rows.values_list("weekday", flat=True))


def test_new_rows_of_two_are_published_once_each(contact):
    anna, ben = person(STAFF, name="Anna"), person(STAFF, name="Ben")
    mine, theirs = entries(ben, contact), entries(anna, contact)
    prepare = {"_prepare": "1"}
    anna.post(screen(contact), theirs | prepare | new_row(1, "1"))
    ben.post(screen(contact), mine | prepare | new_row(1, "1"))
    ben.post(screen(contact), mine | prepare | new_row(1, "2"))

    again = screen(contact, arbeitskopie=1)
    assert entries(anna, again)["openinghours_rows-TOTAL_FORMS"] == ["3"]
    save(anna, again, "_prepare", room="3.03")
    press(anna, contact, "publish")

    assert days(contact) == [0, 1, 2]


def test_a_new_row_is_changed_and_taken_back_in_the_copy(contact):
    staff, again = person(STAFF), screen(contact, arbeitskopie=1)
    save(staff, contact, "_prepare", **new_row(1, "1"))
    save(staff, again, "_prepare", **{"openinghours_rows-1-weekday": "3"})
    shown = entries(staff, again)

    assert shown["openinghours_rows-1-weekday"] == ["3"]
    emptied = dict.fromkeys(
        (f"openinghours_rows-1-{name}" for name in ("weekday", "opens", "closes")), ""
    )
    save(staff, again, "_prepare", room="3.03", **emptied)
    press(staff, contact, "publish")
    assert days(contact) == [0]


def test_a_row_to_be_deleted_is_deleted_when_published(contact):
    staff = person(STAFF)
    save(staff, contact, "_prepare", **{"openinghours_rows-0-DELETE": "on"})
    assert days(contact) == [0]

    press(staff, contact, "publish")

    assert days(contact) == []


def test_a_row_that_is_gone_is_said_before_publishing(contact):
    staff = person(STAFF)
    save(staff, contact, "_prepare", room="3.03", **{"openinghours_rows-0-closes": "18:00"})
    OpeningHours.objects.all().delete()

    answer = words(page_of(press(staff, contact, "publish")))

    assert "hat inzwischen jemand gelöscht" in answer
    save(staff, screen(contact, arbeitskopie=1), "_prepare")
    press(staff, contact, "publish")
    contact.refresh_from_db()
    assert contact.room == "3.03"


def test_a_row_somebody_changed_since_is_asked_before_publishing(contact):
    staff = person(STAFF)
    save(staff, contact, "_prepare", **{"openinghours_rows-0-closes": "18:00"})
    hours = OpeningHours.objects.get()
    hours.closes = datetime.time(17)
    hours.save()

    answer = words(page_of(press(staff, contact, "publish")))

    assert "entfernt: 12:00 → neu: 17:00" in answer
    hours.refresh_from_db()
    assert hours.closes == datetime.time(17)


ENGLISH = {"sprache": "en"}


@pytest.mark.any_database
def test_who_submits_german_submits_other_languages_too(client, anna, vera, concept):
    answer = save(anna, screen(concept, **ENGLISH), title_en="Participation plan", reviewed=None)

    concept.refresh_from_db()
    assert concept.title_en == "Concept"
    assert answer.url == desk(concept)
    publish(anna, vera, concept)
    concept.refresh_from_db()
    assert (concept.title_en, concept.title_de) == ("Participation plan", "Konzept")


@pytest.mark.any_database
def test_nobody_gets_round_the_review_by_address_or_field(anna, page):
    before = page.title_en
    form = entries(anna, page)
    for address in (screen(page, sprache="en"), screen(page), f"{screen(page)}?sprache=en&x=1"):
        anna.post(address, form | {"title_en": "Live", "reviewed": "on", "_save": "1"})

    page.refresh_from_db()
    assert page.title_en == before


@pytest.mark.any_database
def test_german_and_a_translation_of_it_are_prepared_together(anna, vera, concept):
    english = screen(concept, **ENGLISH)
    save(anna, concept, title_de="Teilhabeplan")
    assert "Teilhabeplan" in words(page_of(anna.get(english)))
    save(anna, english, title_en="Participation plan", reviewed="on")

    publish(anna, vera, concept)

    concept.refresh_from_db()
    assert (concept.title_de, concept.title_en) == ("Teilhabeplan", "Participation plan")
    assert concept.translation_states == {"en": "reviewed"}


@pytest.mark.any_database
def test_a_prepared_review_does_not_hold_for_a_later_german(anna, vera, concept):
    concept.translation_states = {"en": "machine"}
    concept.save()
    save(anna, screen(concept, **ENGLISH), title_en="Plan", reviewed="on")
    concept.title_de = "Ganz anders"
    concept.save()

    answer = words(page_of(publish(anna, vera, concept)))

    assert "Der deutsche Text hat sich inzwischen geändert" in answer
    concept.refresh_from_db()
    assert concept.title_en == "Concept"


@pytest.mark.any_database
def test_translators_go_on_publishing_their_language(concept):
    translator = person("Übersetzung", languages=("en",))

    save(translator, screen(concept, **ENGLISH), title_en="Participation plan")

    concept.refresh_from_db()
    assert concept.title_en == "Participation plan"


@pytest.mark.any_database
def test_four_eyes_stay_two_people_however_many_wrote(anna, ben):
    goal = factories.guiding_goal()
    both = person(EDITOR, PUBLISHER, name="Carla")
    save(both, goal, title_de="Von Carla")
    save(anna, goal, text_de="<p>Von Anna.</p>")
    press(anna, goal, "send")

    press(both, goal, "publish")

    goal.refresh_from_db()
    assert goal.title_de != "Von Carla"


@pytest.mark.any_database
def test_a_chapter_is_deleted_in_german_while_somebody_translates_it(anna, vera, concept):
    save(anna, concept, **{"sections-0-DELETE": "on"})
    english = {"sections-0-text_en": "<p>One</p>", "sections-1-text_en": "<p>Two</p>"}
    save(anna, screen(concept, **ENGLISH), **english)

    publish(anna, vera, concept)

    texts = Section.objects.filter(concept=concept).values_list("text_en", flat=True)
    assert list(texts) == ["<p>Two</p>"]


@pytest.mark.parametrize("button", ["publish", "discard"])
def test_a_new_row_that_is_settled_meanwhile_does_not_come_back(contact, button):
    anna, ben = person(STAFF, name="Anna"), person(STAFF, name="Ben")
    again = screen(contact, arbeitskopie=1)
    save(anna, contact, "_prepare", **new_row(1, "1"))
    mine = entries(ben, again)
    press(anna, contact, button)

    answer = ben.post(again, mine | {"_prepare": "1", "room": "3.03"})

    assert answer.status_code == 302
    press(ben, contact, "publish")
    contact.refresh_from_db()
    assert (contact.room, days(contact)) == ("3.03", [0, 1] if button == "publish" else [0])


def test_a_new_row_that_is_discarded_while_somebody_changes_it_stays(contact):
    anna, ben = person(STAFF, name="Anna"), person(STAFF, name="Ben")
    again = screen(contact, arbeitskopie=1)
    save(anna, contact, "_prepare", **new_row(1, "1"))
    mine = entries(ben, again)
    press(anna, contact, "discard")

    change = {"_prepare": "1", "openinghours_rows-1-closes": "17:00"}
    answer = ben.post(again, mine | change, follow=True)

    assert "Prüfen Sie, ob sie doppelt ist" in words(page_of(answer))
    press(ben, contact, "publish")
    assert days(contact) == [0, 1]


def test_a_row_that_somebody_changes_is_not_deleted_without_a_question(contact):
    anna, ben = person(STAFF, name="Anna"), person(STAFF, name="Ben")
    save(anna, contact, "_prepare", **{"openinghours_rows-0-DELETE": "on"})
    save(ben, contact, **{"openinghours_rows-0-closes": "18:00"})

    answer = words(page_of(press(anna, contact, "publish")))

    assert "hat inzwischen jemand geändert (Bis)" in answer
    assert days(contact) == [0]
    save(anna, screen(contact, arbeitskopie=1), "_prepare")
    press(anna, contact, "publish")
    assert days(contact) == []


def test_a_new_row_that_readers_see_already_is_not_added_again(contact):
    anna, ben = person(STAFF, name="Anna"), person(STAFF, name="Ben")
    save(anna, contact, "_prepare", **new_row(1, "1"))
    save(ben, contact, **new_row(1, "1"))

    press(anna, contact, "publish")

    assert days(contact) == [0, 1]
