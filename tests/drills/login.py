"""Somebody guesses passwords while readers read."""

import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lkintegration.accounts.limits import ACCOUNT, ADDRESS, Limit
from tests import server
from tests.drills import Row
from tests.readers import Readers

GUESSES, GUESSERS = 1000, 8
PATHS = ["/de/", "/ar/kontakt/", "/de/angebote/", "/de/beratung/?alter=24"]
LOGIN = "/verwaltung/login/"
NEW_PASSWORD = "vier-Birnen-im-Nebel"  # noqa: S105  (of this drill alone)
COLLEAGUE = "kollegin"
Guess = Callable[[int], tuple[str, str]]  # the number of a guess → name, address
WAYS: dict[str, tuple[Limit, Guess]] = {
    "at one account, from one address": (ACCOUNT, lambda _n: (server.STAFF[0], "198.51.100.1")),
    "at one account, over 200 addresses": (
        ACCOUNT,
        lambda n: (COLLEAGUE, f"203.0.113.{n % 200}"),
    ),
    "at as many accounts, from one address": (ADDRESS, lambda n: (f"a{n}", "198.51.100.9")),
}


class Browser:
    """Sends the form of the login, with the cookies that it got."""

    def __init__(self, site: str) -> None:
        self.connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, path: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Return status and page; ``form`` is posted with the token of the page before."""
        headers = {
            "X-Forwarded-For": address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(form | {"csrfmiddlewaretoken": self.token}) if form else None
        self.connection.close()  # the server hangs up on whoever says nothing for two seconds
        self.connection.request("POST" if form else "GET", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
            self.token = found[1]
        return answer.status, page

    def at(self, site: str) -> "Browser":
        """Return the same browser, with its cookies, at the same site started anew."""
        other = Browser(site)
        other.cookies, other.token = self.cookies, self.token
        return other

    def log_in(self, name: str, password: str, address: str) -> int:
        """Return the status of one try."""
        return self.ask(LOGIN, address, {"username": name, "password": password})[0]


def run() -> Iterator[Row]:
    """Guess at one account from one address and from 200, and at every account from one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = server.serve(folder, workers=2, PROXY_COUNT="1")
        address = next(site)
        try:
            yield from _guess(folder, address)
        finally:
            site.close()


def _guess(folder: Path, site: str) -> Iterator[Row]:
    server.make_accounts(folder, (COLLEAGUE, "Übersetzung"))
    owner = Browser(site)
    owner.ask(LOGIN, "192.0.2.1")
    owner.log_in(*server.STAFF, "192.0.2.1")
    for way, (limit, _guess_of) in WAYS.items():
        with Readers(site, PATHS) as readers:
            time.sleep(5)
        quiet = readers.slowest()
        # In a process of its own: threads of this one would make its readers wait for them.
        with Readers(site, PATHS) as readers, ProcessPoolExecutor(1) as guessers:
            answers, seconds = guessers.submit(_send_all, site, way).result()
        checked, allowed = answers[200], _tries_within(limit, seconds)
        slower = readers.slowest() / quiet
        yield Row(
            f"{GUESSES:,} guesses {way}, {GUESSERS} at a time",
            f"at most {allowed} are checked in {seconds:.0f} s; readers' p99 at most 3 ×",
            f"{checked} checked, {answers[429]} refused, {answers[503]} told to come again; "
            f"p99 {readers.slowest() * 1000:.0f} ms, {slower:.1f} ×; "
            f"{len(readers.failed())} of {len(readers.answers)} readers failed",
            checked <= allowed and slower <= 3 and not readers.failed(),
        )
    yield _owner_gets_in(folder, site, owner)


def _send_all(site: str, way: str) -> tuple[Counter[int], float]:
    """Send all guesses; return how many got which status, and how long it took in seconds."""
    answers: Counter[int] = Counter()
    _limit, guess = WAYS[way]

    def send(first: int) -> None:
        browser = Browser(site)
        browser.ask(LOGIN, guess(first)[1])
        for number in range(first, GUESSES, GUESSERS):
            name, address = guess(number)
            answers[browser.log_in(name, f"geraten-{number}", address)] += 1

    started = time.monotonic()
    threads = [threading.Thread(target=send, args=(n,)) for n in range(GUESSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, time.monotonic() - started


def _tries_within(limit: Limit, seconds: float) -> int:
    tries, waited = limit.free, 0.0
    while (waited := waited + limit.wait_after(tries).total_seconds()) <= seconds:
        tries += 1
    return tries


def _owner_gets_in(folder: Path, site: str, owner: Browser) -> Row:
    name, password = server.STAFF
    guesser = Browser(site)
    guesser.ask(LOGIN, "192.0.2.2")
    while guesser.log_in(name, "geraten", "192.0.2.2") != 429:  # earlier waits may be over
        pass
    stranger, known = Browser(site), {k: v for k, v in owner.cookies.items() if "browser" in k}
    stranger.ask(LOGIN, "192.0.2.3")
    strange = stranger.log_in(name, password, "192.0.2.3")
    owner.cookies = known
    owner.ask(LOGIN, "192.0.2.1")
    own = owner.log_in(name, password, "192.0.2.1")
    printed = subprocess.run(
        [sys.executable, "manage.py", "access_link", name],
        cwd=server.ROOT,
        env=server.environment(folder),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    link = urlsplit(printed.split()[-1]).path
    stranger.ask(link, "192.0.2.3")
    form = link.rsplit("/", 2)[0] + "/set-password/"
    stranger.ask(form, "192.0.2.3")
    new = dict.fromkeys(("new_password1", "new_password2"), NEW_PASSWORD)
    stranger.ask(form, "192.0.2.3", new)
    stranger.ask(LOGIN, "192.0.2.3")
    by_link = stranger.log_in(name, NEW_PASSWORD, "192.0.2.3")
    return Row(
        "the owner's password afterwards: new browser, own browser, new browser after the link",
        "429, 302, 302: the wait holds for strangers, not for the owner",
        f"{strange}, {own}, {by_link}",
        (strange, own, by_link) == (429, 302, 302),
    )
