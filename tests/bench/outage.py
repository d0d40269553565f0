"""Readers write while everything breaks: ``make outage``.

Eight clients send 1,000 messages to a real gunicorn, whose workers are killed with ``kill -9``
meanwhile. Delivery runs in two processes at a time, killed the same way, against a mail server that
is down, busy, slow, refusing, closing amid the data, silent after it, and healthy in turn. A client
whose connection breaks sends the same form again, as people do.

Prints what became of every number that a reader saw, and fails where a message was lost or doubled.
``--messages N`` sends fewer. DATABASE_URL may name a PostgreSQL server; else it is SQLite.
"""

import argparse
import html
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.server import ROOT, children, environment, gunicorn_at, serve
from tests.smtp import Health, SMTPServer

CLIENTS = 8
FORM = "/de/kontakt/nachricht/"
# Each for SPELL seconds, over and over; "down" is a closed port.
WEATHER = (None, Health.HEALTHY, Health.BUSY, Health.SLOW, Health.REFUSING, Health.CLOSING)
WEATHER += (Health.HEALTHY, Health.SILENT, Health.FULL, Health.LOSING)
SPELL = 1.5


def fetch(host: str, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
    """Return status, Location and text; asks again when the connection breaks."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    while True:
        connection = http.client.HTTPConnection(host, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            return response.status, response.headers.get("Location", ""), text
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()


def write(host: str, client: int, number: int, seen: dict[str, str], wrong: list[str]) -> None:
    """Fill in ``number`` forms, one after the other, and note the numbers that come back."""
    tokens = []
    for _form in range(number):
        _status, _location, page = fetch(host, "GET", FORM)
        tokens.append(html.unescape(re.search(r'name="formular" value="([^"]+)"', page)[1]))
    time.sleep(3)  # a form filled in faster is refused
    for place, token in enumerate(tokens):
        text = f"Nachricht {place} von {client}: Grüße, مرحبا 😀"
        body = urllib.parse.urlencode(
            {"formular": token, "text": text, "email": f"leser{client}@example.org"}
            | {"sprache": "en", "telefon": "", "name": "", "thema": "", "homepage": ""}
        )
        status, location, _page = fetch(host, "POST", FORM, body)
        if status != 302:
            wrong.append(f"{status} for {text}")
            continue
        _status, _location, page = fetch(host, "GET", location)
        seen[text] = re.search(r'class="reference"[^>]*>([^<]+)<', page)[1]


@contextmanager
def in_background(target, *args) -> Iterator[threading.Event]:  # type: ignore[no-untyped-def]
    ending = threading.Event()
    thread = threading.Thread(target=target, args=(*args, ending))
    thread.start()
    try:
        yield ending
    finally:
        ending.set()
        thread.join()


def change_the_weather(server: SMTPServer, ending: threading.Event) -> None:
    while True:
        for health in WEATHER:
            if health is None:
                server.down()
            else:
                server.up(health)
            if ending.wait(SPELL):
                return


def kill_workers(parent: int, killed: Counter, ending: threading.Event) -> None:
    """Kill one of gunicorn's workers every few seconds; gunicorn starts another one."""
    while not ending.wait(3):
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(children(parent)), signal.SIGKILL)
            killed["web workers"] += 1


def deliver(variables: dict[str, str], killed: Counter, ending: threading.Event) -> None:
    """Start delivery over and over, and kill every other one in the middle of its work."""
    command = [sys.executable, "manage.py", "deliver_messages", "--once", "--now"]
    for turn in range(10**6):
        if ending.is_set():
            return
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if turn % 2:
            time.sleep(random.uniform(1.5, 3))
            if process.poll() is None:
                process.kill()
                killed["deliverers"] += 1
        process.wait()


def report(server: SMTPServer, seen: dict[str, str]) -> bool:
    """Print what became of the messages; return whether none was lost or doubled."""
    from contacts.models import Message

    states = dict(Message.objects.values_list("reference", "delivery"))
    arrived = Counter(server.references())
    numbers = set(seen.values())
    doubled = [number for number, times in arrived.items() if times > 1]
    lost = [
        number
        for number in numbers
        if number not in arrived and states.get(number) in {None, "delivered"}
    ]
    waiting = Counter(states[number] for number in numbers if number not in arrived)
    print(f"  numbers seen by readers      {len(seen):5}  ({len(numbers)} different)")
    print(f"  messages stored              {len(states):5}")
    print(f"  delivered exactly once       {sum(arrived[number] == 1 for number in numbers):5}")
    print(f"  visible as not yet delivered {sum(waiting.values()):5}  {dict(waiting)}")
    print(f"  doubled                      {len(doubled):5}")
    print(f"  lost                         {len(lost):5}")
    return not doubled and not lost and len(numbers) == len(seen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1000)
    number = parser.parse_args().messages // CLIENTS
    seen: dict[str, str] = {}
    wrong: list[str] = []
    killed: Counter = Counter()
    with tempfile.TemporaryDirectory() as folder, SMTPServer() as server:
        extra = {
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "MESSAGE_MAILBOX": "amt@example.org",
            "DEFAULT_FROM_EMAIL": "website@example.org",
            "MESSAGES_PER_SENDER": "1000000",
        }
        if "DATABASE_URL" in os.environ:
            extra["DATABASE_URL"] = os.environ["DATABASE_URL"]
        variables = environment(Path(folder), **extra)
        os.environ.update(variables)
        site = serve(Path(folder), workers=3, **extra)
        address = next(site)
        import django

        django.setup()
        from django.utils import timezone

        from contacts.models import Message
        from lkintegration.mailing.delivery import LEASE

        host = address.removeprefix("http://")
        clients = [
            threading.Thread(target=write, args=(host, client, number, seen, wrong))
            for client in range(CLIENTS)
        ]
        started = time.perf_counter()
        with (
            in_background(change_the_weather, server),
            in_background(deliver, variables, killed),
            in_background(deliver, variables, killed),
            in_background(kill_workers, gunicorn_at(address), killed),
        ):
            for client in clients:
                client.start()
            for client in clients:
                client.join()
        print(
            f"{len(seen)} messages in {time.perf_counter() - started:.0f} s; killed {dict(killed)}"
        )
        for line in wrong[:5]:
            print("  WRONG", line)
        print("While everything breaks:")
        fine = report(server, seen)

        # The mail server is well again, and the leases of the killed processes run out.
        server.up()
        Message.objects.filter(delivery="sending").update(claimed_at=timezone.now() - LEASE)
        subprocess.run(
            [sys.executable, "manage.py", "deliver_messages", "--once", "--now"],
            cwd=ROOT,
            env=variables,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print("When all is well again:")
        fine &= report(server, seen)
        left = Message.objects.filter(delivery__in=["waiting", "sending"]).count()
        site.close()
    return 0 if fine and not wrong and not left and len(seen) == number * CLIENTS else 1


if __name__ == "__main__":
    sys.exit(main())
