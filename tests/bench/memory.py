"""What the site's processes hold in memory, as the table of docs/budgets.md: ``make bench``.

In MB of PSS (proportional set size): what several processes share counts for each of them in part,
so that the figures may be added up. Printed, never failed: they depend on the machine.
"""

import http.client
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.grid import addresses
from tests.server import children, gunicorn_at, serve

WORKERS = 2
QUESTIONS = list(addresses())[::5]


def pss(process: int) -> float:
    """Return the proportional set size of ``process`` in MB."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss: +(\d+) kB$", rollup, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def print_row(when: str, parent: int) -> None:
    """Print what the parent holds, the worker that holds most, and all of them together."""
    workers = [pss(worker) for worker in children(parent)]
    alone = pss(parent)
    print(f"| {when} | {alone:.0f} | {max(workers):.0f} | {alone + sum(workers):.0f} |", flush=True)


def get(host: str, path: str, encoding: str = "br") -> bytes:
    """Ask over a connection of its own, which whatever worker is free takes."""
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    body = connection.getresponse().read()
    connection.close()
    return body


def ask(host: str, paths: Iterable[str]) -> None:
    for path in paths:
        get(host, path)


def mapped(host: str) -> list[str]:
    """Return the paths of all pages of the map, whatever number of files it has."""
    files, pages = ["/sitemap.xml"], []
    while files:
        sitemap = get(host, files.pop(), "identity").decode()
        paths = re.findall(r"<loc>https?://[^/<]+([^<]+)</loc>", sitemap)
        (files if "<sitemapindex" in sitemap else pages).extend(paths)
    return pages


def main() -> None:
    print(f"| PSS in MB, {WORKERS} workers | parent | a worker | together |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for address in serve(Path(folder), WORKERS, WEB_CONCURRENCY=str(WORKERS)):
            host, parent = address.removeprefix("http://"), gunicorn_at(address)
            print_row("at start", parent)
            ask(host, ["/de/"] * 20)
            print_row("after one page", parent)
            for _time in range(2):  # each worker is likely to have built most of them
                ask(host, mapped(host))
            print_row("after every page of the sitemap", parent)
            ask(host, QUESTIONS)
            print_row(f"after {len(QUESTIONS):,} addresses", parent)
            for _time in range(2):
                mapped(host)
            print_row("after two sitemaps", parent)


if __name__ == "__main__":
    main()
