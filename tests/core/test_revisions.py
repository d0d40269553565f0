"""Who changed what, and bringing it back."""

import datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contacts.models import OpeningHours, Organisation
from lkintegration.core.earlier_states import deleted_rows
from lkintegration.core.models.history import one_save
from lkintegration.core.old_saves import number_old_saves
from lkintegration.core.recording import historical_models, record_first_states
from lkintegration.core.restoring import restore
from lkintegration.core.retention import delete_old_revisions
from lkintegration.core.revisions import changes_of_save, revisions_of
from lkintegration.editing.revision_admin import STATES_A_PAGE
from lkintegration.pages.models import Page
from offers.models import Service, Topic
from tests import factories
from tests.admin import save, screen
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return factories.service(name_de="Sprechstunde", name_ar="ساعة استشارة", cost_de="kostenlos")


def change(record, **values):
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


def told(record):
    return [
        (change.field, change.language, change.before, change.after)
        for change in revisions_of(type(record), record.pk)[0].changes
    ]


def test_a_change_is_told_by_field_and_language(service):
    change(service, name_ar="استشارة", max_age=27)

    assert told(service) == [
        ("Alter bis", "", "", "27"),
        ("Name", "ar", "ساعة استشارة", "استشارة"),
    ]
    assert revisions_of(Service, service.pk)[0].languages == ["العربية"]


@pytest.mark.any_database
def test_staff_read_names_and_labels_not_keys(service):
    other = factories.organisation(name_de="Verein")
    before = service.organisation.name_de
    change(service, status="archived", organisation=other, first_contact=True)

    assert ("Status", "", "veröffentlicht", "archiviert") in told(service)
    assert ("Träger", "", before, "Verein") in told(service)
    assert ("erste Anlaufstelle", "", "nein", "ja") in told(service)


WINTER = datetime.datetime(2026, 11, 30, 23, 0, tzinfo=datetime.UTC), "01.12.2026 00:00"
SUMMER = datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC), "01.07.2026 00:30"


@pytest.mark.any_database
@pytest.mark.parametrize(("moment", "read"), [WINTER, SUMMER], ids=["winter", "summer"])
def test_staff_read_times_as_they_entered_them(service, moment, read):
    change(service, publish_from=moment)

    assert told(service) == [("veröffentlichen ab", "", "", read)]


@pytest.mark.any_database
@pytest.mark.parametrize(("moment", "read"), [WINTER, SUMMER], ids=["winter", "summer"])
def test_the_page_that_brings_a_state_back_says_its_local_time(admin, service, moment, read):
    service.history.update(history_date=moment)
    first = service.history.first()
    change(service, name_de="Beratung")

    page = admin.post(f"/verwaltung/offers/service/stand/{first.pk}/", follow=True)

    assert f"Stand vom {read} ist wieder da" in words(page_of(page))


@pytest.mark.any_database
@pytest.mark.parametrize(("moment", "read"), [WINTER, SUMMER], ids=["winter", "summer"])
def test_the_list_of_deleted_records_says_the_local_time(admin, service, moment, read):
    service.delete()
    Service.history.filter(history_type="-").update(history_date=moment)

    assert read[-5:] in words(page_of(admin.get("/verwaltung/offers/service/geloescht/")))


def test_relations_are_kept_as_well(service):
    arbeit, sprache = (Topic.objects.get(slug=slug) for slug in ("arbeit", "sprache"))
    service.topics.set([arbeit])
    first = service.history.first()
    with one_save():
        service.topics.set([sprache])
    assert told(service)[0][2:] == (str(arbeit), str(sprache))

    restore(first)

    assert list(service.topics.all()) == [arbeit]


def test_a_relation_written_from_its_other_side_is_told_as_well(service):
    topic = Topic.objects.get(slug="arbeit")
    topic.services.add(service)
    assert told(service) == [("Handlungsfelder", "", "", str(topic))]

    topic.services.clear()
    assert told(service) == [("Handlungsfelder", "", str(topic), "")]


def test_what_one_save_writes_is_one_revision_however_long_it_takes(service):
    arbeit = Topic.objects.get(slug="arbeit")
    with one_save():
        changed = change(service, cost_de="5 Euro")
        service.history.update(history_date=timezone.now() - datetime.timedelta(hours=1))
        changed.topics.set([arbeit])
    change(service, cost_de="6 Euro")
    change(service, cost_de="7 Euro")

    newest, before, both, _made = revisions_of(Service, service.pk)

    assert [[change.field for change in row.changes] for row in (newest, before, both)] == [
        ["Kosten"],
        ["Kosten"],
        ["Kosten", "Handlungsfelder"],
    ]


