"""Workers die or are renewed behind the shipped nginx while readers ask."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests import server
from tests.drills import Row
from tests.drills.slow_clients import PRODUCTION
from tests.nginx import Proxy, proxy
from tests.readers import Readers

PATHS = ["/de/", "/de/beratung/?alter=24", "/ar/kontakt/", "/de/kontakt/nachricht/"]
SECONDS, RELOADS = 30, 3
MOST = 0.001  # of all requests


def run() -> Iterator[Row]:
    """Kill a worker a second; then renew all of them, over and over."""
    with ExitStack() as stack:
        folder, front = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in "ab")
        for address in server.serve(folder, workers=2, **PRODUCTION):
            with proxy(front, address) as site:
                yield from _break_both_ways(server.gunicorn_at(address), site)


def _break_both_ways(parent: int, site: Proxy) -> Iterator[Row]:
    killing = f"`kill -9` of a worker each second for {SECONDS} s"
    yield _break(site, partial(_kill, parent), killing, MOST)
    yield _break(site, partial(_renew, parent), f"reload (HUP), {RELOADS} times", 0)


def _break(site: Proxy, what: Callable[[], None], done: str, most: float) -> Row:
    """Let readers ask while ``what`` happens, and ten seconds longer."""
    with Readers(f"https://{site.secure}", PATHS, trust=site.trust, timeout=60) as readers:
        what()
        over = time.monotonic()
        time.sleep(10)
    failed, after = readers.failed(), readers.failed(since=over)
    share = len(failed) / len(readers.answers)
    return Row(
        done,
        f"at most {most:.1%} of all requests fail, none after" if most else "no request fails",
        f"{len(failed)} of {len(readers.answers)} ({share:.2%}), {len(after)} after; "
        f"slowest {readers.slowest(1):.1f} s",
        share <= most and not after,
    )


def _kill(parent: int) -> None:
    for _second in range(SECONDS):
        time.sleep(1)
        if workers := server.children(parent):
            os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311


def _renew(parent: int) -> None:
    for _reload in range(RELOADS):
        os.kill(parent, signal.SIGHUP)
        time.sleep(SECONDS / RELOADS)
