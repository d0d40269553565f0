"""How long a check of a record holds, and how staff say that they have made one."""

import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from contacts.models import ContactPerson
from offers.models import Service, Topic
from tests import factories
from tests.admin import entries, save, screen
from tests.core.browser import form_of, page_of, words

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
SCREENS = "/verwaltung/offers/topic/"
CONTENT = [
    factories.organisation,
    factories.location,
    factories.contact_person,
    factories.topic,
    factories.service,
    factories.concept,
    factories.section,
    factories.guiding_goal,
    factories.task,
    factories.milestone,
    factories.key_figure,
]
distances = st.none() | st.integers(-4_000, 4_000)


@pytest.fixture
def today():
    return timezone.localdate()


def written(day):
    return f"{day:%d.%m.%Y}"


# --- the record -----------------------------------------------------------------------------------


@given(distance=distances)
@example(distance=-1)
@example(distance=0)
@example(distance=1)
@example(distance=None)
def test_readers_are_warned_from_the_day_after_the_planned_check(distance):
    today = timezone.localdate()
    planned = None if distance is None else today + distance * DAY

    topic = factories.topic(save=False, next_check_on=planned)

    assert topic.is_overdue is (distance is not None and distance < 0)


@pytest.mark.parametrize("checked", [None, datetime.date(1990, 1, 1)])
def test_without_a_planned_check_readers_are_not_warned(checked):
    assert not factories.topic(save=False, checked_on=checked, next_check_on=None).is_overdue


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        # Planned for 2 November; in Lörrach the day is over at 23:00 in UTC.
        (datetime.datetime(2026, 11, 2, 22, 59, 59, tzinfo=datetime.UTC), False),
        (datetime.datetime(2026, 11, 2, 23, 0, tzinfo=datetime.UTC), True),
    ],
)
def test_the_day_of_the_check_ends_at_midnight_in_loerrach(monkeypatch, now, overdue):
    monkeypatch.setattr(timezone, "now", lambda: now)

    topic = factories.topic(save=False, next_check_on=datetime.date(2026, 11, 2))

    assert topic.is_overdue is overdue


@pytest.mark.parametrize("make", CONTENT)
def test_every_kind_of_content_can_be_confirmed(make, staff, today):
    record = make(evidence="unverified")

    record.confirm(staff)

    stored = type(record).objects.get(pk=record.pk)
    assert (stored.checked_on, stored.checked_by) == (today, staff)
    assert stored.next_check_on == today + 180 * DAY
    assert stored.evidence == "own"
    assert not stored.is_overdue
    assert not stored.is_unconfirmed


@pytest.mark.parametrize("evidence", ["own", "public"])
def test_confirming_leaves_a_good_source_as_it_is(staff, evidence):
    topic = factories.topic(evidence=evidence)

    topic.confirm(staff)

    topic.refresh_from_db()
    assert topic.evidence == evidence


def test_confirming_stores_nothing_but_the_check(staff):
    topic = factories.topic(name_de="Wohnen")
    topic.name_de = "Noch nicht gesichert"

    topic.confirm(staff)

    assert Topic.objects.get(pk=topic.pk).name_de == "Wohnen"


@pytest.mark.parametrize("days", [1, 30, 180, 365])
def test_the_next_check_is_planned_from_the_last_one(settings, days):
    settings.CHECK_INTERVAL_DAYS = days
    topic = factories.topic(save=False, checked_on=datetime.date(2026, 11, 2))

    topic.plan_next_check()

    assert topic.next_check_on == datetime.date(2026, 11, 2) + days * DAY


def test_the_interval_is_half_a_year_unless_the_operator_says_otherwise(settings):
    assert settings.CHECK_INTERVAL_DAYS == 180


def test_without_a_check_nothing_is_planned():
    topic = factories.topic(save=False)

    topic.plan_next_check()

    assert topic.next_check_on is None


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(checked=distances, planned=distances, interval=st.integers(1, 800))
@example(checked=-180, planned=None, interval=180)
@example(checked=-179, planned=None, interval=180)
@example(checked=-1_000, planned=1, interval=180)
@example(checked=0, planned=0, interval=180)
def test_the_database_finds_what_is_due(settings, today, checked, planned, interval):
    settings.CHECK_INTERVAL_DAYS = interval
    topic = factories.topic(
        checked_on=None if checked is None else today + checked * DAY,
        next_check_on=None if planned is None else today + planned * DAY,
    )

    found = Topic.objects.due_for_check(today).filter(pk=topic.pk).exists()
    topic.delete()

    if planned is not None:
        assert found is (planned <= 0)
    else:
        assert found is (checked is None or -checked >= interval)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_what_is_overdue_for_readers_is_due_for_staff(today, days):
    topic = factories.topic(next_check_on=today + days * DAY)

    due = Topic.objects.due_for_check(today).filter(pk=topic.pk).exists()

    assert due or not topic.is_overdue


