"""What the drills found stands in the operators' handbook, each in the place of its last run."""

import pytest

from tests.drills import Row
from tests.drills.__main__ import names
from tests.drills.table import BEGIN, DOCUMENT, END, HEAD, read_rows, write_rows

pytestmark = pytest.mark.any_database

ROWS = {
    "database": [
        Row("stopped", "nothing fails", "0 of 9", holds=True),
        Row("hanging", "nothing fails", "3 of 9", holds=False),
    ],
    "workers": [Row("killed", "nothing fails", "0 of 7", holds=True)],
}


@pytest.fixture
def document():
    return f"# Before\n{BEGIN}\n{HEAD}{END}\nAfter\n"


def test_what_was_written_is_read_again(document):
    assert read_rows(write_rows(document, ROWS)) == ROWS


def test_writing_leaves_the_rest_of_the_document_alone(document):
    assert write_rows(write_rows(document, ROWS), {}) == document


def test_every_drill_has_run():
    assert set(read_rows(DOCUMENT.read_text())) == set(names())
