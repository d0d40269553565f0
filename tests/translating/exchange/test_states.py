"""What a file says of its texts is obeyed; what only a person knows is asked."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkintegration.core.translation_states import standing
from lkintegration.translating.exchange.codes import Code
from lkintegration.translating.exchange.document import Document, DocumentEntry, FileState
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.plan import Question
from lkintegration.translating.exchange.units import units_of
from offers.models import Topic
from tests import factories

READ, TRANSLATED = FileState.READ, FileState.TRANSLATED
UNREAD, UNTRANSLATED = FileState.UNREAD, FileState.UNTRANSLATED


@pytest.fixture
def topic(db):
    """A topic with two texts in English that a machine has made."""
    return factories.topic(
        name_de="Wohnen",
        description_de="Rund ums Zuhause",
        name_en="Housing",
        description_en="All about your home",
        translation_states={"en": "machine"},
    )


def bring_in(topic, *answers, reviewed_by="", **texts):
    """Read in a file with ``texts``, each as it is written or with what the file says of it."""
    units = {unit.field: unit for unit in units_of(topic, "en")}
    given = {
        name: text if isinstance(text, tuple) else (text, TRANSLATED)
        for name, text in texts.items()
    }
    entries = [
        DocumentEntry(line, units[name].id, [Code(units[name].german)], [Code(text)], state)
        for line, (name, (text, state)) in enumerate(given.items(), start=2)
    ]
    return import_document(
        Document("de", "en", entries), "en", None, reviewed_by=reviewed_by, answers=answers
    )


def asked(plan):
    return {str(asked.question): len(asked.texts) for asked in plan.questions}


def stand(topic):
    return standing(Topic.objects.get(pk=topic.pk), "en")


def texts(topic):
    topic.refresh_from_db()
    return topic.name_en, topic.description_en


def outdate(topic):
    topic.name_de, topic.description_de = "Wohnung", "Rund um die Wohnung"
    topic.save()


# --- not translated ---------------------------------------------------------------------------


@pytest.mark.parametrize("reviewed_by", ["", "Jane"])
def test_german_that_a_program_has_put_there_is_no_translation(db, reviewed_by):
    topic = factories.topic(name_de="Wohnen")

    plan = bring_in(topic, *Question, reviewed_by=reviewed_by, name=("Wohnen", UNTRANSLATED))

    assert (plan.empty, plan.records) == (1, [])
    assert stand(topic) == "missing"


def test_a_text_that_the_file_calls_untranslated_is_taken_on_somebody_s_word_only(topic):
    plan = bring_in(topic, name=("Living", UNTRANSLATED))
    assert (asked(plan), texts(topic)[0]) == ({"open": 1}, "Housing")

    bring_in(topic, Question.OPEN, name=("Living", UNTRANSLATED))
    assert texts(topic)[0] == "Living"


@pytest.mark.parametrize("state", [TRANSLATED, READ, UNREAD])
@pytest.mark.parametrize("german", ["Wohnen", " Wohnen\u200b "])
def test_a_text_that_is_the_german_is_taken_on_somebody_s_word_only(topic, state, german):
    plan = bring_in(topic, Question.OPEN, reviewed_by="Jane", name=(german, state))
    assert asked(plan)["same"] == 1
    assert texts(topic)[0] == "Housing"

    bring_in(topic, Question.SAME, name=(german, state))
    assert texts(topic)[0].strip("\u200b ") == "Wohnen"


def test_what_has_no_letters_is_the_same_in_all_languages(db):
    topic = factories.topic(name_de="24/7")

    assert bring_in(topic, name="24/7").changes == 1


def test_a_file_that_is_older_than_the_last_change_does_not_undo_it(topic):
    topic.name_en = "Homes"  # somebody's work, while the file was out
    topic.save()

    plan = bring_in(topic, reviewed_by="Jane", name="Housing", description="All of it")
    assert asked(plan)["former"] == 1
    assert texts(topic) == ("Homes", "All of it")

    bring_in(topic, Question.FORMER, name="Housing")
    assert texts(topic)[0] == "Housing"


# --- reviewed ---------------------------------------------------------------------------------


def test_untouched_texts_stay_outdated(topic):
    topic.translation_states = {}
    outdate(topic)
    for state in (TRANSLATED, UNREAD, UNTRANSLATED):
        plan = bring_in(
            topic,
            reviewed_by="Jane",
            name=("Housing", state),
            description=("All about your home", state),
        )

        assert (plan.records, asked(plan)) == ([], {"unchanged": 2})
        assert stand(topic) == "outdated"


def test_a_person_may_say_that_the_untouched_are_right(topic):
    outdate(topic)

    bring_in(
        topic,
        Question.UNCHANGED,
        reviewed_by="Jane",
        name="Housing",
        description="All about your home",
    )

    assert stand(topic) == "reviewed"


def test_untouched_texts_that_the_file_calls_read_are_read(topic):
    outdate(topic)
    same = {"name": ("Housing", READ), "description": ("All about your home", READ)}

    assert bring_in(topic, **same).records == []  # nobody says who has read them
    bring_in(topic, reviewed_by="Jane", **same)

    assert stand(topic) == "reviewed"


def test_where_one_text_was_outdated_the_new_one_is_enough(topic):
    topic.translation_states = {}
    topic.description_de = "Rund um die Wohnung"
    topic.save()

    plan = bring_in(topic, reviewed_by="Jane", name=("Housing", UNTRANSLATED), description="All")

    assert (stand(topic), asked(plan)) == ("reviewed", {})


def test_one_of_two_texts_read_is_not_the_record(topic):
    bring_in(topic, reviewed_by="Jane", name="Living", description="All about your home")
    assert stand(topic) == "machine"

    bring_in(topic, reviewed_by="Jane", name=("Living", READ), description="All of it")
    assert stand(topic) == "reviewed"


def test_a_new_text_that_somebody_must_still_look_at_is_not_reviewed(topic):
    plan = bring_in(topic, reviewed_by="Jane", name="Living", description=("All of it", UNREAD))

    assert texts(topic) == ("Living", "All of it")
    assert (stand(topic), asked(plan)) == ("machine", {"unchanged": 1})


def test_a_text_that_nobody_has_read_makes_a_reviewed_translation_machine_made(topic):
    topic.translation_states = {}
    topic.save()

    bring_in(topic, reviewed_by="Jane", name=("Living", UNREAD))

    assert stand(topic) == "machine"


def test_a_new_text_of_a_reviewed_translation_leaves_it_reviewed(topic):
    topic.translation_states = {}
    topic.save()

    bring_in(topic, reviewed_by="Jane", name="Living")

    assert stand(topic) == "reviewed"


def test_another_spacing_is_kept_and_says_nothing_about_who_has_read_it(topic):
    plan = bring_in(
        topic, reviewed_by="Jane", name="Housing\u00a0", description="All about\u00a0your home"
    )

    assert texts(topic)[1] == "All about\u00a0your home"
    assert (stand(topic), asked(plan)) == ("machine", {"unchanged": 2})


def test_marks_that_persian_needs_may_be_corrected(db):
    topic = factories.topic(name_de="Ich will", name_fa="می خواهم")
    (unit,) = [unit for unit in units_of(topic, "fa") if unit.field == "name"]
    entry = DocumentEntry(2, unit.id, [Code(unit.german)], [Code("می\u200cخواهم")])

    import_document(Document("de", "fa", [entry]), "fa", None, reviewed_by="")

    topic.refresh_from_db()
    assert topic.name_fa == "می\u200cخواهم"


WORDS = ["Housing", "All about your home", "Living", "Wohnen", "", "x" * 200, "[[gap]]"]
ENTRY = st.tuples(st.sampled_from(WORDS), st.sampled_from(FileState))


def test_reviewed_is_only_what_a_person_has_said_of_every_text(topic):
    """Whatever comes back: a text without a person's word keeps its record from being reviewed."""
    answers = st.sets(st.sampled_from([Question.SAME, Question.OPEN, Question.FORMER]))

    @settings(max_examples=60)
    @given(
        name=ENTRY,
        description=ENTRY,
        noted=st.sampled_from(["machine", "outdated"]),
        answers=answers,
    )
    def holds(name, description, noted, answers):
        fresh = factories.topic(
            name_de="Wohnen",
            description_de="Rund ums Zuhause",
            name_en="Housing",
            description_en="All about your home",
            translation_states={"en": "machine"} if noted == "machine" else {},
        )
        if noted == "outdated":
            outdate(fresh)
        before = texts(fresh)
        with suppress(RefusedError):
            bring_in(fresh, *answers, reviewed_by="Jane", name=name, description=description)
        after = texts(fresh)
        said = [
            text == now and (state == READ or (now != then and state == TRANSLATED))
            for (text, state), then, now in zip((name, description), before, after, strict=True)
        ]
        if stand(fresh) == "reviewed":
            assert all(said)
        if not any(said) and before == after:
            assert stand(fresh) == noted

    holds()
