"""The privacy page lists exactly what is stored about people who write to us."""

import pytest
from django.conf import settings
from lxml import html

from contacts.models import Message, SenderCount
from lkintegration.pages.models import Page
from lkintegration.search.models import UnansweredQuestion
from lkintegration.search.unanswered import DAYS, LEAST

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Each point of the page's two lists, and the columns that it tells of.
STORED = {
    "Nummer, Eingang und Art": {"reference", "received_at", "kind"},
    "Ziel": {"contact", "page", "about_type", "about_id"},
    "Thema und Text": {"topic", "text"},
    "Name": {"name"},
    "E-Mail-Adresse und Telefonnummer": {"email", "phone"},
    "Sprache": {"language", "page_language"},
    "Prüfwert des Inhalts": {"submission"},
    "Bearbeitung": {"state", "assigned_to"},
    "Zustellung": {
        *("delivery", "attempts", "next_attempt_at", "claimed_at", "handed_over_at"),
        *("delivered_at", "delivered_to", "last_error"),
    },
}
COUNTED = {"Tag und Anzahl": {"day", "count"}, "Prüfwert des Anschlusses": {"sender"}}


def columns(model):
    return {field.name for field in model._meta.concrete_fields} - {"id"}


def points(code):
    """Return the labels of the lists below the heading about writing, one list each."""
    column = f"body_{code.replace('-', '_')}"
    body = html.fromstring(f"<div>{getattr(Page.objects.get(key='datenschutz'), column)}</div>")
    lists = [
        [item.xpath("string(strong[1])") for item in points]
        for points in body.xpath("//ul[li/strong]")
    ]
    # The lists of rights and of what is important at first sight hold strong words as well.
    return [labels for labels in lists if len(labels) in {len(STORED), len(COUNTED)}]


def test_every_column_stands_on_the_page_and_every_point_is_stored():
    assert set().union(*STORED.values()) == columns(Message)
    assert set().union(*COUNTED.values()) == columns(SenderCount)
    assert points("de") == [list(STORED), list(COUNTED)]


@pytest.mark.parametrize("code", ["en", "de-simple"])
def test_translations_list_as_many_points(code):
    assert [len(labels) for labels in points(code)] == [len(STORED), len(COUNTED)]


@pytest.mark.parametrize(("code", "words"), [("de", "Tage"), ("de-simple", "Tage"), ("en", "days")])
def test_the_page_names_the_period_that_messages_are_kept(visit, code, words):
    assert f"{settings.MESSAGE_RETENTION_DAYS} {words}" in visit(f"/{code}/datenschutz/").text


def test_the_page_tells_what_is_counted_of_a_search_that_finds_nothing(visit):
    assert columns(UnansweredQuestion) == {"text", "day", "count"}
    told = visit("/de/datenschutz/").text
    assert "nur die Wörter in einfacher Schreibweise, den Tag und die Anzahl" in told
    assert f"Nach {DAYS} Tagen löschen wir die Zählung." in told
    assert LEAST == 3
    assert "was Menschen mindestens dreimal gesucht haben" in told
