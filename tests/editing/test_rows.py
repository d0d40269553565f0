"""Two people on the rows below a record: hours, closing periods, chapters, in every language."""

import datetime

import pytest

from concept.models import Section
from contacts.models import ClosedPeriod, OpeningHours
from tests import factories
from tests.admin import entries, person, said, screen
from tests.core.browser import form_of, page_of, words

pytestmark = pytest.mark.django_db
HOURS, CLOSED, CHAPTERS = "openinghours_rows", "closedperiod_rows", "sections"


def everybody(name):
    return person("Angebote und Kontakte", "Konzept und Leitziele", "Veröffentlichung", name=name)


@pytest.fixture
def first():
    return everybody("Anna")


@pytest.fixture
def second():
    return everybody("Ben")


@pytest.fixture
def contact():
    contact = factories.contact_person(room="1.01")
    factories.opening_hours(
        contact=contact, weekday=0, opens=datetime.time(9), closes=datetime.time(12)
    )
    return contact


def row(prefix, number, **fields):
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}


def new_row(prefix, number, total, **fields):
    return row(prefix, number, **fields) | {f"{prefix}-TOTAL_FORMS": str(total)}


def hours_of(contact):
    rows = OpeningHours.objects.filter(contact=contact)
    return [(r.weekday, f"{r.opens:%H:%M}", f"{r.closes:%H:%M}") for r in rows]


def test_the_row_one_changed_stays_when_the_other_changes_the_record(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, closes="16:00"))

    answer = second.post(screen(contact), mine | {"room": "2.02"}, follow=True)

    contact.refresh_from_db()
    assert contact.room == "2.02"
    assert hours_of(contact) == [(0, "09:00", "16:00")]
    assert any("Gleichzeitig hat jemand geändert" in told for told in said(answer))


def test_two_fields_of_one_row_are_brought_together(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, closes="16:00"))

    second.post(screen(contact), mine | row(HOURS, 0, opens="08:00"))

    assert hours_of(contact) == [(0, "08:00", "16:00")]


def test_one_field_of_one_row_is_asked_once(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, closes="16:00"))

    asked = second.post(screen(contact), mine | row(HOURS, 0, closes="17:00"))

    assert "Anna hat das inzwischen geändert: entfernt: 12:00 → neu: 16:00" in words(page_of(asked))
    assert hours_of(contact) == [(0, "09:00", "16:00")]
    again = second.post(screen(contact), form_of(asked, "contactperson_form"))
    assert again.status_code == 302
    assert hours_of(contact) == [(0, "09:00", "17:00")]


def test_rows_that_both_add_are_all_there(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    friday = new_row(HOURS, 1, 2, weekday="4", opens="08:00", closes="10:00")
    tuesday = new_row(HOURS, 1, 2, weekday="1", opens="14:00", closes="16:00")
    first.post(screen(contact), theirs | friday)

    second.post(screen(contact), mine | tuesday)

    assert [day for day, _opens, _closes in hours_of(contact)] == [0, 1, 4]


def test_the_same_new_row_stands_once(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    tuesday = new_row(HOURS, 1, 2, weekday="1", opens="14:00", closes="16:00")
    first.post(screen(contact), theirs | tuesday)

    answer = second.post(screen(contact), mine | tuesday | {"room": "2.02"}, follow=True)

    assert [day for day, _opens, _closes in hours_of(contact)] == [0, 1]
    assert any("stand schon da" in told for told in said(answer))


def test_a_form_sent_twice_adds_a_row_once(first, contact):
    form = entries(first, contact) | new_row(
        HOURS, 1, 2, weekday="1", opens="14:00", closes="16:00"
    )

    first.post(screen(contact), form)
    first.post(screen(contact), form)

    assert len(hours_of(contact)) == 2


def test_a_row_that_is_gone_is_named_and_the_rest_is_saved(first, second, contact):
    factories.opening_hours(contact=contact, weekday=3)
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, DELETE="on"))

    answer = second.post(
        screen(contact), mine | {"room": "2.02"} | row(HOURS, 1, closes="18:00"), follow=True
    )

    contact.refresh_from_db()
    assert contact.room == "2.02"
    assert [(day, closes) for day, _opens, closes in hours_of(contact)] == [(3, "18:00")]
    assert any("„Montag 09:00–12:00“ hat inzwischen jemand gelöscht" in t for t in said(answer))


