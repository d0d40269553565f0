"""The clock of the machine leaps two days ahead, is put right, is two days late, is put right."""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from lkintegration.accounts.limits import ACCOUNT
from tests import server
from tests.drills import Row
from tests.drills.login import COLLEAGUE, LOGIN, Browser
from tests.drills.mail import MAKE
from tests.readers import Readers
from tests.smtp import SMTPServer

SOURCE = Path(__file__).with_name("clock.c")
DAY = 24 * 60 * 60
LEAPS = {
    "two days ahead": 2 * DAY,
    "back to the right time": 0,
    "two days back": -2 * DAY,
    "ahead to the right time": 0,
}
PATHS = ["/de/", "/ar/kontakt/", "/de/beratung/?alter=24", "/de/kontakt/nachricht/"]
DESK = "/verwaltung/"
ROUND = 25  # seconds: services look every ten, and a job takes some
SERVICES = ("run_jobs", "deliver_messages")
LATE = (
    "from django.utils import timezone; from lkintegration.upkeep.job_runs import job_states;"
    "from lkintegration.upkeep.jobs import JOBS;"
    "print(*(s.job.name for s in job_states(JOBS, timezone.now()) if s.is_overdue))"
)


def run() -> Iterator[Row]:
    """Set the clock of site and services while readers ask, and see who is kept out by it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        mail = stack.enter_context(SMTPServer())
        site = Site(folder, mail)
        for address in server.run(folder, workers=2, **site.variables):
            stack.enter_context(site.services())
            time.sleep(ROUND)
            yield from site.leap(address)


class Site:
    """A site and its services, whose clock shows what the drill says."""

    def __init__(self, folder: Path, mail: SMTPServer) -> None:
        self.folder, self.mail, self.clock = folder, mail, folder / "clock"
        library = folder / "clock.so"
        compiling = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)]
        subprocess.run(compiling, check=True)
        self.variables = {
            "LD_PRELOAD": str(library),
            "CLOCK_IS_WRONG_BY": str(self.clock),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "MESSAGE_MAILBOX": "amt@example.org",
            "PROXY_COUNT": "1",
        }
        server.prepare(folder)
        server.make_accounts(folder, (COLLEAGUE, "Übersetzung"))

    def services(self) -> ExitStack:
        """Run what works beside the site; closing what this returns ends it."""
        stack = ExitStack()
        for command in SERVICES:
            service = subprocess.Popen(
                [sys.executable, "manage.py", command],
                cwd=server.ROOT,
                env=server.environment(self.folder, **self.variables),
                stdout=subprocess.DEVNULL,
            )
            stack.callback(service.wait, timeout=40)
            stack.callback(service.terminate)
        return stack

    def leap(self, address: str) -> Iterator[Row]:
        """Set the clock again and again; yield what became of readers, staff, jobs and mail."""
        staff = Browser(address)
        staff.ask(LOGIN, "192.0.2.1")
        staff.log_in(*server.STAFF, "192.0.2.1")
        sent: list[str] = []
        for number, (where, seconds) in enumerate(LEAPS.items()):
            # Somebody guesses until they must wait, by a clock that is put right a moment later.
            guess_until_refused(address, f"198.51.100.{number}")
            sent.append(self._python(MAKE))
            with Readers(address, PATHS) as readers:
                time.sleep(2)
                self.clock.write_text(str(seconds))
                sent.append(self._python(MAKE))
                time.sleep(ROUND)
            session, _page = staff.ask(DESK, "192.0.2.1")
            staff.ask(LOGIN, "192.0.2.1")
            known = staff.log_in(*server.STAFF, "192.0.2.1")
            time.sleep(max(0, ACCOUNT.first_wait.total_seconds() + 5 - ROUND))
            strange = log_in_anew(address, f"203.0.113.{number}")
            late = self._python(LATE)
            arrived = Counter(self.mail.references())
            times = [arrived[reference] for reference in sent]
            yield Row(
                f"The clock leaps {where}",
                "pages go on; staff log in again at once, who was guessed at after a minute; jobs "
                "run on; each message arrives once",
                f"{len(readers.failed())} of {len(readers.answers)} readers failed; session "
                f"{session}, log-in {known}, the other's {strange}; "
                f"late jobs: {late or 'none'}; {times.count(1)} of {len(times)} once",
                not readers.failed()
                and (known, strange, late) == (302, 302, "")
                and times.count(1) == len(times),
            )

    def _python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code],
            cwd=server.ROOT,
            env=server.environment(self.folder, **self.variables),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.strip()


def guess_until_refused(site: str, address: str) -> None:
    """Try wrong passwords at the colleague's account until a wait begins."""
    browser = Browser(site)
    browser.ask(LOGIN, address)
    while browser.log_in(COLLEAGUE, "geraten", address) != 429:
        pass


def log_in_anew(site: str, address: str) -> int:
    """Return the status of the colleague's log-in with a browser that nobody knows."""
    browser = Browser(site)
    browser.ask(LOGIN, address)
    return browser.log_in(COLLEAGUE, server.STAFF[1], address)