def test_the_form_of_a_record_writes_one_revision(admin, service):
    arbeit = Topic.objects.get(slug="arbeit")
    before = len(revisions_of(Service, service.pk))

    save(admin, service, cost_de="5 Euro", topics=[str(arbeit.pk)])

    newest, *older = revisions_of(Service, service.pk)
    assert [change.field for change in newest.changes] == ["Kosten", "Handlungsfelder"]
    assert len(older) == before


MONDAY = "Montag 08:00–12:00"


def rows_changed(record):
    return [
        (change.row, change.field, change.before, change.after)
        for change in changes_of_save(record)
        if change.row
    ]


def test_what_a_save_changes_of_a_record_is_told_with_the_rows_below_it():
    ayla = factories.contact_person(room="1")
    monday = factories.opening_hours(contact=ayla)
    tuesday = factories.opening_hours(contact=ayla, weekday=1)
    assert changes_of_save(ayla) == []
    with one_save():
        change(ayla, room="2")
        change(monday, closes=datetime.time(16))
        tuesday.delete()
        factories.closed_period(contact=ayla, reason_de="Urlaub", reason_ar="إجازة")

        assert [row.field for row in changes_of_save(ayla) if not row.row] == ["Zimmer"]
        assert rows_changed(ayla) == [
            ("Öffnungszeit Montag 08:00–12:00", "Öffnungszeit", MONDAY, "Montag 08:00–16:00"),
            ("Öffnungszeit Dienstag 08:00–12:00", "Öffnungszeit", "Dienstag 08:00–12:00", ""),
            *[
                ("Schließzeit 03.08.2026 bis 03.08.2026", *told)
                for told in [
                    ("Schließzeit", "", "03.08.2026 bis 03.08.2026"),
                    ("Grund", "", "Urlaub"),
                    ("Grund", "", "إجازة"),
                ]
            ],
        ]


def test_of_older_rows_those_of_one_account_within_two_seconds_are_one_save(service):
    def seconds(number):
        return timezone.now() + datetime.timedelta(seconds=number)

    for number in (10, 11, 12, 20, 30):
        change(service, cost_de=f"{number} Euro")
        service.history.filter(cost_de=f"{number} Euro").update(history_date=seconds(number))
    other = User.objects.create_user("jemand")
    service.history.filter(cost_de="12 Euro").update(history_user=other)
    Service.history.update(save_id=None)

    number_old_saves("offers").code(apps, SimpleNamespace(connection=connection))

    rows = service.history.order_by("history_id").values_list("save_id", flat=True)
    made, ten, eleven, twelve, twenty, thirty = rows
    assert ten == eleven
    assert len({made, ten, twelve, twenty, thirty}) == 5
    assert not Service.history.filter(save_id=None).exists()


def test_a_state_comes_back_whole_and_what_was_there_until_then_stays_known(service):
    first = service.history.first()
    change(service, name_de="Beratung", name_ar="", cost_de="5 Euro")

    restore(first)

    service = Service.objects.get(pk=service.pk)
    assert (service.name_de, service.name_ar, service.cost_de) == (
        "Sprechstunde",
        "ساعة استشارة",
        "kostenlos",
    )
    assert [row.name_de for row in service.history.all()] == [
        "Sprechstunde",
        "Beratung",
        "Sprechstunde",
    ]


def test_a_deleted_record_comes_back_under_its_own_address(service):
    slug, key = service.slug, service.pk
    service.delete()
    (row,) = [row for row in deleted_rows(Service) if row.id == key]

    restore(row)

    assert Service.objects.get(pk=key).slug == slug
    assert key not in {row.id for row in deleted_rows(Service)}


def test_a_state_that_is_no_longer_possible_changes_nothing():
    organisation = factories.organisation(name_de="Verein")
    service = factories.service(organisation=organisation)
    service.delete()
    organisation.delete()
    row = deleted_rows(Service)[0]

    with pytest.raises(ValidationError, match="Träger"):
        restore(row)

    assert not Service.objects.filter(pk=row.id).exists()


