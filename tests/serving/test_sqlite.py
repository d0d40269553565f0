"""Threads keep their connection to SQLite, and let go of it when it no longer is the site's."""

import pytest

from tests.server import run_in_own_process

pytestmark = pytest.mark.any_database

ASKING = """
import json, os, sqlite3, threading, time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from wsgiref.util import setup_testing_defaults
from lkintegration.wsgi import application
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

FILE = settings.DATABASES["default"]["NAME"]
THREADS = 4
opened = []
at_start = [c.alias for c in connections.all(initialized_only=True) if c.connection]
connection_created.connect(lambda **_kwargs: opened.append(1), weak=False)
pool = ThreadPoolExecutor(THREADS)
together = threading.Barrier(THREADS, timeout=30)

def ask(path):
    together.wait()
    environ = {"PATH_INFO": path, "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    seen = []
    answer = application(environ, lambda status, headers: seen.append(status[:3]))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return seen[0], b"Anders" in body

def ask_all(path="/health/"):
    before = len(opened)
    found = set(pool.map(ask, [path] * THREADS))
    return sorted(found), len(opened) - before

def change(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)
"""
WATCH = 1  # the thread that looks for all others has a connection of its own
THREADS = 4


def test_each_thread_opens_the_database_once(tmp_path):
    steps = """
later = [ask_all()[1] for _round in range(3)]
print(json.dumps([at_start, later]))
"""
    at_start, later = run_in_own_process(tmp_path, ASKING + steps)

    assert at_start == []  # what is opened before a fork must not be used after it
    assert later == [THREADS + WATCH, 0, 0]


def test_a_thread_sees_what_a_migration_has_changed_and_holds_up_none(tmp_path):
    steps = """
ask_all()
change(
    FILE,
    "ALTER TABLE pages_page ADD COLUMN added TEXT NULL",
    "CREATE TABLE elsewhere AS SELECT * FROM core_contentstate",
    "UPDATE core_contentstate SET token = 'other'",
)
with closing(sqlite3.connect(FILE)) as database:
    busy, *_pages = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
print(json.dumps([busy, *ask_all()]))
"""
    busy, statuses, opened = run_in_own_process(tmp_path, ASKING + steps)

    assert busy == 0  # no thread goes on reading an old state
    assert (statuses, opened) == ([["200", False]], 0)


def test_a_thread_goes_over_to_a_file_that_was_put_in_the_place_of_its_own(tmp_path):
    steps = """
ask_all("/de/kontakt/")
with closing(sqlite3.connect(FILE)) as old, closing(sqlite3.connect(FILE + ".new")) as new:
    old.backup(new)
change(
    FILE + ".new",
    "UPDATE contacts_contactperson SET family_name = 'Anders'",
    "UPDATE core_contentstate SET token = 'other'",
    "PRAGMA journal_mode=DELETE",
)
os.rename(FILE, FILE + ".before")
for end in ("-wal", "-shm"):
    os.rename(FILE + end, FILE + ".before" + end)
os.rename(FILE + ".new", FILE)
time.sleep(0.6)
statuses, first = ask_all("/de/kontakt/")
_statuses, then = ask_all()
whole = [
    sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()[0]
    for path in (FILE, FILE + ".before")
]
print(json.dumps([statuses, first + then, ask_all()[1], whole]))
"""
    statuses, opened, later, whole = run_in_own_process(tmp_path, ASKING + steps)

    assert statuses == [["200", True]]
    assert (opened, later) == (THREADS + WATCH, 0)
    assert whole == ["ok", "ok"]


def test_while_another_process_holds_the_lock_pages_go_on_and_are_built(tmp_path):
    steps = """
lock = sqlite3.connect(FILE, isolation_level=None)
lock.execute("BEGIN EXCLUSIVE")
lock.execute("UPDATE contacts_contactperson SET family_name = 'Anders'")
lock.execute("UPDATE core_contentstate SET token = 'other'")
during = [ask_all(path)[0] for path in ("/de/kontakt/", "/health/", "/de/leitziele/")]
lock.execute("COMMIT")
time.sleep(0.6)
print(json.dumps([during, ask_all("/de/kontakt/")[0]]))
"""
    during, afterwards = run_in_own_process(tmp_path, ASKING + steps)

    assert during == [[["200", False]]] * 3
    assert afterwards == [["200", True]]
