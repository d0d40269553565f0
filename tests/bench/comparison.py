"""What a page costs beside a bare application, an empty view, Wagtail and django CMS.

All run at the same time, on gunicorn with as many workers and threads, and are asked in turn. What
counts is the CPU of the workers; that of PostgreSQL is not among it.
"""

import http.client
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import servers
from tests.bench.load import Sample, measure, memory
from tests.bench.peer_sites import DJANGO_CMS, WAGTAIL, build_peers, read_texts
from tests.bench.progress import progress, tell
from tests.bench.report import Section, compared, spread, table

HOME, TEXT, LIST = "/de/", "/de/datenschutz/", "/de/angebote/"
FINDER = "/de/beratung/?alter=19&ort=08336081"
BROTLI = {"Accept-Encoding": "br"}
UNCHANGED = {"If-None-Match": "*"}  # completed where the site says what it calls its answer


class Question(NamedTuple):
    """What is asked of which server, and what it is compared with (the name of another one)."""

    name: str
    server: str
    path: str
    against: str = ""
    headers: Mapping[str, str] = {}
    status: int = 200


BARE_TEXT, BARE_LIST, BARE_304 = "bare WSGI, text", "bare WSGI, list", "bare WSGI, 304"
EMPTY = "empty Django view"
OUR_TEXT, OUR_LIST = "site, PostgreSQL: text built", "site, PostgreSQL: list built"
QUESTIONS = [
    Question(BARE_TEXT, "bare", "/text/"),
    Question(BARE_LIST, "bare", "/list/"),
    Question(BARE_304, "bare", "/text/", "", UNCHANGED, 304),
    Question(EMPTY, "empty", "/"),
    Question("site, make run: text cached", "embedded", TEXT, BARE_TEXT, BROTLI),
    Question("site, PostgreSQL: text cached", "production", TEXT, BARE_TEXT, BROTLI),
    Question("site, PostgreSQL: list cached", "production", LIST, BARE_LIST, BROTLI),
    Question("site, PostgreSQL: 304", "production", TEXT, BARE_304, BROTLI | UNCHANGED, 304),
    Question("site, make run: text built", "embedded, fresh", TEXT, EMPTY),
    Question("site, make run: list built", "embedded, fresh", LIST, EMPTY),
    Question("site, PostgreSQL: home built", "production, fresh", HOME, EMPTY),
    Question(OUR_TEXT, "production, fresh", TEXT, EMPTY),
    Question(OUR_LIST, "production, fresh", LIST, EMPTY),
    Question("site, PostgreSQL: finder built", "production, fresh", FINDER, EMPTY),
    Question("Wagtail: text built", "wagtail", "/text/", OUR_TEXT),
    Question("Wagtail: list built", "wagtail", "/list/", OUR_LIST),
    Question("Wagtail with page cache: text", "wagtail, cached", "/text/", BARE_TEXT),
    Question("Wagtail with page cache: list", "wagtail, cached", "/list/", BARE_LIST),
    Question("django CMS: text built", "djangocms", "/de/text/", OUR_TEXT),
    Question("django CMS with page cache: text", "djangocms, cached", "/de/text/", BARE_TEXT),
]
WARMING = 1.0
LONGEST = 60  # seconds for the pages of the whole site