def test_what_was_written_into_a_row_that_is_gone_is_told(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, DELETE="on"))

    answer = second.post(screen(contact), mine | row(HOURS, 0, closes="16:00"), follow=True)

    assert any("Nicht gesichert ist Ihre Änderung daran (Bis: 16:00)" in t for t in said(answer))
    assert hours_of(contact) == []


def test_a_row_that_is_gone_is_named_also_beside_a_question(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | {"room": "3.03"} | row(HOURS, 0, DELETE="on"))

    asked = second.post(screen(contact), mine | {"room": "2.02"} | row(HOURS, 0, closes="16:00"))

    assert asked.status_code == 200
    assert any("„Montag 09:00–12:00“ hat inzwischen jemand gelöscht" in t for t in said(asked))
    assert second.post(screen(contact), form_of(asked, "contactperson_form")).status_code == 302


def test_what_was_written_into_rows_of_a_record_that_is_gone_can_be_copied(first, contact):
    factories.opening_hours(contact=contact, weekday=3)
    form = entries(first, contact) | row(HOURS, 0, closes="16:00") | {"room": "2.02"}
    form |= new_row(HOURS, 2, 3, weekday="1", opens="14:00", closes="15:30")
    address = screen(contact)
    contact.delete()

    page = page_of(first.post(address, form))

    written = zip(page.xpath("//main//dt"), page.xpath("//main//dd"), strict=True)
    assert [(words(label), words(text)) for label, text in written] == [
        ("Zimmer", "2.02"),
        ("Öffnungszeit, Bis", "16:00"),
        ("Öffnungszeit, Wochentag", "1"),
        ("Öffnungszeit, Von", "14:00"),
        ("Öffnungszeit, Bis", "15:30"),
    ]


@pytest.mark.any_database
@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 5000, None])
def test_a_senseless_number_of_rows_is_none(first, contact, number):
    form = entries(first, contact) | {"room": "2.02", f"{HOURS}-TOTAL_FORMS": number or ""}
    if number is None:
        del form[f"{HOURS}-TOTAL_FORMS"]
    address = screen(contact)
    contact.delete()

    answer = first.post(address, form)

    assert answer.status_code == 410
    assert "2.02" in words(page_of(answer))


def test_both_deleting_one_row_is_nothing_special(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, DELETE="on"))

    answer = second.post(screen(contact), mine | row(HOURS, 0, DELETE="on"), follow=True)

    assert hours_of(contact) == []
    assert not any("Nicht gesichert" in told for told in said(answer))


def test_deleting_a_row_that_somebody_changed_is_asked_once(first, second, contact):
    mine, theirs = entries(second, contact), entries(first, contact)
    first.post(screen(contact), theirs | row(HOURS, 0, closes="16:00"))

    asked = second.post(screen(contact), mine | row(HOURS, 0, DELETE="on"))

    assert "hat inzwischen jemand geändert (Bis)" in words(page_of(asked))
    assert hours_of(contact) == [(0, "09:00", "16:00")]
    second.post(screen(contact), form_of(asked, "contactperson_form"))
    assert hours_of(contact) == []


def test_another_s_closing_period_stays_when_the_directions_change(first, second):
    place = factories.location()
    period = ClosedPeriod.objects.create(
        location=place,
        first_day=datetime.date(2026, 12, 24),
        last_day=datetime.date(2026, 12, 31),
        reason_de="Urlaub",
    )
    mine, theirs = entries(second, place), entries(first, place)
    first.post(screen(place), theirs | row(CLOSED, 0, reason_de="Umzug", last_day="06.01.2027"))

    second.post(screen(place), mine | {"directions_de": "Hinter dem Bahnhof."})

    period.refresh_from_db()
    place.refresh_from_db()
    assert (period.reason_de, period.last_day) == ("Umzug", datetime.date(2027, 1, 6))
    assert place.directions_de == "Hinter dem Bahnhof."


