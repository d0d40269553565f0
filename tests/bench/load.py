"""Asks a server over connections that stay open, and reads what its processes used meanwhile."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

CLIENTS = 4
WARM_UP, SECONDS = 0.4, 2.0
FEWEST, LONGEST_WAIT = 20, 30  # answers, seconds: on a machine that is busy with something else
TICKS = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """Milliseconds of CPU of the workers for a request, and requests a second."""

    cpu: float
    rate: float


class Client(threading.Thread):
    """Sends the same request again and again over one connection, until it is stopped."""

    def __init__(self, host: str, path: str, headers: Mapping[str, str], status: int) -> None:
        super().__init__(daemon=True)
        self.host, self.path, self.headers, self.status = host, path, headers, status
        self.answers = 0
        self.wrong = ""
        self.stopped = False

    def run(self) -> None:
        """Ask; an answer with another status ends it."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        while not self.stopped:
            connection.request("GET", self.path, headers=self.headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != self.status or (self.status == 200 and not body):
                self.wrong = f"{response.status} {self.host}{self.path}: {body[:300]!r}"
                break
            self.answers += 1
        connection.close()


def measure(
    host: str,
    path: str,
    headers: Mapping[str, str],
    status: int,
    workers: Sequence[int],
    seconds: float = SECONDS,
) -> Sample:
    """Ask for some seconds, once every connection has had an answer; count what came meanwhile.

    Raises ``RuntimeError`` where an answer has another status or is empty.
    """
    clients = [Client(host, path, headers, status) for _number in range(CLIENTS)]
    for client in clients:
        client.start()
    _wait_until(lambda: all(client.answers or not client.is_alive() for client in clients))
    time.sleep(WARM_UP)
    began, used, before = time.perf_counter(), cpu(workers), _answers(clients)
    time.sleep(seconds)
    _wait_until(lambda: _answers(clients) - before >= FEWEST)
    took = time.perf_counter() - began
    used, answers = cpu(workers) - used, _answers(clients) - before
    for client in clients:
        client.stopped = True
    for client in clients:
        client.join(30)
    if wrong := next((client.wrong for client in clients if client.wrong), ""):
        raise RuntimeError(f"Not what was asked for: {wrong}")
    if not answers:
        raise RuntimeError(f"No answer in {took:.0f} s: {host}{path}")
    return Sample(used / answers * 1000, answers / took)


def _wait_until(is_true: Callable[[], bool]) -> None:
    ending = time.monotonic() + LONGEST_WAIT
    while not is_true() and time.monotonic() < ending:
        time.sleep(0.02)


def _answers(clients: Sequence[Client]) -> int:
    return sum(client.answers for client in clients)


def cpu(processes: Sequence[int]) -> float:
    """Return the seconds of CPU that the processes have used so far, all their threads together."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def memory(process: int) -> float:
    """Return the megabytes of a process; what it shares counts in parts (PSS)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