class Texts(TestCase):
    """Whatever was written comes back as it was."""

    @given(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20),
            min_size=1,
            max_size=3,
        )
    )
    def test_every_earlier_text_comes_back(self, texts):
        topic = Topic.objects.create(name_de="Anfang", slug="anfang")
        rows = [topic.history.first()]
        for text in texts:
            topic.description_de = text
            topic.save()
            rows.append(topic.history.first())
        for row, text in zip(rows, ["", *texts], strict=True):
            row.instance.save()
            assert (Topic.objects.get(pk=topic.pk).description_de or "") == text
        topic.delete()


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def test_a_state_goes_so_many_days_after_it_was_replaced(service, settings):
    settings.HISTORY_RETENTION_DAYS = 30
    service.topics.add(Topic.objects.get(slug="arbeit"))
    change(service, cost_de="5 Euro")
    change(service, cost_de="6 Euro")
    made, with_topic, five, six = service.history.order_by("history_id")
    for row, days in [(made, 900), (with_topic, 800), (five, 40), (six, 10)]:
        service.history.filter(pk=row.pk).update(history_date=days_ago(days))

    assert delete_old_revisions(timezone.now()) == 2

    assert list(service.history.all()) == [six, five]  # until 10 days ago that was the text
    assert set(
        Service.history.model.topics.filter(service_id=service.pk).values_list("history", flat=True)
    ) == {five.pk, six.pk}


def test_the_present_state_stays_however_old_so_that_the_next_change_can_be_taken_back(
    service, settings
):
    settings.HISTORY_RETENTION_DAYS = 30
    service.history.update(history_date=days_ago(5000))
    delete_old_revisions(timezone.now())
    change(service, cost_de="5 Euro")
    delete_old_revisions(timezone.now())

    restore(revisions_of(Service, service.pk)[1].state)

    assert Service.objects.get(pk=service.pk).cost_de == "kostenlos"


def test_what_was_written_past_the_history_can_be_taken_back_as_well():
    Topic.objects.bulk_create([Topic(name_de="Früher", slug="frueher", translation_states={})])
    topic = Topic.objects.get(slug="frueher")
    service = Service.objects.create(
        name_de="Kurs", slug="kurs", organisation=factories.organisation()
    )
    service.topics.add(topic)
    Service.history.all().delete()

    assert record_first_states(timezone.now()) == 1 + Service.objects.count()
    assert record_first_states(timezone.now()) == 0
    service.topics.clear()
    restore(service.history.last())

    assert list(service.topics.all()) == [topic]


def test_of_what_was_deleted_long_ago_nothing_is_kept(service, settings):
    settings.HISTORY_RETENTION_DAYS = 30
    key = service.pk
    service.delete()
    Service.history.filter(id=key).update(history_date=days_ago(31))

    delete_old_revisions(timezone.now())

    assert not Service.history.filter(id=key).exists()


@pytest.mark.any_database
def test_every_kind_of_content_has_a_history():
    tracked = {model.instance_type._meta.label for model in historical_models()}

    assert len(tracked) == 18
    assert {Page._meta.label, OpeningHours._meta.label, Organisation._meta.label} <= tracked


# --- the pages of the admin ------------------------------------------------------------------


@pytest.mark.any_database
def test_a_field_in_another_language_is_called_by_the_name_of_the_language(admin, service):
    service.cost_ar = "مجاناً"
    service.save()

    page = page_of(admin.get(screen(service, "history")))

    assert words(page.xpath("//ol[@class='history']/li//dt")[0]) == "Kosten (Arabisch)"


@pytest.mark.any_database
def test_the_page_says_who_changed_what_and_brings_it_back(admin, staff, service):
    save(admin, service, cost_de="5 Euro")

    page = page_of(admin.get(screen(service, "history")))
    newest, *older = page.xpath("//ol[@class='history']/li")
    assert staff.username in words(newest)
    assert [words(part) for part in newest.xpath(".//dt | .//dd")] == [
        "Kosten",
        "entfernt: kostenlos neu: 5 Euro",
    ]
    assert not newest.xpath(".//form")

    (form,) = older[-1].xpath(".//form")
    answer = admin.post(form.get("action"))
    assert answer.url == screen(service, "change")
    service.refresh_from_db()
    assert service.cost_de == "kostenlos"


def test_deleted_records_are_listed_and_brought_back(admin, service):
    name = service.name_de
    admin.post(screen(service, "delete"), {"post": "yes"})

    page = page_of(admin.get("/verwaltung/offers/service/geloescht/"))
    (item,) = [item for item in page.xpath("//ul[@class='history']/li") if name in words(item)]
    admin.post(item.xpath(".//form")[0].get("action"))

    assert Service.objects.filter(pk=service.pk).exists()


@pytest.mark.any_database
def test_a_list_leads_to_what_was_deleted(admin):
    links = page_of(admin.get("/verwaltung/offers/service/")).xpath(
        "//ul[@class='object-tools']//a/@href"
    )

    assert "/verwaltung/offers/service/geloescht/" in links


