"""Asks the finder for every age, municipality and language: part of ``make bench``.

Each of 121 × 35 × 12 = 50,820 pages, sent by a real gunicorn with two workers, must answer 200 and
name at least one number to call. ``EVERY=1`` asks all of them, else every tenth.
"""

import http.client
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

from tqdm import tqdm

from lkintegration.core.languages import LANGUAGES
from tests.bench.report import Section, table
from tests.server import ROOT, serve

CLIENTS = 4


def addresses() -> Iterator[str]:
    rows = (ROOT / "contacts/content/municipalities.csv").read_text(encoding="utf-8").splitlines()
    places = [row.split(",")[0] for row in rows[1:]]
    for language, age, place in product(LANGUAGES, range(121), places):
        yield f"/{language.code}/beratung/?alter={age}&ort={place}"


def ask(host: str, waiting: Queue[str], seen: list[tuple[float, str]], wrong: list[str]) -> None:
    connection = http.client.HTTPConnection(host, timeout=60)
    while True:
        try:
            address = waiting.get_nowait()
        except Empty:
            return
        started = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read()
        seen.append((time.perf_counter() - started, address))
        if response.status != 200 or b'href="tel:+49' not in body:
            wrong.append(f"{response.status} {address}")


def run(_rounds: int) -> Iterator[Section]:
    """Ask, and yield what came of it; raises ``RuntimeError`` where a page is not as it must be."""
    every = int(os.environ.get("EVERY") or 10)
    waiting: Queue[str] = Queue()
    for address in list(addresses())[::every]:
        waiting.put(address)
    total = waiting.qsize()
    seen: list[tuple[float, str]] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        server = serve(Path(folder), workers=2)
        host = urlsplit(next(server)).netloc
        started = time.perf_counter()
        clients = [
            threading.Thread(target=ask, args=(host, waiting, seen, wrong), daemon=True)
            for _number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        with tqdm(total=total, desc="finder: pages", mininterval=1) as bar:
            while any(client.is_alive() for client in clients):
                time.sleep(0.5)
                bar.update(len(seen) - bar.n)
        elapsed = time.perf_counter() - started
        server.close()
    if wrong:
        raise RuntimeError("\n".join([f"{len(wrong)} pages without a number:", *wrong[:20]]))
    slowest, where = max(seen)
    found = [f"{total:,}", f"{total / elapsed:.0f}", f"{slowest * 1000:.0f} ms", f"`{where}`"]
    yield Section(
        "Finder",
        f"{'Every' if every == 1 else f'One in {every}'} of its answers by age, municipality and "
        "language, each for the first time: all answer 200 and name a number to call.",
        table(["pages", "a second", "slowest", "which"], [found]),
    )
