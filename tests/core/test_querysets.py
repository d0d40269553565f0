"""What readers may see, in their language, without a query too many."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concept.models import GuidingGoal, Section
from contacts.models import ContactPerson, Location, Organisation
from contacts.querysets import hours_of, language_tags
from lkintegration.core.querysets import published
from offers.models import Service, Topic
from tests import factories

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
# Never near the present moment, so that no example depends on how fast the test runs.
offsets = st.none() | st.integers(-400, 400).filter(bool).map(lambda h: datetime.timedelta(hours=h))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    status=st.sampled_from(["draft", "in_review", "published", "archived"]),
    window=st.tuples(offsets, offsets).filter(lambda w: None in w or w[0] < w[1]),
)
def test_the_database_and_the_record_agree_on_what_is_public(status, window):
    now = timezone.now()
    start, end = (offset and now + offset for offset in window)
    topic = factories.topic(status=status, publish_from=start, publish_until=end)

    found = Topic.objects.published().filter(pk=topic.pk).exists()
    public = topic.is_public
    topic.delete()

    assert found is public


def test_a_query_asks_for_the_moment_at_which_it_is_run(monkeypatch):
    start = timezone.now() + datetime.timedelta(hours=1)
    factories.topic(slug="bald", publish_from=start)
    query = Topic.objects.published().filter(slug="bald")
    assert not query.all()

    monkeypatch.setattr(timezone, "now", lambda: start)

    assert query.all()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MOMENT - SECOND, False),
        (MOMENT, True),
        (MOMENT + SECOND, True),
        (MOMENT + 10 * SECOND - SECOND, True),
        (MOMENT + 10 * SECOND, False),
    ],
)
def test_a_period_includes_its_first_moment_and_not_its_last(at, expected):
    topic = factories.topic(publish_from=MOMENT, publish_until=MOMENT + 10 * SECOND)

    assert Topic.objects.published(at).filter(pk=topic.pk).exists() is expected


def test_a_condition_can_be_asked_of_a_relation():
    service = factories.service(organisation=factories.organisation(publish_from=MOMENT))
    services = Service.objects.filter(pk=service.pk)

    assert services.filter(published("organisation__", MOMENT)).exists()
    assert not services.filter(published("organisation__", MOMENT - SECOND)).exists()


@pytest.mark.parametrize(
    ("make", "parent", "make_parent"),
    [
        (factories.service, "organisation", factories.organisation),
        (factories.location, "organisation", factories.organisation),
        (factories.contact_person, "organisation", factories.organisation),
        (factories.section, "concept", factories.concept),
        (factories.guiding_goal, "concept", factories.concept),
        (factories.guiding_goal, "topic", factories.topic),
    ],
)
def test_what_belongs_to_something_unpublished_is_hidden_with_it(make, parent, make_parent):
    shown = make(**{parent: make_parent()})
    hidden = make(**{parent: make_parent(status="draft")})
    ended = make(**{parent: make_parent(publish_until=MOMENT - 365 * 24 * 60 * 60 * SECOND)})

    public = type(shown).objects.published()

    assert shown in public
    assert hidden not in public
    assert ended not in public


def test_a_reader_s_query_leaves_the_other_languages_in_the_database():
    pk = factories.topic(name_ar="م").pk

    with override("ar"):
        topic = Topic.objects.for_reader().get(pk=pk)

    assert topic.get_deferred_fields() == {
        f"{field}_{code}"
        for field in ("name", "description")
        for code in ("de_simple", "en", "uk", "tr", "it", "ro", "fr", "sq", "ru", "fa")
    }


@pytest.mark.parametrize(
    "records",
    [
        lambda: GuidingGoal.objects.for_reader("concept", "topic"),
        lambda: Section.objects.for_reader("concept"),
        Location.objects.with_card,
        ContactPerson.objects.with_card,
    ],
)
def test_a_reader_s_query_leaves_them_there_for_related_records_too(records):
    factories.guiding_goal()
    factories.contact_person(location=factories.location())
    factories.section()

    with override("ar"):
        record = records().last()

    loaded = [record, *record._state.fields_cache.values()]
    assert len(loaded) > 1
    for row in loaded:
        assert row.get_deferred_fields()
        assert not [name for name in row.__dict__ if name.endswith(("_en", "_fa", "_de_simple"))]


def test_what_a_reader_gets_needs_no_further_query(django_assert_num_queries):
    factories.contact_person(order=32000)

    with override("ar"), django_assert_num_queries(1):
        contact = ContactPerson.objects.with_card().last()
        assert (contact.role, contact.organisation.name) == ("Beraterin", "Verein Brücke")
        assert (contact.hours, contact.language_tags) == ([], [])


def test_records_are_sorted_by_plain_fields_first_then_by_what_a_reader_reads():
    pks = [
        factories.topic(order=2, name_de="A", name_en="Z").pk,
        factories.topic(order=2, name_de="M").pk,
        factories.topic(order=1, name_de="Z").pk,
    ]
    topics = Topic.objects.filter(pk__in=pks)

    assert [t.name_de for t in topics.sorted_for_reader("order", "name")] == ["Z", "A", "M"]
    with override("en"):
        assert [t.name_de for t in topics.sorted_for_reader("order", "name")] == ["Z", "M", "A"]


def test_equal_names_keep_one_order():
    pks = [factories.organisation(name_de="Gleich").pk for _ in range(3)]

    same = Organisation.objects.filter(pk__in=pks).sorted_for_reader("name")

    assert [row.pk for row in same] == pks


def test_rows_of_a_relation_come_as_a_list_in_their_order():
    contact = factories.contact_person()
    for weekday, hour in ((4, 9), (0, 14), (0, 8)):
        factories.opening_hours(
            contact=contact,
            weekday=weekday,
            opens=datetime.time(hour),
            closes=datetime.time(hour + 2),
            by_appointment=weekday == 4,
        )

    found = ContactPerson.objects.annotate(rows=hours_of("contact")).get(pk=contact.pk)

    assert [(row["weekday"], row["opens"][:5], row["closes"][:5]) for row in found.rows] == [
        (0, "08:00", "10:00"),
        (0, "14:00", "16:00"),
        (4, "09:00", "11:00"),
    ]
    assert [bool(row["by_appointment"]) for row in found.rows] == [False, False, True]


def test_a_record_without_rows_has_an_empty_list():
    pk = factories.contact_person().pk

    found = ContactPerson.objects.annotate(
        rows=hours_of("contact"), tags=language_tags("contacts")
    ).get(pk=pk)

    assert found.rows == []
    assert found.tags == []


def test_each_record_has_its_own_rows_only():
    first, second = factories.contact_person(), factories.contact_person()
    factories.opening_hours(contact=first, weekday=1)
    factories.opening_hours(contact=second, weekday=2)
    factories.opening_hours(location=factories.location(), weekday=3)

    rows = ContactPerson.objects.annotate(rows=hours_of("contact")).in_bulk([first.pk, second.pk])

    assert [row["weekday"] for row in rows[first.pk].rows] == [1]
    assert [row["weekday"] for row in rows[second.pk].rows] == [2]


def test_text_of_any_script_passes_through_a_list():
    contact = factories.contact_person()
    contact.languages.add(factories.language(tag='a"b\\ü', name="A"))

    found = ContactPerson.objects.annotate(tags=language_tags("contacts")).get(pk=contact.pk)

    assert found.tags == [{"tag": 'a"b\\ü'}]


@pytest.mark.any_database
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the planner of PostgreSQL needs no help")
def test_the_languages_of_a_record_are_found_by_its_key():
    assert "object_id=?" in Topic.objects.with_languages().explain()