# --- the list in the admin ------------------------------------------------------------------------


def test_the_list_can_be_narrowed_down_to_what_is_due(admin, today):
    Topic.objects.update(next_check_on=today + 365 * DAY)
    never = factories.topic(name_de="Nie geprüft")
    planned = factories.topic(name_de="Heute geplant", next_check_on=today, checked_on=today)
    long_ago = factories.topic(name_de="Lange her", checked_on=today - 180 * DAY)
    lately = factories.topic(name_de="Neulich", checked_on=today - 179 * DAY)
    draft = factories.topic(name_de="Entwurf", status="draft")

    def shown(query):
        return set(admin.get(f"{SCREENS}{query}").context["cl"].queryset)

    # Drafts too: whoever publishes one will want it checked.
    assert shown("?pruefung=faellig") == {never, planned, long_ago, draft}
    assert {never, planned, long_ago, lately, draft} <= shown("")
    assert shown("?pruefung=faellig&status__exact=published") == {never, planned, long_ago}


@pytest.mark.parametrize(
    "model",
    ["contacts/organisation", "contacts/location", "contacts/contactperson", "offers/service"],
)
def test_the_lists_of_what_is_checked_offer_that_filter(admin, model):
    page = page_of(admin.get(f"/verwaltung/{model}/"))

    (link,) = page.xpath("//*[@id='changelist-filter']//a[contains(@href, 'pruefung=faellig')]")
    assert words(link) == "fällig"
    assert "Nach Prüfung" in words(page.xpath("//*[@id='changelist-filter']")[0])


# --- the screen in the admin ----------------------------------------------------------------------


def test_one_button_saves_the_edits_and_confirms_the_record(admin, staff, today):
    topic = factories.topic(name_de="Wohnen", evidence="unverified")

    response = save(admin, topic, "_confirm", name_de="Wohnen und Leben")

    topic.refresh_from_db()
    assert topic.name_de == "Wohnen und Leben"
    assert (topic.checked_on, topic.checked_by) == (today, staff)
    assert topic.next_check_on == today + 180 * DAY
    assert topic.evidence == "own"
    assert response.url == screen(topic)
    page = words(page_of(admin.get(response.url)))
    assert f"Geprüft. Nächste Prüfung am {written(today + 180 * DAY)}." in page


def test_the_button_stands_on_the_screen_with_what_it_knows(admin, today):
    topic = factories.topic(checked_on=datetime.date(2026, 1, 2), next_check_on=today)
    never = factories.topic()

    (row,) = page_of(admin.get(screen(topic))).xpath("//p[@class='confirm-row']")
    (button,) = row.xpath(".//button")
    assert (button.get("name"), button.get("value")) == ("_confirm", "1")
    assert words(button) == "Sichern und bestätigen: Angaben heute geprüft"
    assert words(row).endswith(
        f"Zuletzt geprüft am 02.01.2026, nächste Prüfung am {written(today)}."
    )
    (row,) = page_of(admin.get(screen(never))).xpath("//p[@class='confirm-row']")
    assert "Noch nie geprüft." in words(row)


def test_a_wrong_edit_confirms_nothing(admin):
    topic = factories.topic(name_de="Wohnen")
    data = entries(admin, topic) | {"name_de": "", "_confirm": "1"}

    response = admin.post(screen(topic), data)

    assert response.status_code == 200
    topic.refresh_from_db()
    assert (topic.name_de, topic.checked_on) == ("Wohnen", None)


def test_whoever_confirms_says_that_it_is_right_today_whatever_day_they_typed(admin, today):
    topic = factories.topic()

    save(admin, topic, "_confirm", checked_on="01.02.2020")

    topic.refresh_from_db()
    assert topic.checked_on == today


def test_saving_without_that_button_confirms_nothing(admin):
    topic = factories.topic(evidence="unverified")

    save(admin, topic, name_de="Neu")

    topic.refresh_from_db()
    assert (topic.checked_on, topic.checked_by, topic.next_check_on) == (None, None, None)
    assert topic.evidence == "unverified"


