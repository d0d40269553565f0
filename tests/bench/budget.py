"""What a page weighs and asks against its budgets, the table of docs/budgets.md: ``make budget``.

Weight: bytes and requests of the first visit with Brotli, headers and all, over a real gunicorn.
Queries: of a page that a worker shows for the first time, when it knows the catalogue of services
and what is on every page. What a page costs in time, ``make bench`` tells.
"""

import http.client
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli

from tests.browser.pages import PATHS
from tests.server import ROOT, environment, serve

# Every type of page by its name, and of the finder the answer that most readers get.
PAGES = {
    name: path
    for name, path in PATHS.items()
    if name == "beratung, answer" or (", " not in name and name != "not found")
}
LANGUAGES = ["de", "ar", "ru"]
MOST_BYTES, MOST_REQUESTS, MOST_QUERIES = 14_600, 3, 6

# Prints the number of queries of each address.
QUERIES = """
import logging, sys
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
for path in sys.argv[1:]:
    print(queries(path))
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


def main() -> int:
    paths = [f"/{code}/{path}" for code in LANGUAGES for path in PAGES.values()]
    over = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = serve(folder)
        host = next(site).removeprefix("http://")
        asked = subprocess.run(
            [sys.executable, "-c", QUERIES, *paths],
            cwd=ROOT,
            env=environment(folder) | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        print(
            f"| page | bytes (≤ {MOST_BYTES:,}) | requests (≤ {MOST_REQUESTS}) "
            f"| queries (≤ {MOST_QUERIES}) |"
        )
        print("|---|---|---|---|")
        for path, queries in zip(paths, asked.stdout.split(), strict=True):
            size, requests = weight(host, path)
            if size > MOST_BYTES or requests > MOST_REQUESTS or int(queries) > MOST_QUERIES:
                over.append(path)
            print(f"| {path} | {size:,} | {requests} | {queries} |")
        site.close()
    for path in over:
        print(f"Over its budget: {path}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