@pytest.mark.any_database
def test_what_cannot_come_back_says_why(admin):
    organisation = factories.organisation(name_de="Verein")
    service = factories.service(organisation=organisation)
    service.delete()
    organisation.delete()
    row = deleted_rows(Service)[0]

    answer = admin.post(f"/verwaltung/offers/service/stand/{row.pk}/", follow=True)

    assert "Dieser Stand lässt sich nicht holen" in words(page_of(answer))


@pytest.mark.any_database
@pytest.mark.parametrize("right", ["view_service", None])
def test_only_those_who_may_change_bring_something_back(client, service, right):
    user = User.objects.create_user("neu", is_staff=True)
    if right:
        user.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(user)
    version = f"/verwaltung/offers/service/stand/{service.history.first().pk}/"

    assert client.get(screen(service, "history")).status_code == (200 if right else 403)
    assert client.get("/verwaltung/offers/service/geloescht/").status_code == (
        200 if right else 403
    )
    assert client.post(version).status_code == 403
    assert client.get(version).status_code == 403


@pytest.mark.any_database
def test_nothing_is_brought_back_by_a_mere_visit(admin, service):
    version = service.history.first().pk

    assert admin.get(f"/verwaltung/offers/service/stand/{version}/").status_code == 403
    assert admin.post("/verwaltung/offers/service/stand/0/").status_code == 404
    assert admin.get("/verwaltung/offers/service/0/history/").status_code == 404


FEW, MANY = 3, 30


@pytest.mark.parametrize("saves", [FEW, MANY])
def test_a_history_asks_the_same_however_long_it_is(
    admin, service, django_assert_num_queries, saves
):
    ayla = factories.contact_person(location=factories.location())
    monday = factories.opening_hours(contact=ayla)
    for number in range(saves):
        with one_save():
            change(ayla, room=str(number), location=factories.location())
            change(monday, closes=datetime.time(13 + number % 2))
            factories.opening_hours(contact=ayla, weekday=number % 7)
            ayla.languages.add(factories.language())
    admin.get(screen(ayla, "history"))

    with django_assert_num_queries(10):
        page = admin.get(screen(ayla, "history"))

    shown = page_of(page).xpath("//ol[@class='history']/li")
    assert len(shown) == min(saves + 2, STATES_A_PAGE)


def test_a_long_history_goes_on_on_the_next_page(admin, service):
    for number in range(30):
        change(service, cost_de=f"{number} Euro")

    first, second = (
        page_of(admin.get(f"{screen(service, 'history')}?seite={number}")) for number in (1, 2)
    )

    assert words(first.xpath("//nav[@class='paginator']")[0]) == "1 2 31 Einträge"
    told = [page.xpath("//ol[@class='history']/li") for page in (first, second)]
    assert [len(rows) for rows in told] == [25, 6]
    assert second.xpath("//ol/@start") == ["6"]
    assert "Angelegt." in words(told[1][-1])
    assert [len(page.xpath("//ol//form")) for page in (first, second)] == [24, 6]
    assert words(first).count("Das ist der heutige Stand.") == 1
    assert "heutige Stand." not in words(second.xpath("//ol")[0])


def test_a_place_tells_its_hours(admin):
    place = factories.location()
    monday = factories.opening_hours(contact=None, location=place)

    change(monday, closes=datetime.time(13))

    newest = page_of(admin.get(screen(place, "history"))).xpath("//ol[@class='history']/li")[0]
    assert [words(part) for part in newest.xpath(".//dt | .//dd")] == [
        "Öffnungszeit",
        "entfernt: Montag 08:00–12:00 → neu: Montag 08:00–13:00",
    ]


def test_relations_are_told_as_names_that_came_and_went(admin, service):
    stays, goes, comes = (Topic.objects.get(slug=s) for s in ("arbeit", "sprache", "wohnen"))
    service.topics.set([stays, goes])
    with one_save():
        service.topics.set([stays, comes])

    newest = page_of(admin.get(screen(service, "history"))).xpath("//ol[@class='history']/li")[0]

    assert words(newest.xpath(".//dd")[0]) == f"entfernt: {goes} neu: {comes}"


@pytest.mark.parametrize("number", [FEW, MANY])
def test_a_list_of_deleted_records_asks_the_same_however_long_it_is(
    admin, django_assert_num_queries, number
):
    for _place in range(number):
        factories.service().delete()
    admin.get("/verwaltung/offers/service/geloescht/")

    with django_assert_num_queries(5):
        page = admin.get("/verwaltung/offers/service/geloescht/")

    shown = page_of(page).xpath("//ul[@class='history']/li")
    assert len(shown) == min(number, STATES_A_PAGE)
