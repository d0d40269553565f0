"""What is said of a record and what readers are shown are the same, for every kind and moment."""

import datetime
from itertools import product

import pytest
from django.utils import timezone

from concept.models import GuidingGoal
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.visibility import hidden_beside, hindrances, published_parents
from lkintegration.notices.models import Notice
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PERIODS = [
    (begin, end)
    for begin, end in product((None, NOW - HOUR, NOW, NOW + HOUR), repeat=2)
    if begin is None or end is None or begin < end
]
STATES = [
    {"status": status, "publish_from": begin, "publish_until": end}
    for status in PublicationStatus
    for begin, end in PERIODS
]


def with_state(record, state):
    """Write ``state`` past all that looks at it, and return the record as it is stored."""
    content_of(type(record)).filter(pk=record.pk).update(**state)
    return content_of(type(record)).get(pk=record.pk)


@pytest.mark.parametrize("kind", sorted(kinds(), key=lambda kind: kind._meta.label))
def test_what_is_said_is_what_the_queryset_shows(kind):
    parents = published_parents(kind)
    own = {"key": "aufgaben"} if kind._meta.model_name == "page" else {}
    record = kind.objects.get(**own) if own else factories.make(kind)
    if kind is Notice:
        record = factories.notice(scope="service", service=factories.service())
    owners = [owner for owner in (getattr(record, name) for name in parents) if owner]
    # A notice is about one thing at most.
    assert len(owners) == (1 if kind is Notice else len(parents))

    for subject in (record, *owners):
        for state in STATES:
            with_state(subject, state)
            stored = content_of(kind).select_related(*parents).get(pk=record.pk)
            shown = content_of(kind).published(NOW).filter(pk=record.pk).exists()
            assert shown == (not hindrances(stored, NOW)), (subject, state)
            hidden = content_of(kind).hidden(NOW).filter(pk=record.pk).exists()
            assert hidden == (not shown), (subject, state)
        with_state(subject, {"status": "published", "publish_from": None, "publish_until": None})


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"status": "draft"}, "Entwurf"),
        ({"status": "archived"}, "archiviert"),
        (
            {"publish_from": datetime.datetime(2126, 12, 31, 23, tzinfo=datetime.UTC)},
            "erst ab 1. Januar 2127 öffentlich",
        ),
        (
            {"publish_until": datetime.datetime(2026, 3, 3, 13, 30, tzinfo=datetime.UTC)},
            "seit 3. März 2026, 14:30 Uhr nicht mehr öffentlich",
        ),
    ],
)
def test_it_is_said_in_german_of_the_record_and_of_what_it_belongs_to(state, words):
    service = factories.service()

    with_state(service, state)
    assert [str(found) for found in hindrances(type(service).objects.get(pk=service.pk))] == [words]

    with_state(service, {"status": "published", "publish_from": None, "publish_until": None})
    with_state(service.organisation, state)
    told = [str(found) for found in hindrances(type(service).objects.get(pk=service.pk))]
    assert told == [f"Träger „Verein Brücke“ ist {words}"]


def test_what_is_named_and_not_shown_beside_is_found_in_one_query(django_assert_num_queries):
    service = factories.service()
    place = factories.location(organisation=service.organisation, name_de="Haus")
    service.locations.set([place, factories.location(status="draft", name_de="Keller")])
    service.topics.set([factories.topic()])

    assert [place.name_de for place in hidden_beside(service)] == ["Keller"]
    service.locations.set([place])
    with django_assert_num_queries(1):
        assert hidden_beside(service) == []


def test_a_goal_waits_for_its_edition_and_its_topic():
    goal = factories.guiding_goal()
    with_state(goal.concept, {"status": "draft"})
    with_state(goal.topic, {"publish_from": timezone.now() + HOUR})

    told = [found.record for found in hindrances(GuidingGoal.objects.get(pk=goal.pk))]

    assert told == [goal.concept, goal.topic]
