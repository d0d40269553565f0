"""The index is asked a bounded number of times, for what matters most where not all has room."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lkintegration.search.engine import finding
from tests import factories
from tests.search.engine.asking import ask, found

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROOM = 3


@pytest.fixture
def little_room(monkeypatch):
    """Let less be ranked than holds the words "Zwirbel" and "Quitte" in its text."""
    monkeypatch.setattr(finding, "MOST", ROOM)
    for number in range(2 * ROOM):
        factories.service(name_de=f"Kurs {number}", helps_with_de="<p>Zwirbel und Quitte.</p>")


def asked(question: str) -> int:
    """Return how many queries answer ``question`` when all is known."""
    ask(question)
    with CaptureQueriesContext(connection) as queries:
        ask(question)
    return sum('"search_entry"' in query["sql"] for query in queries)


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("question", ["Zwirbel", "Zwirbel Quitte"])
def test_what_has_common_words_in_its_title_is_found_however_many_have_them(question):
    factories.service(name_de="Zwirbel und Quitte")

    assert found(question)[0] == "Zwirbel und Quitte"


@pytest.mark.usefixtures("little_room")
def test_titles_are_not_asked_for_again_where_all_had_room():
    factories.service(name_de="Knopf", helps_with_de="<p>Zwirbel und Knopfloch.</p>")

    assert found("Zwirbel Knopfloch") == ["Knopf"]
    assert asked("Zwirbel Knopfloch") == asked("Knopfloch Knopf") == 2


@pytest.mark.usefixtures("little_room")
def test_a_title_with_one_of_two_common_words_is_answer_enough(monkeypatch):
    monkeypatch.setattr(finding, "MOST_PARTIAL", 1)
    for number in range(2 * ROOM):
        factories.service(name_de=f"Kurs {number}", helps_with_de="<p>Fingerhut.</p>")
        factories.service(name_de=f"Fingerhut {number}", helps_with_de="<p>Nadel.</p>")

    assert found("Fingerhut Quitte") == ["Fingerhut 0"]
