"""A database that is gone, hangs, comes back or is busy, behind the site as gunicorn runs it."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import create_from_template, drop
from tests.server import ROOT, run
from tests.wire import Wire

pytestmark = pytest.mark.postgresql

CACHED, BUILT, STAFF = "/de/kontakt/", "/de/kontakt/nachricht/", "/verwaltung/login/"
ASKING = "/health/"  # the database, every time
NAME = "outage"
AT_ONCE = 8
TRIES = 100


@pytest.fixture(scope="module")
def url():
    server = os.environ["DATABASE_URL"]
    create_from_template(server, NAME)
    yield urlsplit(server)._replace(path=f"/{NAME}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        drop(connection, NAME)


@pytest.fixture(scope="module")
def wire(url):
    with Wire(url) as wire:
        yield wire


@pytest.fixture(scope="module")
def host(wire, tmp_path_factory):
    site = run(tmp_path_factory.mktemp("site"), DATABASE_URL=wire.url)
    host = urlsplit(next(site)).netloc
    yield host
    wire.resume()
    site.close()


@pytest.fixture(autouse=True)
def _busy(host):
    """Let the worker have a page in memory and several connections to the database."""
    assert set(ask(host, *[CACHED, BUILT] * AT_ONCE)) == {200}


def ask(host, *paths):
    """Return the statuses of ``paths``, asked for at the same moment; fail where none comes."""

    def status(path):
        with closing(HTTPConnection(host, timeout=10)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(status, paths))


def until(host, path, status):
    for _try in range(TRIES):
        if ask(host, path) == [status]:
            return
        time.sleep(0.1)
    pytest.fail(f"{path} does not answer {status}.")


def test_no_reader_pays_for_a_server_that_was_started_anew_meanwhile(host, wire):
    wire.cut()

    assert ask(host, *[BUILT] * AT_ONCE) == [200] * AT_ONCE


def test_without_a_server_pages_in_memory_go_on_and_all_else_is_told(host, wire):
    wire.refuse()
    try:
        until(host, BUILT, 503)
        assert ask(host, CACHED, BUILT, STAFF) == [200, 503, 503]
    finally:
        wire.accept()

    until(host, BUILT, 200)


def test_so_it_is_while_the_server_hangs_and_who_waits_already_is_freed(host, wire):
    wire.hang()
    try:
        assert set(ask(host, *[ASKING] * AT_ONCE, CACHED)) == {200, 503}
        assert ask(host, CACHED, BUILT, STAFF) == [200, 503, 503]
    finally:
        wire.resume()

    until(host, BUILT, 200)


BUSY = """
import threading
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["pool"] |= {"max_size": 1, "timeout": 0.5}
from django.db import OperationalError, connection
from lkintegration.core.models.generation import ContentState
from lkintegration.serving import outage

def fail():
    try:
        ContentState.objects.count()
    except OperationalError as error:
        print(error)

outage.watch_database()
connection.ensure_connection()
other = threading.Thread(target=fail)
other.start()
other.join()
print(outage.look() is not None, outage.is_away())
"""


def test_a_pool_without_a_free_connection_is_no_lost_database(url):
    variables = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"}

    done = subprocess.run(
        [sys.executable, "-c", BUSY],
        cwd=ROOT,
        env=os.environ | variables,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )

    refused, seen = done.stdout.splitlines()
    assert "couldn't get a connection" in refused
    assert seen == "True False"
