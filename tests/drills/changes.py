"""Content changes each second while many readers ask: each page is built anew each time."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import server
from tests.drills import Row
from tests.readers import Readers

PATHS = ["/de/", "/ar/kontakt/", "/de/beratung/?alter=24", "/uk/angebote/", "/en/leitziele/"]
READERS, SECONDS = 32, 15
SLOWEST = 2.0
CHANGE = f"""
import time
from lkintegration.core.generation import renew_generation
for _second in range({SECONDS}):
    renew_generation()
    time.sleep(1)
"""


def run() -> Iterator[Row]:
    """Let readers ask while the content changes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = server.serve(folder, workers=2)
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", CHANGE]
        with (
            Readers(next(site), PATHS, readers=READERS, pause=0.01) as readers,
            subprocess.Popen(command, cwd=server.ROOT, env=server.environment(folder)) as changing,
        ):
            changing.wait()
            time.sleep(1)
        site.close()
    yield Row(
        f"content changes each second for {SECONDS} s, {READERS} readers",
        f"p99 of readers ≤ {SLOWEST:.0f} s, 0 failed",
        f"p50 {readers.slowest(0.5) * 1000:.0f} ms, p99 {readers.slowest():.1f} s, "
        f"{len(readers.failed())} of {len(readers.answers)} failed",
        readers.slowest() <= SLOWEST and not readers.failed(),
    )