@pytest.fixture
def concept():
    concept = factories.concept(title_de="Konzept", title_ar="مفهوم")
    for number in (1, 2):
        factories.section(concept=concept, order=number, title_de=f"{number}", text_de="<p>Alt</p>")
    return concept


def texts(concept, column):
    return list(Section.objects.filter(concept=concept).values_list(column, flat=True))


@pytest.mark.any_database
def test_a_new_text_of_a_chapter_stays_when_the_title_changes(admin, concept):
    mine, theirs = entries(admin, concept), entries(admin, concept)
    admin.post(screen(concept), theirs | row(CHAPTERS, 0, text_de="<p>Neu</p>"))

    admin.post(screen(concept), mine | {"title_de": "Teilhabeplan"})

    concept.refresh_from_db()
    assert concept.title_de == "Teilhabeplan"
    assert texts(concept, "text_de") == ["<p>Neu</p>", "<p>Alt</p>"]


@pytest.mark.any_database
def test_two_translators_share_a_screen(concept):
    address = screen(concept, sprache="ar")
    first, second = (person("Übersetzung", languages=("ar",), name=name) for name in "AB")
    mine, theirs = entries(second, address), entries(first, address)
    first.post(address, theirs | row(CHAPTERS, 0, text_ar="<p>واحد</p>"))

    second.post(address, mine | row(CHAPTERS, 1, text_ar="<p>اثنان</p>"))

    assert texts(concept, "text_ar") == ["<p>واحد</p>", "<p>اثنان</p>"]


@pytest.mark.any_database
def test_a_chapter_is_reviewed_only_by_saying_so(concept):
    translator = person("Übersetzung", languages=("ar",))
    address = screen(concept, sprache="ar")
    form = entries(translator, address)

    translator.post(address, form | row(CHAPTERS, 0, title_ar="واحد", reviewed="on"))
    form = entries(translator, address)
    del form[f"{CHAPTERS}-1-reviewed"]
    translator.post(address, form | row(CHAPTERS, 1, title_ar="اثنان"))

    states = [s.translation_states for s in Section.objects.filter(concept=concept)]
    assert states == [{"ar": "reviewed"}, {"ar": "machine"}]


@pytest.mark.any_database
def test_a_review_is_for_the_german_that_was_read(admin):
    topic = factories.topic(name_de="Wohnen", name_ar="سكن", translation_states={"ar": "machine"})
    translator = person("Übersetzung", languages=("ar",))
    address = screen(topic, sprache="ar")
    form = entries(translator, address)
    admin.post(screen(topic), entries(admin, topic) | {"name_de": "Wohnen und Miete"})

    asked = translator.post(address, form | {"reviewed": "on"})

    assert "Der deutsche Text hat sich inzwischen geändert" in words(page_of(asked))
    topic.refresh_from_db()
    assert topic.translation_states == {"ar": "outdated-machine"}
    translator.post(address, form_of(asked, "topic_form"))
    topic.refresh_from_db()
    assert topic.translation_states == {"ar": "reviewed"}


@pytest.mark.any_database
def test_an_empty_field_and_no_value_are_the_same(admin):
    service = factories.service(cost_de=None, order=100)
    mine = entries(admin, service)
    admin.post(screen(service), entries(admin, service) | {"order": "5"})

    answer = admin.post(screen(service), mine | {"cost_de": "5 Euro"})

    service.refresh_from_db()
    assert answer.status_code == 302
    assert (service.order, service.cost_de) == (5, "5 Euro")


def test_hours_on_their_own_screen_are_brought_together(admin, contact):
    (hours,) = OpeningHours.objects.filter(contact=contact)
    mine, theirs = entries(admin, hours), entries(admin, hours)
    admin.post(screen(hours), theirs | {"closes": "16:00"})

    admin.post(screen(hours), mine | {"opens": "08:00"})

    assert hours_of(contact) == [(0, "08:00", "16:00")]
