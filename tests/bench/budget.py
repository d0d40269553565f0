"""What a page costs against its budgets, as the tables of docs/budgets.md: ``make budget``.

Fails on what can be counted. Weight: bytes and requests of the first visit with Brotli, headers and
all, over a real gunicorn. Queries: of a page that a worker shows for the first time, when it knows
the catalogue of services and what is on every page.

Speeds belong to the machine and what else it does, so they are ratios and only printed. Fresh: CPU
of a page that is built again, against an empty view. Cached: requests a second of the page cache
against a bare WSGI application that sends the same bytes, asked in turn on the same kind of
gunicorn; the best of several rounds.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import brotli

from tests.browser.pages import PATHS
from tests.server import GUNICORN, ROOT, environment, free_port, serve, wait_for

# Every type of page by its name, and of the finder the answer that most readers get.
PAGES = {
    name: path
    for name, path in PATHS.items()
    if name == "beratung, answer" or (", " not in name and name != "not found")
}
LANGUAGES = ["de", "ar", "ru"]
MOST_BYTES, MOST_REQUESTS, MOST_QUERIES = 14_600, 3, 6
ROUNDS, SECONDS, CLIENTS = 5, 1.0, 4

BARE = """
import os
body = open(os.environ["BODY"], "rb").read()
headers = [line.rstrip("\\n").split(": ", 1) for line in open(os.environ["HEADERS"])]
headers = [(name, value) for name, value in headers]
def application(environ, start_response):
    start_response("200 OK", headers)
    return [body]
"""

# Prints a line for each address: queries, and CPU against an empty view.
FRESH = """
import logging, sys, time
import django
django.setup()
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lkintegration.core.generation import renew_generation
from offers.catalogue import current
from offers.models import Service
logging.disable()
def cpu(ask, rounds=5, times=20):
    for _ in range(3):
        ask()
    costs = []
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(times):
            ask()
        costs.append((time.process_time() - started) / times * 1000)
    return min(costs)
handler = BaseHandler()
handler.load_middleware()
requests = RequestFactory(HTTP_HOST="127.0.0.1")
def ask(path):
    return handler.get_response(requests.get(path))
def queries(path):
    language = path.split("/")[1]
    renew_generation()
    with translation.override(language):
        current().sorted_keys(0, language)
    Service.objects.boundary()
    ask(f"/{language}/impressum/")
    with CaptureQueriesContext(connection) as seen:
        ask(path)
    return len(seen)
empty = cpu(lambda: ask("/robots.txt"))
for path in sys.argv[1:]:
    print(queries(path), cpu(lambda: ask(path)) / empty)
"""


def get(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return bytes on the wire, the headers and the body."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "br"})
    response = connection.getresponse()
    body = response.read()
    head = f"HTTP/1.1 {response.status} {response.reason}\r\n" + "".join(
        f"{name}: {value}\r\n" for name, value in response.headers.items()
    )
    connection.close()
    return len(head) + 2 + len(body), dict(response.headers), body


def weight(host: str, path: str) -> tuple[int, int]:
    """Return bytes and requests of a first visit: the page and all it loads."""
    size, headers, body = get(host, path)
    page = brotli.decompress(body).decode() if headers.get("Content-Encoding") else body.decode()
    assert not re.search(r'<script(?! type="application/ld\+json">)', page)
    links = re.findall(r'<link rel="(?:stylesheet|icon|manifest)"[^>]* href="([^"]+)"', page)
    loaded = {address for address in links if not address.startswith("data:")}
    loaded |= set(re.findall(r'<img[^>]+src="([^"]+)"(?![^>]*loading="lazy")', page))
    for address in loaded:
        size += get(host, address)[0]
    return size, 1 + len(loaded)


def speed(host: str, path: str) -> float:
    """Return requests a second over connections that stay open."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n\r\n".encode()
    counts = [0] * CLIENTS
    ending = time.perf_counter() + SECONDS

    def ask(client: int) -> None:
        name, _colon, port = host.partition(":")
        with socket.create_connection((name, int(port))) as line:
            length = None
            while time.perf_counter() < ending:
                line.sendall(request)
                seen = line.recv(65536)
                if length is None:
                    head, _gap, _rest = seen.partition(b"\r\n\r\n")
                    size = re.search(rb"(?i)content-length: (\d+)", head)
                    length = len(head) + 4 + int(size[1]) if size else 0
                while len(seen) < length:
                    seen += line.recv(65536)
                counts[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def bare(folder: Path, host: str, path: str) -> Iterator[str]:
    """Run an application that sends the same bytes on the same kind of gunicorn; yield its host."""
    _size, headers, body = get(host, path)
    (folder / "body").write_bytes(body)
    lines = [f"{n}: {v}\n" for n, v in headers.items() if n not in {"Server", "Date", "Connection"}]
    (folder / "headers").write_text("".join(lines))
    (folder / "bare.py").write_text(BARE)
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", GUNICORN, "--log-level", "warning"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "1", "bare:application"),
        ],
        cwd=folder,
        env=os.environ
        | {"BODY": str(folder / "body"), "HEADERS": str(folder / "headers")}
        | {"PYTHONPATH": str(ROOT)},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def main() -> int:
    paths = [f"/{code}/{path}" for code in LANGUAGES for path in PAGES.values()]
    over = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = serve(folder)
        host = next(site).removeprefix("http://")
        fresh = subprocess.run(
            [sys.executable, "-c", FRESH, *paths],
            cwd=ROOT,
            env=environment(folder) | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        print(
            f"| page | bytes (≤ {MOST_BYTES:,}) | requests (≤ {MOST_REQUESTS}) "
            f"| queries (≤ {MOST_QUERIES}) | CPU fresh, × an empty view |"
        )
        print("|---|---|---|---|---|")
        for path, line in zip(paths, fresh.stdout.splitlines(), strict=True):
            queries, ratio = line.split()
            size, requests = weight(host, path)
            if size > MOST_BYTES or requests > MOST_REQUESTS or int(queries) > MOST_QUERIES:
                over.append(path)
            print(f"| {path} | {size:,} | {requests} | {queries} | {float(ratio):.1f} |")
        other = bare(folder, host, "/de/kontakt/")
        bare_host = next(other)
        cached = raw = 0.0
        for _round in range(ROUNDS):
            cached = max(cached, speed(host, "/de/kontakt/"))
            raw = max(raw, speed(bare_host, "/"))
        print(f"\nPages from the page cache against bare WSGI: {cached / raw:.2f} of the speed")
        other.close()
        site.close()
    for path in over:
        print(f"Over its budget: {path}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
