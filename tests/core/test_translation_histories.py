"""Whatever happens to a record, "reviewed" is only what a person has said of this German."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from concept.edition_drafts import copy_edition
from concept.models import GuidingGoal
from lkintegration.core.comparison import gist
from lkintegration.core.earlier_states import deleted_rows
from lkintegration.core.models import TranslationSource
from lkintegration.core.restoration_reports import IncompleteError
from lkintegration.core.restoring import restore
from lkintegration.core.translation_states import state_of
from lkintegration.translating.exchange.codes import Code
from lkintegration.translating.exchange.document import Document, DocumentEntry
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.units import units_of
from offers.models import Topic
from tests import factories
from tests.admin import save, screen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LANGUAGES = ("en",)
FIELDS = ("title", "text")
WORDS = st.sampled_from(["Eins", "Zwei"])
NUMBERS = st.integers(0, 2)
REVIEWED, MACHINE, OUTDATED = "reviewed", "machine", "outdated"


def states(record):
    record = type(record).objects.get(pk=record.pk)
    return {language: str(state_of(record, language)) for language in LANGUAGES}


def change(record, **values):
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


@pytest.fixture
def topic():
    return factories.topic(name_de="Kurs", name_en="Course")


# --- cases ---------------------------------------------------------------------------------------


def test_what_was_outdated_is_so_after_a_deletion(topic):
    change(topic, name_de="Ab 2027 kostet der Kurs etwas")
    topic.delete()

    topic = restore(deleted_rows(Topic)[0])

    assert states(topic) == {"en": OUTDATED}
    assert states(change(topic, name_de="Kurs")) == {"en": REVIEWED}


def test_an_older_state_that_was_outdated_is_so_when_it_comes_back(topic):
    old = change(topic, name_de="Lehrgang").history.first()
    change(topic, name_en="Class")

    assert states(restore(old)) == {"en": OUTDATED}


def test_older_german_comes_back_with_the_translations_that_were_made_from_it(topic):
    old = topic.history.first()
    change(topic, name_de="Lehrgang", name_en="Class")

    topic = restore(old)

    assert states(topic) == {"en": REVIEWED}
    assert topic.name_en == "Course"


def test_what_is_noted_as_outdated_stays_so_where_nobody_knows_what_it_was_made_from(topic):
    change(topic, name_de="Lehrgang")
    TranslationSource.objects.all().delete()

    assert states(change(topic, order=7)) == {"en": OUTDATED}
    assert states(change(topic, name_en="Class")) == {"en": MACHINE}


def test_a_new_text_for_one_that_was_outdated_is_read_when_somebody_says_so(admin, topic):
    change(topic, name_de="Lehrgang")
    save(admin, screen(topic, sprache="en"), name_en="Class", reviewed=None)
    assert states(topic) == {"en": MACHINE}

    save(admin, screen(topic, sprache="en"), reviewed="on")
    assert states(topic) == {"en": REVIEWED}


def test_a_copy_is_outdated_where_the_original_is_and_where_its_german_is_another():
    concept = factories.concept(title_de="Konzept", title_en="Concept")
    goal = factories.guiding_goal(concept=concept, title_en="All", text_en="<p>All.</p>")
    change(goal, title_de="Alle reden")
    TranslationSource.objects.filter(object_id=concept.pk).delete()

    successor = copy_edition(concept)

    assert states(successor)["en"] == OUTDATED
    assert states(GuidingGoal.objects.get(concept=successor))["en"] == OUTDATED


# --- the kind ------------------------------------------------------------------------------------


class Histories(RuleBasedStateMachine):
    """Editors, translators and programs at the goals of an edition and of its copies.

    ``said`` holds of which text, beside which German, a person has said that both say the same.
    """

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.said = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self):
        edition = factories.concept(title_de="Konzept")
        self.made_before = set(GuidingGoal.objects.values_list("pk", flat=True))
        goal = factories.guiding_goal(concept=edition, title_en="One", text_en="<p>Two</p>")
        for language in LANGUAGES:
            self.say(goal, language)
        self.editions = [edition]

    def goals(self):
        return GuidingGoal.objects.exclude(pk__in=self.made_before).order_by("pk")

    def goal(self, number):
        goals = list(self.goals())
        return goals[number % len(goals)] if goals else None

    def say(self, goal, language, fields=FIELDS):
        for name in fields:
            german, own = getattr(goal, f"{name}_de"), getattr(goal, f"{name}_{language}")
            self.said.add((language, gist(german or ""), gist(own or "")))

    @rule(number=NUMBERS, field=st.sampled_from(FIELDS), word=WORDS, small=st.booleans())
    def edit_german(self, number, field, word, small):
        if not (goal := self.goal(number)):
            return
        setattr(goal, f"{field}_de", word)
        goal.small_correction = small
        for language in LANGUAGES:
            if small and state_of(goal, language) == REVIEWED:
                self.say(goal, language)
        goal.save()

    @rule(
        number=NUMBERS,
        language=st.sampled_from(LANGUAGES),
        words=st.tuples(st.none() | WORDS, st.none() | WORDS),
        reviewed=st.booleans(),
    )
    def translate(self, number, language, words, reviewed):
        """As the screen of a translation does."""
        if not (goal := self.goal(number)):
            return
        for field, word in zip(FIELDS, words, strict=True):
            if word is not None:
                setattr(goal, f"{field}_{language}", word)
        if reviewed:
            goal.translation_states[language] = REVIEWED
            goal.confirmed_language = language
            self.say(goal, language)
        elif not state_of(goal, language).is_outdated:
            goal.translation_states[language] = MACHINE
        goal.save()

    @rule(
        number=NUMBERS,
        language=st.sampled_from(LANGUAGES),
        words=st.dictionaries(st.sampled_from(FIELDS), WORDS, min_size=1),
        reviewer=st.sampled_from(["", "Jane Doe"]),
    )
    def read_a_file_in(self, number, language, words, reviewer):
        if not (goal := self.goal(number)):
            return
        units = {unit.field: unit for unit in units_of(goal, language)}
        entries = [
            DocumentEntry(
                line=line,
                id=units[field].id,
                german=[Code(units[field].german)],
                translation=[Code(word)],
            )
            for line, (field, word) in enumerate(words.items(), 1)
            if field in units
        ]
        try:
            import_document(Document("de", language, entries), language, None, reviewed_by=reviewer)
        except RefusedError:
            return
        if reviewer:
            goal.refresh_from_db()
            self.say(goal, language, words)

    @rule(number=NUMBERS)
    def delete(self, number):
        if goal := self.goal(number):
            goal.delete()

    @rule(number=st.integers(0, 50))
    def bring_back(self, number):
        rows = list(GuidingGoal.history.exclude(id__in=self.made_before).order_by("history_id"))
        row = rows[number % len(rows)]
        try:
            try:
                goal = restore(row)
            except IncompleteError as error:
                goal = restore(row, agreed=error.report.digest)
        except ValidationError:
            return
        noted = {language: str(state_of(row.instance, language)) for language in LANGUAGES}
        assert states(goal) == noted

    @rule(number=NUMBERS)
    def copy(self, number):
        if len(self.editions) < 3:
            edition = self.editions[number % len(self.editions)]
            before = {
                goal.number: states(goal) for goal in GuidingGoal.objects.filter(concept=edition)
            }
            self.editions.append(copy_edition(edition))
            goals = GuidingGoal.objects.filter(concept=self.editions[-1])
            assert {goal.number: states(goal) for goal in goals} == before

    @invariant()
    def reviewed_is_what_a_person_has_said_of_this_german(self):
        for goal in self.goals():
            for language in LANGUAGES:
                if state_of(goal, language) != REVIEWED:
                    continue
                for name in FIELDS:
                    if own := getattr(goal, f"{name}_{language}"):
                        german = getattr(goal, f"{name}_de") or ""
                        assert (language, gist(german), gist(own)) in self.said


def test_reviewed_is_only_ever_what_a_person_has_said_of_this_german():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
