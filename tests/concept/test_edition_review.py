"""The guiding goals of an edition: drafted, ordered, previewed, reviewed, published by another."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from concept.edition_drafts import reorder
from concept.models import Concept, GuidingGoal
from tests import factories
from tests.admin import EDITOR, PUBLISHER, entries, person, save
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition that readers know, with two goals."""
    old = factories.concept(title_de="Plan 2019", slug="plan-2019")
    for number, title in enumerate(("Sprache", "Arbeit"), 1):
        factories.guiding_goal(
            concept=old, number=number, title_de=title, title_ar=f"ar {title}", slug=f"alt-{number}"
        )
    return old


@pytest.fixture
def draft():
    """A draft with three goals, one of them without text."""
    new = factories.concept(title_de="Plan 2030", status="draft")
    for number, (title, text) in enumerate(
        [("Wohnen", "<p>Alle wohnen gut.</p>"), ("Bildung", "<p>Alle lernen.</p>"), ("Sport", "")],
        1,
    ):
        factories.guiding_goal(
            concept=new, number=number, title_de=title, text_de=text, status="draft"
        )
    return new


def desk(edition):
    return reverse("ausgabe", args=[edition.pk])


def press(client, edition, button, **fields):
    answer = client.post(desk(edition), {button: "1"} | fields, follow=True)
    return words(page_of(answer)) if answer.status_code == 200 else answer.status_code


def titles(edition):
    goals = GuidingGoal.objects.filter(concept=edition).order_by("number")
    return [(goal.number, goal.title_de) for goal in goals]


def write_the_missing_text(draft):
    goal = GuidingGoal.objects.get(concept=draft, title_de="Sport")
    goal.text_de = "<p>Alle machen mit.</p>"
    goal.save()


def test_the_next_edition_begins_as_a_copy_that_nobody_sees(client, edition):
    answer = press(person(EDITOR), edition, "copy")

    successor = Concept.objects.get(follows=edition)
    assert "ist als Entwurf angelegt" in answer
    assert successor.title_de == "Plan 2019 (neue Ausgabe)"
    assert successor.status == "draft"
    assert titles(successor) == [(1, "Sprache"), (2, "Arbeit")]
    copies = GuidingGoal.objects.filter(concept=successor)
    assert {goal.status for goal in copies} == {"draft"}
    assert {goal.title_ar for goal in copies} == {"ar Sprache", "ar Arbeit"}
    assert not {goal.slug for goal in copies} & {"alt-1", "alt-2"}
    assert "neue Ausgabe" not in client.get("/de/leitziele/").content.decode()


def test_the_next_edition_is_begun_once(edition):
    editor = person(EDITOR)
    press(editor, edition, "copy")

    answer = press(editor, edition, "copy")

    successor = Concept.objects.get(follows=edition)
    assert "Die nächste Ausgabe ist schon angelegt." in answer
    assert titles(successor) == [(1, "Sprache"), (2, "Arbeit")]
    Concept.objects.filter(pk=successor.pk).update(status="published")
    assert "ist als Entwurf angelegt" in press(editor, edition, "copy")


def test_goals_are_written_one_after_the_other(draft):
    editor, topic = person(EDITOR), factories.topic()
    begin = page_of(editor.get(desk(draft))).xpath("//a[text()='Leitziel hinzufügen']/@href")[0]
    text = {"topic": str(topic.pk), "text_de": "<p>Gut.</p>"}

    answer = save(editor, begin, "_next_goal", title_de="Vier", **text)
    begun = entries(editor, answer["Location"])
    assert [begun[name] for name in ("concept", "number", "topic")] == [
        [str(value)] for value in (draft.pk, 5, topic.pk)
    ]
    answer = save(editor, answer["Location"], title_de="Fünf", **text)

    assert answer["Location"] == desk(draft)
    assert titles(draft)[3:] == [(4, "Vier"), (5, "Fünf")]


