"""A production site on PostgreSQL, and what logs and metrics tell of those who use it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.contacts.messages.test_reader_forms import entries
from tests.databases import ROOT, create_from_template
from tests.postgresql import url
from tests.server import children, environment, free_port, wait_for
from tests.smtp import Health, SMTPServer

pytestmark = pytest.mark.postgresql

KEY = "ein-langer-geheimer-schluessel-nur-fuer-diesen-test-4711-0815-abcdefgh"
DATABASE = "observed"
NAME, WORD, MAIL, PHONE = "Canaria", "Kummerwort", "canaria@example.net", "0762199911"
ADDRESS = "203.0.113.77"
CANARIES = (NAME, WORD, MAIL, "canaria%40", PHONE, ADDRESS, "canaria")
# As docs/operations.md asks of a server; compose.yaml says the same.
SILENCE = ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")
BREAK = """
CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no room'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER refuse BEFORE INSERT ON contacts_message FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE auth_user RENAME TO auth_user_gone;
"""
MEND = """
DROP TRIGGER refuse ON contacts_message;
ALTER TABLE auth_user_gone RENAME TO auth_user;
"""


class Site:
    """Where it answers, where its metrics are, and the file that its processes log into."""

    def __init__(self, folder, smtp):
        self.folder, self.log, self.socket = folder, folder / "log", folder / "socket"
        self.port, self.metrics_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.variables = environment(
            folder,
            DJANGO_SETTINGS_MODULE="lkintegration.settings.production",
            DATABASE_URL=url(DATABASE),
            SECRET_KEY=KEY,
            ALLOWED_HOSTS="127.0.0.1",
            METRICS_PORT=str(self.metrics_port),
            EMAIL_URL=f"smtp://127.0.0.1:{smtp.port}",
            MESSAGE_MAILBOX="amt@example.org",
            LOG_LEVEL="DEBUG",
        )

    def ask(self, path, data=None, **headers):
        """Return status, headers and body of one answer."""
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(self.address + path, body)  # noqa: S310  (our own)
        sent = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": ADDRESS,
            "Referer": "https://127.0.0.1/",
        }
        for name, value in (sent | {n.replace("_", "-"): v for n, v in headers.items()}).items():
            request.add_header(name, value)
        opener = unmoved()
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode(errors="replace")

    def metrics(self):
        """Return the metrics as text, once each worker has had the time to note what it knows."""
        time.sleep(2.5)  # a worker does so once in a second
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics") as answer:
            return answer.read().decode()

    def manage(self, *command):
        with self.log.open("a") as log:
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=self.variables,
                stdout=log,
                stderr=log,
                check=False,
            )

    def in_database(self, statements):
        with psycopg.connect(url(DATABASE), autocommit=True) as connection:
            cursor = connection.execute(statements)
            return cursor.fetchone()[0] if cursor.description else None


def unmoved():
    """Return what follows no redirection."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
    ):
        opener.add_handler(handler())
    return opener


@pytest.fixture(scope="module")
def smtp():
    with SMTPServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory, smtp):
    create_from_template(url(), DATABASE)
    with psycopg.connect(url(), autocommit=True) as server:
        for name, value in SILENCE:
            statement = SQL("ALTER DATABASE {} SET {} = {}")
            server.execute(statement.format(*map(Identifier, (DATABASE, name, value))))
    site = Site(tmp_path_factory.mktemp("observed"), smtp)
    with site.log.open("a") as log:
        gunicorn = subprocess.Popen(
            [
                *(sys.executable, "-m", "lkintegration.run_gunicorn", "--workers", "2"),
                *("--bind", f"127.0.0.1:{site.port}", "--bind", f"127.0.0.1:{site.metrics_port}"),
                *("--bind", f"unix:{site.socket}"),
            ],
            cwd=ROOT,
            env=site.variables,
            stdout=log,
            stderr=log,
        )
    with ExitStack() as stack:
        site.gunicorn = gunicorn.pid
        stack.callback(gunicorn.wait, timeout=30)
        stack.callback(gunicorn.terminate)
        wait_for(f"{site.address}/health/live/")
        yield site


def number(metrics, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


def server_log():
    listed = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True, check=True)
    return Path(listed.stdout.split()[-1]).read_text(errors="replace")


