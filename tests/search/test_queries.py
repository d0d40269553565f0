"""The list of questions that the search is measured by is large, and its answers are there."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from lkintegration.core.languages import BY_CODE
from lkintegration.serving.addresses import Use, fixed_addresses, record_addresses

QUERIES = tomllib.loads(
    (Path(__file__).parent / "queries.toml").read_text(encoding="utf-8"),
)["query"]
KINDS = {
    *("compound", "typo", "script", "name", "number", "place", "synonym", "word"),
    "own-language",
}


def test_every_language_asks_in_many_ways():
    answered = [query for query in QUERIES if query["expect"]]
    languages = Counter(query["language"] for query in answered)

    assert len(QUERIES) >= 240
    assert len(QUERIES) - len(answered) >= 20
    assert set(languages) == set(BY_CODE)
    assert min(languages.values()) >= 15
    assert {query["kind"] for query in QUERIES} == KINDS


def test_nothing_is_asked_twice_in_a_language():
    asked = Counter((query["language"], query["text"]) for query in QUERIES)

    assert [question for question, number in asked.items() if number > 1] == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_every_page_that_is_expected_is_there():
    addresses = [*fixed_addresses(), *record_addresses()]
    there = {address.rest for address in addresses if address.use in {Use.PAGE, Use.FORM}}

    expected = {address for query in QUERIES for address in query["expect"]}

    assert expected - there == set()