def run(rounds: int) -> Iterator[Section]:
    """Build and run everything, ask in turn, and yield what came of it."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        running = _start(Path(name), stack)
        memories = {server: [_memory(running[server])] for server in running}
        questions = [_completed(question, running) for question in QUESTIONS]
        for question in progress("pages: warming", questions):
            _ask(question, running, WARMING)
        for server in running:
            memories[server].append(_memory(running[server]))
        turns = [question for _round in range(rounds) for question in questions]
        for question in progress("pages: rounds", turns):
            samples[question.name].append(_ask(question, running))
        asked = _ask_everything(running["production"])
        for server in running:
            memories[server].append(_memory(running[server]))
    yield _pages(samples)
    yield _memories(memories, asked)


def _start(folder: Path, stack: ExitStack) -> dict[str, servers.Server]:
    """Run all servers until ``stack`` is left; return them by their names above."""
    for name in ("embedded", "production", "bare"):
        (folder / name).mkdir()
    tell("pages: databases of the site")
    embedded = servers.embedded(folder / "embedded")
    production = servers.production(folder / "production")
    running = {"production": stack.enter_context(servers.site(production))}
    host = running["production"].host
    pages = {name: fetch(host, path, servers.SECURE) for name, path in _COPIED.items()}
    for name, path in _COPIED.items():
        servers.note_answer(folder / "bare", name, *fetch(host, path, servers.SECURE | BROTLI))
    build_peers(read_texts(pages["text"][1], pages["list"][1]))
    starts = {
        "production, fresh": servers.site(production, servers.FRESH),
        "embedded": servers.site(embedded),
        "embedded, fresh": servers.site(embedded, servers.FRESH),
        "bare": servers.bare(folder / "bare"),
        "empty": servers.empty(),
        "wagtail": WAGTAIL.serve(),
        "wagtail, cached": WAGTAIL.serve(PAGE_CACHE="1"),
        "djangocms": DJANGO_CMS.serve(),
        "djangocms, cached": DJANGO_CMS.serve(PAGE_CACHE="1"),
    }
    for name, start in progress("pages: servers", list(starts.items())):
        running[name] = stack.enter_context(start)
    return running


_COPIED = {"text": TEXT, "list": LIST}


def fetch(host: str, path: str, headers: Mapping[str, str]) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the body of an answer; raises ``RuntimeError`` if it is no page."""
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{response.status} {host}{path}")
    return response.getheaders(), body


def _completed(question: Question, running: Mapping[str, servers.Server]) -> Question:
    """Return the question as it is sent: over TLS, as a proxy says; with the page's tag."""
    headers = {**question.headers}
    if question.server.startswith("production"):
        headers |= servers.SECURE
    if question.status == 304:
        sent = {name: value for name, value in headers.items() if name not in UNCHANGED}
        answer = dict(fetch(running[question.server].host, question.path, sent)[0])
        headers["If-None-Match"] = answer["ETag"]
    return question._replace(headers=headers)


def _ask(
    question: Question, running: Mapping[str, servers.Server], seconds: float | None = None
) -> Sample:
    server = running[question.server]
    return measure(
        server.host,
        question.path,
        question.headers,
        question.status,
        server.workers,
        **({} if seconds is None else {"seconds": seconds}),
    )


def _ask_everything(site: servers.Server) -> str:
    """Ask for every public page in every language, as long as there is time; return how many."""
    _headers, body = fetch(site.host, "/sitemap.xml", servers.SECURE)
    addresses = servers.paths_in_sitemap(
        body, lambda path: fetch(site.host, path, servers.SECURE)[1]
    )
    ending = time.monotonic() + LONGEST
    for number, address in enumerate(progress("pages: the whole site", addresses), 1):
        fetch(site.host, address, servers.SECURE | BROTLI)
        if time.monotonic() > ending:
            return f"{number:,} of {len(addresses):,}"
    return f"all {len(addresses):,}"


def _memory(server: servers.Server) -> list[float]:
    return [memory(worker) for worker in server.workers]


def _pages(samples: Mapping[str, list[Sample]]) -> Section:
    against = {question.name: question.against for question in QUESTIONS}
    costs = {name: [sample.cpu for sample in found] for name, found in samples.items()}
    rows = [
        [
            name,
            spread(costs[name]),
            f"{median(sample.rate for sample in found):,.0f}",
            f"{compared(costs[name], costs[against[name]])} × {against[name]}"
            if against[name]
            else "",
        ]
        for name, found in samples.items()
    ]
    return Section(
        "Pages",
        f"{servers.WORKERS} workers with {servers.THREADS} threads each, everywhere. CPU of the "
        "workers for a request in milliseconds: median (least–most) of the rounds; ratios of the "
        "same rounds. *Cached*: from the page cache, compressed, as browsers get it. *Built*: for "
        "every request anew, without page cache; what the site remembers of its content by itself "
        "it remembers here too. "
        f"Installed: {'; '.join(peer.describe() for peer in (WAGTAIL, DJANGO_CMS))}.",
        table(["what", "CPU", "requests/s", "ratio of CPU"], rows),
    )


def _memories(memories: Mapping[str, list[list[float]]], asked: str) -> Section:
    rows = [
        [name, *(f"{sum(workers) / len(workers):.0f}" for workers in moments)]
        for name, moments in memories.items()
    ]
    return Section(
        "Memory",
        "Megabytes of a worker (PSS, mean of both): what processes share is divided among them. "
        "After everything: after all rounds; in *production* after the sitemap and "
        f"{asked} pages that it lists, too.",
        table(["what", "at start", "after its pages", "after everything"], rows),
    )