@pytest.mark.parametrize("language", ["en", "ar", "de-simple"])
def test_a_translator_is_not_asked_whether_the_facts_are_right(admin, language):
    topic = factories.topic()

    page = page_of(admin.get(screen(topic, sprache=language)))

    assert not page.xpath("//*[@name='_confirm']")


def test_a_new_record_is_not_confirmed_before_it_exists(admin):
    assert not page_of(admin.get(f"{SCREENS}add/")).xpath("//*[@name='_confirm']")


def test_whoever_may_only_look_confirms_nothing():
    topic = factories.topic()
    viewer = User.objects.create_user("leserin", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client = Client()
    client.force_login(viewer)

    assert not page_of(client.get(screen(topic))).xpath("//*[@name='_confirm']")
    assert client.post(screen(topic), {"_confirm": "1"}).status_code == 403
    topic.refresh_from_db()
    assert topic.checked_on is None


def test_hours_are_saved_with_the_confirmation_too(admin, today):
    contact = factories.contact_person()
    address = f"/verwaltung/contacts/contactperson/{contact.pk}/change/"
    data = form_of(admin.get(address), "contactperson_form") | {
        "openinghours_rows-TOTAL_FORMS": "1",
        "openinghours_rows-0-weekday": "0",
        "openinghours_rows-0-opens": "08:00",
        "openinghours_rows-0-closes": "12:00",
        "openinghours_rows-0-contact": str(contact.pk),
        "_confirm": "1",
    }

    assert admin.post(address, data).status_code == 302

    contact.refresh_from_db()
    assert contact.checked_on == today
    assert [str(row) for row in contact.openinghours_rows.all()] == ["Montag 08:00–12:00"]


@pytest.mark.parametrize(
    ("model", "make", "address"),
    [
        (Service, factories.service, "/verwaltung/offers/service/"),
        (ContactPerson, factories.contact_person, "/verwaltung/contacts/contactperson/"),
    ],
)
def test_the_button_works_on_the_screens_of_what_readers_rely_on(
    admin, today, model, make, address
):
    record = make()
    address = f"{address}{record.pk}/change/"
    data = form_of(admin.get(address), f"{model._meta.model_name}_form")

    assert admin.post(address, data | {"_confirm": "1"}).status_code == 302

    record.refresh_from_db()
    assert record.checked_on == today


# --- the date typed by hand -----------------------------------------------------------------------


def test_a_check_noted_by_hand_plans_the_next_one(admin, staff):
    topic = factories.topic(next_check_on=datetime.date(2026, 1, 1))

    save(admin, topic, checked_on="02.11.2026")

    topic.refresh_from_db()
    assert (topic.checked_on, topic.checked_by) == (datetime.date(2026, 11, 2), staff)
    assert topic.next_check_on == datetime.date(2026, 11, 2) + 180 * DAY


def test_a_day_that_staff_plan_themselves_counts(admin):
    topic = factories.topic()

    save(admin, topic, checked_on="02.11.2026", next_check_on="24.12.2026")

    topic.refresh_from_db()
    assert topic.next_check_on == datetime.date(2026, 12, 24)


def test_a_day_can_be_planned_without_a_check(admin):
    topic = factories.topic(checked_on=datetime.date(2026, 11, 2))

    save(admin, topic, next_check_on="24.12.2026")

    topic.refresh_from_db()
    assert topic.checked_on == datetime.date(2026, 11, 2)
    assert topic.next_check_on == datetime.date(2026, 12, 24)


def test_an_edit_that_is_no_check_leaves_the_plan_alone(admin):
    topic = factories.topic(
        checked_on=datetime.date(2026, 11, 2), next_check_on=datetime.date(2026, 12, 24)
    )

    save(admin, topic, name_de="Neu")

    topic.refresh_from_db()
    assert topic.checked_on == datetime.date(2026, 11, 2)
    assert topic.next_check_on == datetime.date(2026, 12, 24)


def test_a_check_that_is_taken_back_leaves_the_record_due(admin, staff, today):
    topic = factories.topic()
    topic.confirm(staff)
    assert topic not in Topic.objects.due_for_check(today)

    save(admin, topic, checked_on="")

    topic.refresh_from_db()
    assert topic.checked_on is None
    assert topic in Topic.objects.due_for_check(today)
