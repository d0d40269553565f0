"""What the database refuses about the concept, and how its dates read."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from tests import factories
from tests.core.refusals import assert_refused

pytestmark = pytest.mark.django_db


def messages(record):
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return refusal.value.messages


def test_a_number_stands_once_in_an_edition():
    edition = factories.concept()
    factories.guiding_goal(concept=edition, number=3)

    assert_refused(
        factories.guiding_goal(save=False, concept=edition, number=3),
        "Diese Nummer gibt es in dieser Ausgabe schon.",
    )


def test_a_number_may_stand_in_every_edition():
    first, second = factories.guiding_goal(number=3), factories.guiding_goal(number=3)

    assert first.concept != second.concept


def test_a_place_in_the_order_of_an_edition_is_taken_once():
    edition = factories.concept()
    factories.section(concept=edition, order=2)

    assert_refused(
        factories.section(save=False, concept=edition, order=2),
        "Diese Stelle in der Reihenfolge ist schon besetzt.",
    )


def test_a_task_number_stands_once():
    assert_refused(factories.task(save=False, number=12), "Diese Nummer gibt es schon.")


def test_a_step_does_not_end_before_it_begins():
    assert_refused(
        factories.milestone(
            save=False, date=datetime.date(2030, 5, 17), end_date=datetime.date(2030, 5, 16)
        ),
        "Das Ende darf nicht vor dem Anfang liegen.",
    )


def test_a_step_may_end_on_the_day_it_begins():
    day = datetime.date(2030, 5, 17)

    factories.milestone(date=day, end_date=day).full_clean()


@pytest.mark.parametrize(
    "record",
    [
        lambda: factories.guiding_goal(save=False, number=0),
        lambda: factories.task(save=False, number=0),
        lambda: factories.key_figure(save=False, value=Decimal(-1)),
        lambda: factories.key_figure(save=False, share=Decimal("100.1")),
        lambda: factories.key_figure(save=False, share=Decimal(-1)),
    ],
)
def test_numbers_that_make_no_sense_are_refused(record):
    assert messages(record())


@pytest.mark.parametrize("model", [Concept, GuidingGoal, Task, Milestone, KeyFigure])
def test_nothing_can_be_saved_without_its_german_text(model):
    assert "Dieses Feld darf nicht leer sein." in messages(model())


def test_a_second_edition_of_the_same_name_gets_an_address_of_its_own():
    assert factories.concept(title_de="Teilhabeplan").slug == "teilhabeplan-2"


def test_an_edition_with_goals_cannot_be_deleted():
    goal = factories.guiding_goal()

    with pytest.raises(IntegrityError), transaction.atomic():
        goal.concept.delete()


@pytest.mark.parametrize(
    ("precision", "written", "machine"),
    [
        ("day", "17. Mai 2030", "2030-05-17"),
        ("month", "Mai 2030", "2030-05"),
        ("year", "2030", "2030"),
        ("circa", "etwa 2030", "2030"),
    ],
)
def test_a_step_is_dated_as_far_as_its_date_is_known(precision, written, machine):
    step = factories.milestone(save=False, precision=precision)

    assert (step.dated, step.machine_date) == (written, machine)


def test_a_step_of_several_years_says_from_when_to_when():
    step = factories.milestone(
        save=False,
        precision="year",
        date=datetime.date(2018, 1, 1),
        end_date=datetime.date(2019, 12, 31),
    )

    assert (step.dated, step.machine_date) == ("2018–2019", "2018")


def test_a_step_within_one_year_names_it_once():
    step = factories.milestone(
        save=False,
        precision="year",
        date=datetime.date(2018, 1, 1),
        end_date=datetime.date(2018, 12, 31),
    )

    assert step.dated == "2018"


def test_an_edition_that_nobody_adopted_has_no_date_of_adoption():
    assert factories.concept(save=False).adopted == ""


def test_an_edition_was_adopted_when_it_says():
    edition = factories.concept(
        save=False, adopted_on=datetime.date(2007, 3, 1), adopted_on_precision="month"
    )

    assert edition.adopted == "März 2007"
    with override("en"):
        assert edition.adopted == "March 2007"


def test_a_figure_is_dated():
    assert factories.key_figure(save=False).dated == "17. Mai 2030"


def test_records_are_named_as_staff_know_them():
    assert str(factories.guiding_goal(number=3)) == "3. Alle reden mit"
    assert str(factories.task(number=99)) == "99. Vernetzung"
    assert str(factories.milestone()) == "2030: Ein neues Konzept"
    assert str(factories.key_figure()) == "Menschen im Verein (2030)"
    assert str(factories.section()) == "Worum es geht"
