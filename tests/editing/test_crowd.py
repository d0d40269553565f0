"""Many people save the same record and its rows at the same time: nothing is lost or doubled."""

import os

import pytest

from tests.editing.crowd import Crowd
from tests.server import run_in_own_process

# In a process of its own: threads need a database on disk, and this one's is in memory.
PLAY = """
import django
django.setup()
from tests.editing.crowd import main
main()
"""


@pytest.mark.any_database
def test_eight_people_save_with_rows_on_sqlite(tmp_path):
    assert run_in_own_process(tmp_path, PLAY, "4") == []


@pytest.mark.postgresql
@pytest.mark.django_db
def test_eight_people_save_with_rows_on_the_server():
    saves = 60 if os.environ.get("POSTGRESQL_SUITE") == "whole" else 6
    assert Crowd(saves).play() == []
