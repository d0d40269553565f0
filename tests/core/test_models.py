"""What every kind of content shares: a period of publication, and how far it can be trusted."""

import datetime

import pytest
from django.utils import timezone

from lkintegration.seed.load_content import load_content
from offers.models import Service
from tests import factories
from tests.core.refusals import assert_refused

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def test_publication_cannot_end_before_it_begins():
    now = timezone.now()

    assert_refused(
        factories.topic(save=False, publish_from=now, publish_until=now - HOUR),
        "„Veröffentlichen bis“ muss nach „Veröffentlichen ab“ liegen.",
    )


def test_publication_cannot_end_at_the_moment_it_begins():
    now = timezone.now()

    assert_refused(
        factories.topic(save=False, publish_from=now, publish_until=now),
        "„Veröffentlichen bis“ muss nach „Veröffentlichen ab“ liegen.",
    )


@pytest.mark.parametrize(
    "make",
    [
        factories.organisation,
        factories.location,
        factories.contact_person,
        factories.service,
        factories.concept,
        factories.section,
        factories.guiding_goal,
        factories.task,
        factories.milestone,
        factories.key_figure,
    ],
)
def test_the_rule_about_periods_holds_for_every_kind_of_content(make):
    now = timezone.now()

    assert_refused(
        make(save=False, publish_from=now, publish_until=now - HOUR),
        "„Veröffentlichen bis“ muss nach „Veröffentlichen ab“ liegen.",
    )


def test_what_nobody_published_is_a_draft_that_readers_do_not_see():
    topic = factories.topic(status="draft")

    assert not topic.is_public
    assert not type(topic)().is_public


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_only_one_status_is_public(status):
    assert not factories.topic(status=status).is_public
    assert factories.topic().is_public


@pytest.mark.parametrize(
    ("evidence", "expected"), [("own", False), ("public", False), ("unverified", True)]
)
def test_readers_are_told_about_unverified_details_only(evidence, expected):
    assert factories.topic(evidence=evidence).is_unconfirmed is expected


def test_a_new_record_counts_as_unverified_until_somebody_says_otherwise():
    assert type(factories.topic())().is_unconfirmed


def test_a_check_outlives_the_account_of_the_person_who_made_it(staff):
    topic = factories.topic(checked_on=datetime.date(2026, 11, 1), checked_by=staff)

    staff.delete()

    topic.refresh_from_db()
    assert topic.checked_by is None
    assert topic.checked_on == datetime.date(2026, 11, 1)


def test_a_record_knows_when_readers_last_saw_something_new():
    long_ago = timezone.now() - 9 * HOUR
    topic = factories.topic()
    topics = type(topic).objects.filter(pk=topic.pk)

    def age(**stamped):
        topics.update(changed_at=long_ago)
        if stamped:
            topics.update(**stamped)
        topic.refresh_from_db()
        return topic.news_at - long_ago

    assert age() == datetime.timedelta(0)
    assert age(name_en="Neighbourhood") > 8 * HOUR
    assert age(changed_at=long_ago, publish_from=long_ago + HOUR) == HOUR


def test_a_check_that_finds_all_well_is_no_news(staff):
    topic = factories.topic()
    before = topic.changed_at

    topic.confirm(staff)

    topic.refresh_from_db()
    assert topic.changed_at == before


def test_loading_the_same_content_again_is_no_news():
    before = {service.pk: service.changed_at for service in Service.objects.all()}

    load_content()

    assert {service.pk: service.changed_at for service in Service.objects.all()} == before