def log_in(site, name):
    _status, headers, page = site.ask("/verwaltung/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    cookie = headers["Set-Cookie"].partition(";")[0]
    sent = {"csrfmiddlewaretoken": token, "username": name, "password": f"{WORD}-{PHONE}"}
    return site.ask("/verwaltung/login/", sent, Cookie=cookie)


def write(site, **changes):
    sent = {"text": f"{WORD} {WORD}", "name": NAME, "email": MAIL, "telefon": PHONE} | changes
    return site.ask("/de/kontakt/nachricht/", entries(**sent))


def use(site, smtp):
    """Put names, addresses and words in wherever there is a way in, while much is broken."""
    assert write(site)[0] == 302
    smtp.up(Health.REFUSING)
    smtp.refusal = f"550 <{MAIL}> {NAME}: {WORD}"
    site.manage("deliver_messages", "--once")
    site.manage("run_jobs", "--once")
    site.ask(f"/de/beratung/?alter=24&thema={WORD}&name={NAME}")
    site.ask(f"/de/{NAME}/{WORD}/")
    site.ask("/de/", Host=f"{NAME}.example")
    site.ask("/de/x/", User_Agent=NAME, Cookie=f"name={NAME}", X_Request_ID=NAME)
    log_in(site, MAIL)
    site.in_database(BREAK)
    try:
        assert write(site, text=f"{WORD} noch einmal")[0] == 503
        return log_in(site, MAIL)
    finally:
        site.in_database(MEND)


def test_nothing_of_a_person_is_in_any_log_or_metric(site, smtp, settings):
    settings.SECRET_KEY = KEY  # signs the form that is sent

    status, headers, page = use(site, smtp)

    assert status == 500
    told = {
        "log": site.log.read_text(),
        "metrics": site.metrics(),
        "database's log": server_log(),
        "page": page,
        "runs": site.in_database("SELECT string_agg(j::text, ' ') FROM upkeep_jobrun j"),
    }
    found = {(what, word) for what, text in told.items() for word in CANARIES if word in text}
    assert found == set()
    assert "no room" in told["database's log"]  # it was there that it could have stood

    lines = [json.loads(line) for line in told["log"].splitlines() if line.startswith("{")]
    faults = [line for line in lines if line.get("request_id") == headers["X-Request-ID"]]
    assert "ProgrammingError" in {
        error["type"] for line in faults for error in line.get("exception", [])
    }
    assert {line["logger"] for line in lines} >= {"gunicorn.error", "django.request"}
    waits = [line["event"] for line in lines if line["logger"] == "lkintegration.mailing.delivery"]
    assert [re.sub(r"\S+-\S+", "…", line) for line in waits] == [
        "Message … waits: SMTPRecipientsRefused"
    ], told["log"]


def test_pages_from_memory_are_counted_whichever_worker_sent_them(site):
    def seen(metrics):
        cached = number(metrics, "lkintegration_cached_pages_sent_total")
        return cached + number(metrics, 'lkintegration_answers_total{area="page",status="200"}')

    before = site.metrics()

    for _time in range(60):
        assert site.ask("/de/konzept/")[0] == 200

    after = site.metrics()
    assert seen(after) - seen(before) == 60
    cached = "lkintegration_cached_pages_sent_total"
    assert number(after, cached) - number(before, cached) >= 56  # each worker builds the page once


def test_a_worker_that_dies_takes_no_count_with_it(site):
    before = number(site.metrics(), "lkintegration_cached_pages_sent_total")
    killed = children(site.gunicorn)[0]

    os.kill(killed, signal.SIGKILL)
    while len(alive := children(site.gunicorn)) < 2 or killed in alive:
        time.sleep(0.2)
    wait_for(f"{site.address}/health/live/")

    assert number(site.metrics(), "lkintegration_cached_pages_sent_total") == before


def test_metrics_tell_of_each_job_and_are_on_no_other_port(site):
    metrics = site.metrics()

    assert number(metrics, "lkintegration_database_up") == 1
    assert number(metrics, 'lkintegration_job_overdue{job="delivery"}') == 1
    with urllib.request.urlopen(f"http://127.0.0.1:{site.metrics_port}/faults") as answer:
        assert b"job has not run: delivery\n" in answer.read()
    assert "lkintegration_cached_pages" not in site.ask("/metrics")[2]
    assert "job has not run" not in site.ask("/faults")[2]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{site.metrics_port}/de/")


def test_no_header_leads_to_the_metrics_where_a_proxy_comes_by_a_socket_file(site):
    with socket.socket(socket.AF_UNIX) as proxy:
        proxy.connect(str(site.socket))
        host = f"127.0.0.1:{site.metrics_port}"
        proxy.sendall(f"GET /metrics HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: proxy.recv(65536), b""))

    assert answer.partition(b"\r\n")[0].endswith(b"301 Moved Permanently")
    assert b"lkintegration_" not in answer
