"""Staff edit while readers and staff ask two workers: when each edit is seen, and by whom."""

import http.client
import re
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests import server
from tests.drills import Row

EDITS, REQUESTS = 200, 10_000
PROMISED = 1.0  # seconds until an edit is seen
# Writes the same words into records that one page shows and reads one by one: title and persons.
EDIT = f"""
import sys, time
from django.db import transaction
from django.test import Client
from django.contrib.auth.models import User
from contacts.models import ContactPerson
from lkintegration.pages.models import Page
client = Client()
client.force_login(User.objects.get(username={server.STAFF[0]!r}))
print(client.cookies["sessionid"].value, flush=True)
for number in sys.stdin:
    with transaction.atomic():
        for page in Page.objects.filter(key__in=["home", "kontakt"]):
            page.title = f"Stand {{number.strip()}}."
            page.save()
        for contact in ContactPerson.objects.published():
            contact.role = f"Stand {{number.strip()}}."
            contact.save()
    print(time.monotonic(), flush=True)
"""
PUBLIC = ["/de/kontakt/", "/de/", "/de/kontakt/eva-petersik/"]
ADMIN = ["/verwaltung/", "/verwaltung/pages/page/"]
PAUSE = 0.5  # seconds between two edits
VISITORS = 8  # every fourth of them is of staff
_STATE = re.compile(rb"Stand (\d+)\.")


class Answer(NamedTuple):
    """What one request got."""

    sent_at: float
    got_at: float
    worker: int
    is_staff: bool
    path: str
    status: int
    states: frozenset[int]
    is_for_staff: bool  # it names somebody of staff, or sets a cookie


class Seen(NamedTuple):
    """What came of it."""

    edits: int
    answers: int
    late: int  # answers that were asked for a second after an edit and did not show it
    slowest: float  # seconds from an edit until each worker showed it
    mixed: int  # answers that showed two states
    leaked: int  # answers for staff that somebody else got
    failed: int
    workers: int

    @property
    def holds(self) -> bool:
        """Return whether all is as promised; how long it took is a matter of the machine."""
        return self.workers == 2 and not (self.mixed or self.leaked or self.failed)


class _Visitor(threading.Thread):
    """Asks one worker over a connection that stays open."""

    def __init__(self, site: "_Site", *, is_staff: bool) -> None:
        super().__init__()
        self.site, self.is_staff = site, is_staff
        self.answers: list[Answer] = []
        self.leaving = threading.Event()

    def run(self) -> None:
        line, worker, turn = None, 0, 0
        while not self.leaving.is_set():
            path = [*PUBLIC, *ADMIN][turn % len([*PUBLIC, *ADMIN])]
            turn += 1
            sent = {"Cookie": f"sessionid={self.site.session}"} if self.is_staff else {}
            sent_at = time.monotonic()
            try:
                line = line or http.client.HTTPConnection(self.site.host, timeout=30)
                line.request("GET", path, headers=sent)
                worker = worker or self.site.worker_of(line)
                answer = line.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                line, worker = None, 0  # gunicorn ends what was silent for two seconds
                continue
            states = frozenset(map(int, _STATE.findall(body))) if path in PUBLIC else frozenset()
            named = server.STAFF[0].encode() in body or bool(answer.headers["Set-Cookie"])
            self.answers.append(
                Answer(
                    *(sent_at, time.monotonic(), worker, self.is_staff, path),
                    *(answer.status, states, named),
                )
            )


class _Site:
    """Where it is, its workers, and the session of somebody of staff."""

    def __init__(self, address: str, session: str) -> None:
        self.host, self.session = urlsplit(address).netloc, session
        self.workers = server.children(server.gunicorn_at(address))

    def worker_of(self, line: http.client.HTTPConnection) -> int:
        """Return the process that has taken ``line``; 0 where none has yet."""
        port = f":{line.sock.getsockname()[1]:04X}"
        for row in Path("/proc/net/tcp").read_text().splitlines():
            fields = row.split()
            if fields[2].endswith(port):
                held = f"socket:[{fields[9]}]"
                return next((pid for pid in self.workers if held in _files(pid)), 0)
        return 0


def _files(pid: int) -> set[str]:
    return {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()}


def watch(folder: Path, *, edits: int, requests: int) -> Seen:
    """Run a site in ``folder``, edit it and ask it at least so many times."""
    site = server.serve(folder, workers=2)
    address = next(site)
    editor = subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{EDIT}"],
        cwd=server.ROOT,
        env=server.environment(folder) | {"PYTHONPATH": str(server.ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert editor.stdin
    assert editor.stdout
    running = _Site(address, editor.stdout.readline().strip())
    visitors = [_Visitor(running, is_staff=turn % 4 == 3) for turn in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    edited = []
    while len(edited) < edits or sum(len(visitor.answers) for visitor in visitors) < requests:
        editor.stdin.write(f"{len(edited) + 1}\n")
        editor.stdin.flush()
        edited.append(float(editor.stdout.readline()))
        time.sleep(PAUSE)
    time.sleep(PROMISED + 0.5)
    for visitor in visitors:
        visitor.leaving.set()
    for visitor in visitors:
        visitor.join()
    editor.stdin.close()
    editor.wait()
    site.close()
    return judge([answer for visitor in visitors for answer in visitor.answers], edited)


def judge(answers: list[Answer], edited: list[float]) -> Seen:
    """Return what became of ``edited``, the moments at which each edit was stored."""
    public = [answer for answer in answers if answer.path in PUBLIC]
    workers = {answer.worker for answer in answers} - {0}
    return Seen(
        edits=len(edited),
        answers=len(answers),
        late=sum(_newest(answer) < bisect(edited, answer.sent_at - PROMISED) for answer in public),
        slowest=max(_delay(public, worker, edited) for worker in workers),
        mixed=sum(len(answer.states) > 1 for answer in public),
        leaked=sum(_is_leaked(answer) for answer in answers),
        failed=sum(answer.status != _expected(answer) for answer in answers),
        workers=len(workers),
    )


def _newest(answer: Answer) -> int:
    return max(answer.states, default=0)


def _delay(answers: list[Answer], worker: int, edited: list[float]) -> float:
    """Return after how many seconds the slowest edit was on a page of ``worker``."""
    shown = sorted((a.got_at, _newest(a)) for a in answers if a.worker == worker)
    seen_at = [inf] * len(edited)
    known = 0
    for got_at, newest in shown:
        for number in range(known, newest):
            seen_at[number] = got_at
        known = max(known, newest)
    return max(seen - stored for seen, stored in zip(seen_at, edited, strict=True))


def _is_leaked(answer: Answer) -> bool:
    return answer.is_for_staff and (not answer.is_staff or answer.path in PUBLIC)


def _expected(answer: Answer) -> int:
    return 200 if answer.is_staff or answer.path in PUBLIC else 302


def run() -> Iterator[Row]:
    """Let staff edit while readers and staff ask."""
    with tempfile.TemporaryDirectory() as folder:
        seen = watch(Path(folder), edits=EDITS, requests=REQUESTS)
    yield Row(
        f"{seen.edits} edits while {VISITORS} visitors ask two workers, a quarter of them staff",
        f"each edit is on both within {PROMISED:.0f} s, no page mixes two states, no page of staff "
        "reaches anybody else",
        f"{seen.answers} answers, {seen.late} late, slowest {seen.slowest:.1f} s, {seen.mixed} "
        f"mixed, {seen.leaked} leaked, {seen.failed} failed",
        seen.holds and not seen.late,
    )