def test_an_editor_is_told_to_read_the_text_above_goals_that_are_published(edition, draft):
    told = "Lesen Sie auch den Text, der auf der Website über ihnen steht"
    editor = person(EDITOR)

    (url,) = page_of(editor.get(desk(edition))).xpath("//a[contains(., 'Seitentext „')]/@href")

    assert told in words(page_of(editor.get(desk(edition))))
    assert told not in words(page_of(editor.get(desk(draft))))
    assert len(page_of(editor.get(url)).xpath("//table[@id='result_list']/tbody/tr")) == 1


def test_what_was_outdated_is_outdated_in_the_copy(edition):
    goal = GuidingGoal.objects.get(slug="alt-1")
    goal.title_de = "Sprache und Mehr"
    goal.save()
    assert goal.translation_states["ar"] == "outdated"

    press(person(EDITOR), edition, "copy")

    copy = GuidingGoal.objects.get(concept__follows=edition, number=1)
    assert copy.translation_states["ar"] == "outdated"


def test_goals_change_places(draft):
    goals = {goal.title_de: goal.pk for goal in GuidingGoal.objects.filter(concept=draft)}
    numbers = {"Sport": 1, "Wohnen": 2, "Bildung": 3}

    press(
        person(EDITOR),
        draft,
        "reorder",
        **{f"number-{goals[title]}": number for title, number in numbers.items()},
    )

    assert titles(draft) == [(1, "Sport"), (2, "Wohnen"), (3, "Bildung")]


def test_what_one_moves_stays_there_when_another_moves_something_else(draft):
    goals = {goal.title_de: goal for goal in GuidingGoal.objects.filter(concept=draft)}
    shown = {f"shown-{goal.pk}": goal.number for goal in goals.values()}
    numbers = {f"number-{goal.pk}": goal.number for goal in goals.values()}
    sport, housing = (f"number-{goals[title].pk}" for title in ("Sport", "Wohnen"))

    press(person(EDITOR), draft, "reorder", **(shown | numbers | {sport: 0}))
    press(person(EDITOR), draft, "reorder", **(shown | numbers | {housing: 9}))

    assert titles(draft) == [(1, "Sport"), (2, "Bildung"), (3, "Wohnen")]


@pytest.mark.parametrize("wrong", ["", "x", "1.5", "-1", "99999", "²"])
def test_a_number_that_is_none_moves_nothing_and_is_named(draft, wrong):
    goal = GuidingGoal.objects.get(concept=draft, title_de="Sport")

    answer = press(person(EDITOR), draft, "reorder", **{f"number-{goal.pk}": wrong})

    assert "„Sport“: Die Nummer muss eine ganze Zahl sein." in answer
    assert titles(draft) == [(1, "Wohnen"), (2, "Bildung"), (3, "Sport")]


def test_an_adopted_goal_keeps_its_number(edition):
    goals = GuidingGoal.objects.filter(concept=edition)

    with pytest.raises(ValidationError, match="ist beschlossen und behält die Nummer"):
        reorder(edition, {goals[0].pk: 5})

    assert titles(edition) == [(1, "Sprache"), (2, "Arbeit")]


class OrderTest(TestCase):
    """Whatever numbers an editor types, the goals are numbered without a gap in that order."""

    @classmethod
    def setUpTestData(cls):
        cls.edition = factories.concept(status="draft")
        topic = factories.topic()
        cls.goals = [
            factories.guiding_goal(concept=cls.edition, topic=topic, number=n, status="draft")
            for n in range(1, 7)
        ]

    @given(st.lists(st.integers(0, 9999), min_size=1, max_size=6))
    def test_any_numbers_make_an_order_without_gaps(self, wanted):
        edition, goals = self.edition, self.goals[: len(wanted)]
        GuidingGoal.objects.filter(concept=edition, number__gt=len(wanted)).delete()

        reorder(edition, {goal.pk: n for goal, n in zip(goals, wanted, strict=True)})

        after = list(GuidingGoal.objects.filter(concept=edition).order_by("number"))
        asked = {goal.pk: (n, goal.number) for goal, n in zip(goals, wanted, strict=True)}
        assert [goal.number for goal in after] == list(range(1, len(wanted) + 1))
        assert [goal.pk for goal in after] == sorted(asked, key=asked.__getitem__)


