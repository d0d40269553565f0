"""One parent loads the site for all its workers, and loads it anew when it is told to."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.readers import Readers
from tests.server import ROOT, children, free_port, wait_for

pytestmark = pytest.mark.any_database

ANSWER = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [{!r}.encode()]
"""
# A connection for each request.
EACH = {"Connection": "close"}
# What a fork would lose or share: threads, and connections to the database.
LEFT_BEHIND = """
import threading
from lkintegration.wsgi import application
from django.db import connections
open_ones = [c.alias for c in connections.all(initialized_only=True) if c.connection]
print([thread.name for thread in threading.enumerate()], open_ones)
"""


@pytest.fixture
def code(tmp_path):
    """The file of an application that is no more than one answer."""
    file = tmp_path / "told.py"
    file.write_text(ANSWER.format("one"))
    return file


@pytest.fixture
def site(code):
    """The process of a gunicorn with two workers that serves ``code``, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "lkintegration.run_gunicorn", "--bind", f"127.0.0.1:{port}"]
    variables = {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
        "PYTHONPATH": os.pathsep.join([str(code.parent), str(ROOT)]),
    }
    parent = subprocess.Popen(
        [*command, "--log-level", "critical", "--workers", "2", "told:application"],
        cwd=ROOT,
        env=os.environ | variables,
        stderr=subprocess.DEVNULL,  # what is wrong with the code
    )
    address = f"http://127.0.0.1:{port}/"
    wait_for(address)
    yield parent, address
    parent.terminate()
    parent.wait(timeout=20)


def ask(address):
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return answer.read().decode()


def reload(parent, *, until):
    """Let the site begin anew; return as soon as ``until`` holds."""
    os.kill(parent.pid, signal.SIGHUP)
    for _moment in range(200):
        if until():
            return
        time.sleep(0.1)
    pytest.fail("The site has not begun anew within twenty seconds.")


def test_a_reload_reads_new_code_and_refuses_nobody(site, code):
    parent, address = site
    before = set(children(parent.pid))
    code.write_text(ANSWER.format("another"))

    with Readers(address, ["/"], headers=EACH) as readers:
        reload(parent, until=lambda: not before & set(children(parent.pid)))

    assert readers.answers
    assert readers.failed() == []
    assert {ask(address) for _time in range(8)} == {"another"}
    assert len(children(parent.pid)) == 2
    assert parent.poll() is None


def test_where_the_new_code_does_not_start_the_old_one_goes_on(site, code):
    parent, address = site
    before = set(children(parent.pid))
    code.write_text("an error of ours\n")

    with Readers(address, ["/"], headers=EACH) as readers:
        reload(parent, until=lambda: not before & set(children(parent.pid)))

    assert readers.failed() == []
    assert {ask(address) for _time in range(8)} == {"one"}


def test_the_site_is_loaded_without_a_thread_or_a_connection_that_a_fork_would_lose():
    done = subprocess.run(
        [sys.executable, "-c", LEFT_BEHIND],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )

    assert done.stdout == "['MainThread'] []\n"
