"""Translators begin with what is missing, and no draft keeps them waiting."""

import pytest
from django.urls import reverse

from concept.edition_drafts import copy_edition
from lkintegration.core.models import TranslationStanding
from tests import factories
from tests.admin import TRANSLATOR, person, screen
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

NEXT = reverse("naechste-uebersetzung", args=["ar"])


@pytest.fixture
def translator():
    return person(TRANSLATOR, languages=("ar",))


@pytest.fixture(autouse=True)
def _all_is_translated(db):
    TranslationStanding.objects.update(standing="reviewed")


def stands(record, standing):
    TranslationStanding.objects.filter(object_id=record.pk, content_type__model="topic").filter(
        language="ar"
    ).update(standing=standing)


def next_after(client, record=None):
    after = f"?nach={record._meta.label_lower}-{record.pk}" if record else ""
    return client.get(NEXT + after)["Location"].partition("?")[0]


def test_what_is_missing_comes_first_then_the_outdated_then_the_unread(translator):
    unread, outdated, missing, other = (factories.topic(name_ar="ar") for _each in range(4))
    states = {unread: "machine", outdated: "outdated", missing: "missing", other: "missing"}
    for topic, standing in states.items():
        stands(topic, standing)

    assert next_after(translator) == screen(missing)
    # Whoever leaves a text out goes on behind it, and begins anew at the end.
    assert next_after(translator, missing) == screen(other)
    assert next_after(translator, other) == screen(outdated)
    assert next_after(translator, outdated) == screen(unread)
    assert next_after(translator, unread) == screen(missing)
    # Whoever has finished one goes on with the most urgent.
    stands(missing, "reviewed")
    assert next_after(translator, missing) == screen(other)
    stands(other, "reviewed")
    assert next_after(translator, other) == screen(outdated)


def numbers(client):
    cells = page_of(client.get("/verwaltung/")).xpath("//table[@class='translation-work']//td/a")
    return [int(words(cell)) for cell in cells[:4]]


def test_a_draft_keeps_no_translator_waiting(translator):
    concept = factories.concept()
    factories.guiding_goal(concept=concept)
    before = numbers(translator)

    successor = copy_edition(concept)

    assert numbers(translator) == before
    assert before[0] > 0
    type(successor).objects.filter(pk=successor.pk).update(status="in_review")
    assert numbers(translator)[0] == before[0] + 1
