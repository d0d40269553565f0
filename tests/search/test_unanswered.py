"""What was asked in vain is counted without a word of who asked, and forgotten after 30 days."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lkintegration.search import unanswered as module
from lkintegration.search.models import UnansweredQuestion
from lkintegration.search.unanswered import (
    DAYS,
    LEAST,
    count_unanswered,
    delete_old_questions,
    unanswered,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _new_minute(monkeypatch):
    monkeypatch.setattr(module, "_pace", module._Pace())


def counted():
    return dict(UnansweredQuestion.objects.values_list("text", "count"))


def test_words_are_counted_folded_by_the_day():
    for text in ("Müllabfuhr!", "  muellabfuhr", "Müllabfuhr"):
        count_unanswered(text, TODAY)
    count_unanswered("Müllabfuhr", TODAY - datetime.timedelta(days=1))

    rows = UnansweredQuestion.objects.filter(day=TODAY).values_list("text", "count")
    assert dict(rows) == {"mullabfuhr": 2, "muellabfuhr": 1}
    assert UnansweredQuestion.objects.count() == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "amina@example.org",
        "07621 410",
        "Pass C01X00T47 12345",
        "ich habe Angst weil mein Mann mich schlägt",
        "x" * 60 + " " + "y" * 60,
    ],
)
def test_what_may_tell_of_a_person_is_not_counted(text):
    count_unanswered(text, TODAY)

    assert counted() == {}


def test_the_office_can_switch_it_off(settings):
    settings.COUNT_UNANSWERED_QUESTIONS = False
    count_unanswered("Müllabfuhr", TODAY)

    assert counted() == {}


def test_a_day_holds_so_many_questions_and_goes_on_counting_those(monkeypatch):
    monkeypatch.setattr(module, "MOST_A_DAY", 2)
    for text in ("eins", "zwei", "drei", "eins"):
        count_unanswered(text, TODAY)

    assert counted() == {"eins": 2, "zwei": 1}


def test_a_flood_costs_no_more_writes_than_a_minute_may_have(monkeypatch):
    monkeypatch.setattr(module, "MOST_A_MINUTE", 3)
    with CaptureQueriesContext(connection) as queries:
        for number in range(20):
            count_unanswered(f"wort{number}", TODAY)

    assert len(counted()) == 3
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 3


def test_nobody_sees_what_was_asked_less_than_three_times():
    for text, days in (("oft", (0, 1, 2)), ("selten", (0, 0)), ("früher", (40, 40, 40))):
        for ago in days:
            count_unanswered(text, TODAY - datetime.timedelta(days=ago))

    assert LEAST == 3
    (row,) = unanswered(TODAY)
    assert row == {"text": "oft", "times": 3, "last": TODAY}


def test_after_thirty_days_it_is_deleted():
    now = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(3)))
    for ago in (DAYS - 1, DAYS, DAYS + 1):
        count_unanswered(f"vor {ago}", TODAY - datetime.timedelta(days=ago))

    assert delete_old_questions(now) == 2
    assert counted() == {"vor 29": 1}
    assert delete_old_questions(now) == 0