@pytest.mark.any_database
def test_the_whole_page_can_be_looked_at_before(client, edition, draft):
    url = reverse("ausgabe-vorschau", args=[draft.pk, "de"])

    seen = words(page_of(person(EDITOR).get(url)))

    assert "Plan 2030" in seen
    assert "1. Wohnen" in seen
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Wohnen" not in [
        words(a) for a in page_of(client.get("/de/leitziele/")).xpath("//ol//a")
    ]


@pytest.mark.any_database
def test_a_goal_without_text_cannot_be_published_and_the_message_says_which(draft):
    editor = person(EDITOR)

    answer = press(editor, draft, "send")

    assert "Noch ohne Text: 3. Sport." in answer
    write_the_missing_text(draft)
    assert "Eine andere Person kann jetzt veröffentlichen." in press(editor, draft, "send")


@pytest.mark.any_database
def test_a_text_taken_away_after_sending_stops_the_publication(draft):
    write_the_missing_text(draft)
    press(person(EDITOR), draft, "send")
    goal = GuidingGoal.objects.get(concept=draft, number=2)
    goal.text_de = ""
    goal.save()

    answer = press(person(PUBLISHER), draft, "publish", adopted_on="2026-03-25")

    assert "Noch ohne Text: 2. Bildung." in answer
    assert not GuidingGoal.objects.filter(concept=draft, status="published").exists()


def test_another_person_publishes_with_the_date_of_the_decision(client, draft):
    write_the_missing_text(draft)
    press(person(EDITOR), draft, "send", note="Beschlussvorlage liegt bei.")
    publisher = person(PUBLISHER)
    assert "Beschlussvorlage liegt bei." in words(page_of(publisher.get(desk(draft))))

    answer = press(publisher, draft, "publish", adopted_on="2026-03-25")

    assert "Veröffentlicht: 3 Leitziele." in answer
    draft.refresh_from_db()
    assert (draft.status, draft.adopted_on) == ("published", datetime.date(2026, 3, 25))
    goals = GuidingGoal.objects.filter(concept=draft)
    assert {(goal.status, goal.adopted_on) for goal in goals} == {
        ("published", datetime.date(2026, 3, 25))
    }
    assert "Beschlossen: 25. März 2026" in words(page_of(client.get("/de/leitziele/")))


@pytest.mark.any_database
def test_nobody_publishes_what_they_sent_themselves(draft, admin):
    write_the_missing_text(draft)
    press(admin, draft, "send")

    answer = press(admin, draft, "publish", adopted_on="2026-03-25")

    assert "veröffentlicht eine andere Person" in answer
    assert not GuidingGoal.objects.filter(concept=draft, status="published").exists()


@pytest.mark.any_database
def test_who_changes_something_after_sending_cannot_publish_it_either(draft):
    """One person with both roles must not slip a change in behind the editor's back."""
    write_the_missing_text(draft)
    press(person(EDITOR), draft, "send")
    both = person(EDITOR, PUBLISHER)
    save(both, GuidingGoal.objects.get(concept=draft, number=1), title_de="Etwas anderes")

    answers = [
        press(who, draft, "publish", adopted_on="2026-03-25") for who in (person(PUBLISHER), both)
    ]
    press(person(EDITOR), draft, "send")
    again = press(both, draft, "publish", adopted_on="2026-03-25")

    assert "Seit dem Einreichen hat sich etwas geändert" in answers[0]
    assert "die daran geschrieben" in answers[1]
    assert "die daran geschrieben" in again
    assert not GuidingGoal.objects.filter(concept=draft, status="published").exists()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("day", "words_of_refusal"),
    [
        ("", "Tragen Sie das Datum des Beschlusses ein."),
        ("gestern", "Das ist kein Datum."),
        (lambda: str(timezone.localdate() + datetime.timedelta(days=1)), "liegt in der Zukunft"),
    ],
)
def test_a_date_that_cannot_be_is_refused(draft, day, words_of_refusal):
    write_the_missing_text(draft)
    press(person(EDITOR), draft, "send")

    answer = press(person(PUBLISHER), draft, "publish", adopted_on=day() if callable(day) else day)

    assert words_of_refusal in answer
    assert not GuidingGoal.objects.filter(concept=draft, status="published").exists()


