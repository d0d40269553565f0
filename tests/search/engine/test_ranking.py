"""What was found stands in an order of our own, whatever database and engine brought it."""

from lkintegration.search.engine.ranking import Candidate, rank
from lkintegration.search.understanding.question import Question, Wanted

ORDER = ["offers.service", "contacts.organisation"]


def entry(number, kind="offers.service", language="de", **words):
    """Return an entry of a record; ``words`` by where they stand: title, key, body."""
    columns = [words.get(field, "") for field in ("title", "key", "body")]
    return Candidate(0, kind, number, language, "Titel", "", "", *columns)


def asked(*words, weight=1.0):
    return Question("", tuple(Wanted(word, ((word, weight),)) for word in words))


def order(question, *entries, language="de", frequencies=None):
    """Return the numbers of the records that answer, the best first."""
    found = rank(question, entries, language, frequencies or {}, ORDER)
    return [ranked.object_id for ranked in found]


def test_a_title_counts_more_than_a_name_or_number_and_that_more_than_a_text():
    text, key, title = entry(1, body="asyl"), entry(2, key="asyl"), entry(3, title="asyl haus")

    assert order(asked("asyl"), text, key, title) == [3, 2, 1]


def test_a_title_that_is_nothing_but_what_was_asked_for_comes_first():
    longer, whole = entry(1, title="asyl und mehr"), entry(2, title="asyl")

    assert order(asked("asyl"), longer, whole) == [2, 1]


def test_a_word_that_is_surely_meant_counts_more():
    question = Question("", (Wanted("asyl", (("asyl", 1.0), ("azul", 0.4))),))

    assert order(question, entry(1, title="azul"), entry(2, title="asyl")) == [2, 1]


def test_what_answers_all_of_a_question_comes_before_what_answers_a_part():
    part, whole = entry(1, title="asyl"), entry(2, body="asyl termin")

    known = {"asyl": 9, "termin": 9}

    assert order(asked("asyl", "termin"), part, whole, frequencies=known) == [2, 1]


def test_a_text_that_lacks_a_needed_word_of_the_site_is_no_answer():
    known = {"asyl": 9, "termin": 9}

    assert order(asked("asyl", "termin"), entry(1, body="asyl"), frequencies=known) == []


def test_what_is_not_needed_may_be_missing():
    question = Question(
        "", (Wanted("asyl", (("asyl", 1.0),)), Wanted("ort", (("ort", 1.0),), False))
    )

    assert order(question, entry(1, body="asyl"), entry(2, body="asyl ort")) == [2, 1]


def test_the_reader_s_language_comes_before_german():
    german, own = entry(1, title="asyl"), entry(2, title="asyl", language="uk")

    assert order(asked("asyl"), german, own, language="uk") == [2, 1]


def test_the_two_languages_of_a_record_answer_together():
    german, own = entry(1, key="haus"), entry(1, body="asyl", language="uk")

    (found,) = rank(asked("asyl", "haus"), [german, own], "uk", {"asyl": 1, "haus": 1}, ORDER)

    assert set(found.entries) == {"de", "uk"}
    assert found.matched == {"asyl", "haus"}


def test_a_rare_word_says_more_than_a_common_one():
    frequencies = {"termin": 900, "asyl": 1}
    common = entry(1, title="termin x", body="asyl")
    rare = entry(2, title="asyl x", body="termin")

    assert order(asked("termin", "asyl"), common, rare, frequencies=frequencies) == [2, 1]


def test_of_equals_the_kind_decides_then_the_shorter_title_then_the_older():
    other = entry(1, kind="contacts.organisation", body="asyl")
    older, newer = (entry(number, body="asyl") for number in (2, 3))
    shorter = entry(4, body="asyl")._replace(title="T")

    assert order(asked("asyl"), other, newer, older, shorter) == [4, 2, 3, 1]
    assert order(asked("asyl"), shorter, older, newer, other) == [4, 2, 3, 1]


def test_what_holds_no_word_is_not_found():
    assert order(asked("asyl"), entry(1, title="haus"), entry(2)) == []
