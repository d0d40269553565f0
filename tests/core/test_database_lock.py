"""A second migration at the same time is refused in words, and so is loading the content."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.databases import ROOT, create_from_template, drop

HOLD = """
import django
django.setup()
from lkintegration.core.database_lock import alone_on_database
with alone_on_database():
    print("held", flush=True)
    input()
"""
NAME = "locked"


@pytest.fixture
def variables(tmp_path):
    """Return the environment of a site with a database that other processes can open."""
    found = os.environ | {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"}
    if connection.vendor == "sqlite":
        yield found | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
        return
    server = os.environ["DATABASE_URL"]
    create_from_template(server, NAME)
    yield found | {"DATABASE_URL": urlsplit(server)._replace(path=f"/{NAME}").geturl()}
    with psycopg.connect(server, autocommit=True) as own:
        drop(own, NAME)


@pytest.fixture
def holder(variables):
    """Start a process that is amid such work; it goes on until somebody writes a line to it."""
    command = [sys.executable, "-c", HOLD]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdin=pipe, stdout=pipe) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def manage(variables, *command):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def last_line(done):
    """Return what a command said last: what PostgreSQL logs is warned about before."""
    return done.stderr.splitlines()[-1]


def test_who_comes_second_is_told_and_may_go_on_afterwards(holder, variables):
    for command in ("migrate", "load_content"):
        refused = manage(variables, command)

        assert refused.returncode == 1
        assert last_line(refused).startswith("CommandError: Auf dieser Datenbank laufen gerade")
        assert "Traceback" not in refused.stderr

    assert manage(variables, "migrate", "--plan").returncode == 0
    holder.kill()  # its lock ends with it
    holder.wait()
    assert manage(variables, "migrate", "core").returncode == 0


@pytest.mark.postgresql
def test_a_migration_does_not_let_readers_wait_for_a_table_in_use(variables):
    with psycopg.connect(variables["DATABASE_URL"]) as reader:
        reader.execute("SELECT 1 FROM accounts_factordeadline")  # the transaction goes on

        refused = manage(variables, "migrate", "accounts", "0001")

    assert last_line(refused).startswith("CommandError: Eine Tabelle ist gerade in Gebrauch")
    assert manage(variables, "migrate", "accounts", "0001").returncode == 0
