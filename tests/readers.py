"""Readers who go on asking while something is done to the site, and what they got."""

import http.client
import ssl
import threading
import time
from collections.abc import Sequence
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

BROKEN = 0  # the status of a request that got no answer


class Answer(NamedTuple):
    """What one request got: when it was sent (``time.monotonic``), and after how many seconds."""

    sent_at: float
    path: str
    status: int
    seconds: float


class Readers:
    """Ask for ``paths`` in turn at ``address`` inside the ``with`` block, each over its connection.

    ``pause`` is for how many seconds each of them looks at a page; ``timeout`` for how many they
    wait for one. ``headers`` go with every request, over TLS where there is a server to ``trust``.
    """

    def __init__(
        self,
        address: str,
        paths: Sequence[str],
        *,
        readers: int = 4,
        pause: float = 0.02,
        timeout: float = 15,
        headers: dict[str, str] | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.host, self.paths = urlsplit(address).netloc, paths
        self.pause, self.timeout, self.headers = pause, timeout, headers or {}
        self.trust = trust
        self.answers: list[Answer] = []
        self._leaving = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(readers)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self._leaving.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, turn: int) -> None:
        connection = self._connection()
        while not self._leaving.wait(self.pause):
            path = self.paths[turn % len(self.paths)]
            turn += 1
            started = time.monotonic()
            try:
                connection.request("GET", path, headers=self.headers)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = BROKEN
            self.answers.append(Answer(started, path, status, time.monotonic() - started))

    def _connection(self) -> http.client.HTTPConnection:
        if self.trust:
            return http.client.HTTPSConnection(self.host, timeout=self.timeout, context=self.trust)
        return http.client.HTTPConnection(self.host, timeout=self.timeout)

    def failed(self, *, since: float = 0) -> list[Answer]:
        """Return the requests sent after ``since`` that got no answer, or one of 500 and above."""
        return [
            answer
            for answer in self.answers
            if answer.sent_at >= since and (answer.status == BROKEN or answer.status >= 500)
        ]

    def slowest(self, share: float = 0.99) -> float:
        """Return the seconds within which ``share`` of all answers came: 0.99 is p99."""
        times = sorted(answer.seconds for answer in self.answers)
        return times[min(int(len(times) * share), len(times) - 1)]
