"""The check that PostgreSQL logs nothing of readers."""

import pytest
from django.db import connection

from lkintegration.upkeep.checks import server_logs_no_texts

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
def test_each_setting_that_lets_the_server_log_texts_is_named():
    found = server_logs_no_texts(databases=["default"])
    assert {message.id for message in found} == {"upkeep.W001"}
    assert len(found) == 2

    with connection.cursor() as cursor:
        cursor.execute("SET log_min_error_statement = panic; SET log_error_verbosity = terse")
    try:
        assert server_logs_no_texts(databases=["default"]) == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET log_min_error_statement; RESET log_error_verbosity")


def test_without_a_database_to_ask_nothing_is_said():
    assert server_logs_no_texts(databases=None) == []
