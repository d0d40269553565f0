"""Workers die while readers ask."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import server
from tests.drills import Row
from tests.readers import Readers

PATHS = ["/de/", "/de/beratung/?alter=24", "/ar/kontakt/", "/de/kontakt/nachricht/"]
SECONDS = 30


def run() -> Iterator[Row]:
    """Kill a worker a second."""
    with tempfile.TemporaryDirectory() as name:
        yield _kill(Path(name))


def _kill(folder: Path) -> Row:
    site = server.serve(folder, workers=2)
    address = next(site)
    parent = server.gunicorn_at(address)
    with Readers(address, PATHS) as readers:
        for _second in range(SECONDS):
            time.sleep(1)
            workers = server.children(parent)
            if workers:
                os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311
        ended = time.monotonic()
        time.sleep(5)
    site.close()
    failed, after = readers.failed(), readers.failed(since=ended + 1)
    share = len(failed) / len(readers.answers)
    return Row(
        f"`kill -9` of a worker each second for {SECONDS} s",
        "at most 0.1 % of all requests fail, none after",
        f"{len(failed)} of {len(readers.answers)} ({share:.2%}), {len(after)} after",
        share <= 0.001 and not after,
    )