@pytest.mark.any_database
def test_what_was_not_sent_is_not_published(draft):
    write_the_missing_text(draft)

    answer = press(person(PUBLISHER), draft, "publish", adopted_on="2026-03-25")

    assert "Die Ausgabe ist noch nicht eingereicht." in answer


@pytest.mark.any_database
def test_a_publisher_gives_an_edition_back(draft):
    write_the_missing_text(draft)
    editor, publisher = person(EDITOR), person(PUBLISHER)
    press(editor, draft, "send")

    press(publisher, draft, "give_back", note="Ziel 2 genauer")

    assert "Ziel 2 genauer" in words(page_of(editor.get(desk(draft))))
    answer = press(publisher, draft, "publish", adopted_on="2026-03-25")
    assert "noch nicht eingereicht" in answer


def published_successor(edition):
    press(person(EDITOR), edition, "copy")
    successor = Concept.objects.get(follows=edition)
    press(person(EDITOR), successor, "send")
    press(person(PUBLISHER), successor, "publish", adopted_on="2026-03-25")
    return successor


@pytest.mark.any_database
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_old_edition_stays_readable_and_is_marked_as_replaced(client, edition, language):
    published_successor(edition)

    old = client.get(f"/{language}/leitziele/ausgabe/plan-2019/")
    goal = client.get(f"/{language}/leitziele/alt-1/")

    for page in (old, goal):
        assert page.status_code == 200
        (hint,) = page_of(page).xpath("//main//p[@class='hint']")
        (link,) = hint.xpath("./a")
        assert link.get("href").startswith(f"/{language}/leitziele/ausgabe/plan-2019-neue-ausgabe")
    if language == "de":
        assert "gelten nicht mehr" in words(hint)


@pytest.mark.any_database
def test_the_page_of_the_goals_shows_those_of_today_and_leads_to_the_old_ones(client, edition):
    successor = published_successor(edition)

    page = page_of(client.get("/de/leitziele/"))

    goals = {a.get("href") for a in page.xpath("//main//ol//a")}
    assert {g.get_absolute_url() for g in GuidingGoal.objects.filter(concept=successor)} <= goals
    assert "/de/leitziele/alt-1/" not in goals
    assert page.xpath("//main//a[@href='/de/leitziele/ausgabe/plan-2019/']")


@pytest.mark.any_database
def test_an_edition_that_holds_carries_no_such_mark(client, edition):
    press(person(EDITOR), edition, "copy")  # a draft replaces nothing

    page = page_of(client.get("/de/leitziele/ausgabe/plan-2019/"))

    assert not page.xpath("//main//p[@class='hint']")


@pytest.mark.any_database
def test_an_edition_without_published_goals_has_no_page(client):
    assert client.get(factories.concept().get_absolute_url()).status_code == 404


def test_an_edition_cannot_replace_itself(edition):
    successor = factories.concept(follows=edition)
    edition.follows = successor

    with pytest.raises(ValidationError, match="kann sich nicht selbst ersetzen"):
        edition.full_clean()


@pytest.mark.any_database
def test_a_loop_that_came_past_the_form_does_not_hang_the_page(client, edition):
    other = factories.concept(follows=edition)
    factories.guiding_goal(concept=other)
    Concept.objects.filter(pk=edition.pk).update(follows=other)

    assert client.get("/de/leitziele/").status_code == 200
    assert client.get("/de/leitziele/ausgabe/plan-2019/").status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", ["leitziele/ausgabe/plan-2019/", "leitziele/alt-1/", "leitziele/"])
def test_editions_cost_the_same_however_many(
    client, edition, seasoned, django_assert_num_queries, rows, path
):
    for _ in range(rows):
        factories.guiding_goal(concept=factories.concept(follows=edition))
    seasoned("de")

    with django_assert_num_queries(5 if "ausgabe" in path else 4, exact=False):
        client.get(f"/de/{path}")
