"""The officer's twelve tasks, and the guiding goals."""

import datetime

import pytest

from concept.models import GuidingGoal, Task
from tests import factories
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

KEY_TERMS = [
    "Optimierung und Koordinierung, Integrationsmaßnahmen",
    "Transparenz, Angebote, Maßnahmen",
    "Erschließung von Synergieeffekten",
    "Netzwerkarbeit, Planungs- und Reflexionstreffen",
    "Kooperation, Vernetzung, Schnittstellen, Akteure, Träger",
    "Konzipierung, Umsetzung, innovative Maßnahmen",
    "Kontrolle, Effektivität, Mitteleinsatz",
    "Steuerung und fachliche Begleitung der Umsetzung des Integrationskonzepts "
    "(Bund, Land, Landkreis)",
    "Lobbyarbeit",
    "Erschließung neuer Hilferessourcen",
    "Optimierung des Hilfeprozesses",
    "Spannungen, Konkurrenz, Dienstleistungsanbieter",
]


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


def test_the_twelve_tasks_stand_in_order_with_their_terms(client):
    tasks = main_of(client.get("/de/aufgaben/")).xpath(".//ol[contains(@class,'tasks')]/li")

    assert [words(task.xpath(".//span[@class='number']")[0]) for task in tasks] == [
        str(number) for number in range(1, 13)
    ]
    assert [words(task.xpath(".//p[@class='muted']/span")[0]) for task in tasks] == KEY_TERMS


def test_the_terms_stay_german_and_are_marked_as_such_on_a_foreign_page(client):
    terms = main_of(client.get("/ar/aufgaben/")).xpath(".//ol//p[@class='muted']/span")

    assert [words(term) for term in terms] == KEY_TERMS
    assert {(term.get("lang"), term.get("dir")) for term in terms} == {("de", "ltr")}


def test_a_task_that_is_not_published_is_not_shown(client):
    Task.objects.filter(number=9).update(status="draft")

    assert "Lobbyarbeit" not in client.get("/de/aufgaben/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tasks_cost_the_same_however_many(client, rows, django_assert_num_queries, seasoned):
    Task.objects.all().delete()
    for _ in range(rows):
        factories.task()
    seasoned("ar")

    with django_assert_num_queries(4):
        client.get("/ar/aufgaben/")


def test_the_office_s_own_goals_are_drafts_without_an_invented_text():
    assert GuidingGoal.objects.count() == 8
    assert not GuidingGoal.objects.published().exists()
    assert not GuidingGoal.objects.exclude(text_de="").exists()


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_draft_of_a_goal_is_not_public(client, code):
    assert client.get(f"/{code}/leitziele/sprache/").status_code == 404
    assert "/leitziele/sprache/" not in client.get(f"/{code}/leitziele/").content.decode()


def test_a_published_goal_has_a_page(client):
    goal = factories.guiding_goal(number=3, adopted_on=datetime.date(2007, 3, 9))

    listed = main_of(client.get("/de/leitziele/"))
    page = main_of(client.get(f"/de/leitziele/{goal.slug}/"))

    assert f"/de/leitziele/{goal.slug}/" in listed.xpath(".//a/@href")
    assert words(page.xpath(".//h1")[0]) == "3. Alle reden mit"
    assert "Beschlossen: 9. März 2007" in words(page)
    assert "Wer hier lebt, redet mit." in words(page)
    assert "Nachbarschaft · Konzept 2030" in words(page)


def test_a_field_without_a_goal_is_not_among_the_goals(client):
    goal = factories.guiding_goal(topic=factories.topic(name_de="Nachbarschaft"))

    fields = main_of(client.get("/de/leitziele/")).xpath(".//ul[@class='fields']/li/h3")

    assert [words(field) for field in fields] == ["Nachbarschaft"]
    goal.delete()
    assert not main_of(client.get("/de/leitziele/")).xpath(".//ul[@class='fields']")


@pytest.mark.parametrize("hidden", ["topic", "concept"])
def test_a_goal_is_hidden_with_its_field_or_edition(client, hidden):
    parent = getattr(factories, hidden)(status="draft")
    goal = factories.guiding_goal(**{hidden: parent})

    assert client.get(f"/de/leitziele/{goal.slug}/").status_code == 404
    assert goal.slug not in client.get("/de/leitziele/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_goals_cost_the_same_however_many(client, rows, django_assert_num_queries, seasoned):
    for _ in range(rows):
        factories.guiding_goal()
    seasoned("ar")

    with django_assert_num_queries(4):
        client.get("/ar/leitziele/")
