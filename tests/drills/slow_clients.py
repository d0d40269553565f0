"""Clients that send a byte now and then hold nobody up: the shipped nginx waits for them.

Behind it a site with two workers. Readers ask before and meanwhile, beside them half of the slow
clients never end a header, half never end a body.
"""

import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from tests.drills import Row
from tests.nginx import HOST, Proxy, proxy
from tests.readers import Readers
from tests.server import serve

PATHS = ["/de/", "/de/beratung/?alter=24", "/ar/kontakt/", "/de/kontakt/nachricht/"]
SLOW, SECONDS, PACE = 200, 15, 2.0
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tests.production_settings",
    "SECRET_KEY": "only-for-drills-" * 4,
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
}
HEADER = f"GET /de/ HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: "
BODY = (
    f"POST /de/kontakt/nachricht/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 60000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\ntext="
)


class SlowClients:
    """``SLOW`` connections that send a byte every ``PACE`` seconds, and come back when cut off."""

    def __init__(self, site: Proxy) -> None:
        self.site = site
        self.opened = 0
        self._ending = threading.Event()
        starts = [HEADER.encode(), BODY.encode()] * (SLOW // 2)
        self._threads = [threading.Thread(target=self._drip, args=(start,)) for start in starts]

    def __enter__(self) -> "SlowClients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _drip(self, start: bytes) -> None:
        while not self._ending.is_set():
            with suppress(OSError), self._connected() as connection:
                self.opened += 1
                connection.sendall(start)
                while not self._ending.wait(PACE):
                    connection.sendall(b"a")

    def _connected(self) -> ssl.SSLSocket:
        port = int(self.site.secure.partition(":")[2])
        plain = socket.create_connection(("127.0.0.1", port), timeout=20)
        return self.site.trust.wrap_socket(plain, server_hostname=HOST)


def run() -> Iterator[Row]:
    """Ask without and with slow clients, in turn; compare how long the slowest readers wait."""
    with ExitStack() as stack:
        folder, front = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in "ab")
        for address in serve(folder, workers=2, **PRODUCTION):
            site = stack.enter_context(proxy(front, address))
            _read(site)  # what a worker keeps is kept
            alone = _read(site)
            with SlowClients(site) as clients:
                time.sleep(PACE)
                beside = _read(site)
            stack.close()
            yield _row(alone, beside, clients.opened)


def _read(site: Proxy) -> Readers:
    address = f"https://{site.secure}"
    with Readers(address, PATHS, readers=4, pause=0.05, trust=site.trust) as readers:
        time.sleep(SECONDS)
    return readers


def _row(alone: Readers, beside: Readers, opened: int) -> Row:
    ratio = beside.slowest() / alone.slowest()
    failed = len(alone.failed()) + len(beside.failed())
    return Row(
        f"{SLOW} clients send a byte every {PACE:.0f} s, half in a header, half in a body",
        "p99 of readers ≤ 3 ×, 0 failed",
        f"p99 {ratio:.1f} × ({beside.slowest() * 1000:.0f} ms), {failed} of "
        f"{len(beside.answers)} failed, {opened} slow connections",
        ratio <= 3 and failed == 0,
    )
