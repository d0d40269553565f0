"""Telephone numbers in a question."""

import pytest

from tests.search.understanding.site import ask, needed

pytestmark = pytest.mark.any_database

# The small site has 07621 and 4105301 apart, +4976214105301 and +4976214100.
WHOLE = [
    *("07621 410 5301", "07621/4105301", "07621 410-5301", "(07621) 410 53 01", "076214105301"),
    *(
        "+49 7621/4105301",
        "+49 (0) 7621 410-5301",
        "0049 7621 4105301",
        "7621 4105301",
        "٠٧٦٢١ ٤١٠ ٥٣٠١",
    ),
    *("Tel. 07621 410 5301", "49 7621 410 5301"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_number_is_one_word_however_it_is_written(text):
    answers = needed(ask(text.removeprefix("Tel. ")))

    assert len(answers) == 1
    assert answers[0][0] == "4976214105301"
    assert "4976214100" not in answers[0]


def test_half_a_number_leads_to_those_that_begin_or_end_so():
    assert needed(ask("07621 410")) == [["4976214100", "4976214105301"]]
    assert needed(ask("410 5301")) == [["4105301", "4976214105301"]]


def test_the_number_as_it_was_written_is_told():
    assert [row.written for row in ask("07621 410-5301 Beratung").words] == [
        "07621 410 5301",
        "Beratung",
    ]


def test_few_digits_are_words_of_their_own():
    assert [row.written for row in ask("112 Notruf").words] == ["112", "Notruf"]
    assert [row.is_needed for row in ask("112 Notruf").words] == [True, True]
    assert [row.is_needed for row in ask("2 Kinder").words] == [False, True]


def test_a_postcode_beside_a_number_is_none_of_its_digits():
    question = ask("79650 07621 4105301")

    assert question.municipality == "08336081"
    assert [row.written for row in question.words] == ["79650", "07621 4105301"]


def test_endless_digits_are_no_number():
    assert [row.written for row in ask("1" * 150).words] == ["1" * 60]
