"""Runs the site and what it is compared with, all on gunicorn with as many workers and threads."""

import gzip
import html
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests import postgresql
from tests.databases import create_from_template
from tests.server import GUNICORN, ROOT, children, environment, free_port, prepare

WORKERS, THREADS = 2, 16
PEER_GUNICORN = str(ROOT / "tests" / "bench" / "peer_gunicorn.py")
# What a proxy in front says of a reader who came over TLS.
SECURE = {"X-Forwarded-Proto": "https"}


class Server(NamedTuple):
    """A running gunicorn."""

    host: str
    process: int

    @property
    def workers(self) -> list[int]:
        """Return its worker processes."""
        return children(self.process)


@contextmanager
def running(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Iterator[Server]:
    """Run gunicorn by ``command`` in ``folder`` inside the ``with`` block, and nothing of it after.

    Raises ``RuntimeError`` if it does not take connections within half a minute.
    """
    port = free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS)]
    server = subprocess.Popen(
        [*command, *options, "--log-level", "warning"],
        cwd=folder,
        env={**variables, "PYTHONDONTWRITEBYTECODE": ""},
        start_new_session=True,  # Ctrl+C is for us, who end it then
    )
    try:
        _wait(server, port)
        yield Server(f"127.0.0.1:{port}", server.pid)
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn has ended: {server.args}")
        if len(children(server.pid)) == WORKERS:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=2).close()
            except OSError:
                pass
            else:
                time.sleep(2)  # a worker takes connections before it has loaded its application
                return
        time.sleep(0.1)
    raise RuntimeError(f"gunicorn takes no connection: {server.args}")


def _ours(*application: str) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--config", GUNICORN, *application]


# The site without its page cache: every page is built for every request.
FRESH = "tests.bench.fresh:application"
_BY_GUNICORN = {"Server", "Date", "Connection"}


def embedded(folder: Path) -> dict[str, str]:
    """Make a site as ``make run`` serves it in ``folder``; return its environment."""
    prepare(folder)
    return environment(folder, PYTHONPATH=str(ROOT))


def production(folder: Path) -> dict[str, str]:
    """Make a site on the PostgreSQL server of ``make bench``; return its environment."""
    create_from_template(postgresql.url(), "bench_site")
    return environment(
        folder,
        DJANGO_SETTINGS_MODULE="lkintegration.settings.production",
        DATABASE_URL=postgresql.url("bench_site"),
        SECRET_KEY=secrets.token_urlsafe(64),
        ALLOWED_HOSTS="127.0.0.1",
        PYTHONPATH=str(ROOT),
    )


def site(variables: Mapping[str, str], *application: str) -> AbstractContextManager[Server]:
    """Run the site with this environment; ``application`` is another one than it runs by itself."""
    return running(_ours(*application), ROOT, variables)


def bare(folder: Path) -> AbstractContextManager[Server]:
    """Run an application that sends what ``note_answer`` has put into ``folder``, and no more."""
    variables = os.environ | {
        "ANSWERS": str(folder),
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
        "PYTHONPATH": str(ROOT),
    }
    return running(_ours("tests.bench.peers.bare:application"), folder, variables)


def note_answer(folder: Path, name: str, headers: list[tuple[str, str]], body: bytes) -> None:
    """Let the bare application send ``body`` at ``/<name>/``."""
    lines = [f"{key}: {value}\n" for key, value in headers if key not in _BY_GUNICORN]
    (folder / f"{name}.headers").write_text("".join(lines), encoding="latin-1")
    (folder / f"{name}.body").write_bytes(body)


def empty() -> AbstractContextManager[Server]:
    """Run a Django site whose one view sends nothing."""
    folder = ROOT / "tests" / "bench" / "peers" / "empty"
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",  # for gunicorn's configuration
        "PYTHONPATH": f"{folder}:{ROOT}",
    }
    return running(_ours("empty_site:application"), ROOT, variables)


def clean_environment() -> dict[str, str]:
    """Return the environment without what is meant for the site."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def paths_in_sitemap(sitemap: bytes, fetch: Callable[[str], bytes]) -> list[str]:
    """Return the path of every page that the sitemap lists; ``fetch`` gets the maps it names."""
    locations = re.findall(rb"<loc>([^<]+)</loc>", sitemap)
    paths = [urlsplit(html.unescape(location.decode())) for location in locations]
    found = [f"{path.path}?{path.query}" if path.query else path.path for path in paths]
    if b"<sitemapindex" not in sitemap:
        return found
    return [path for part in found for path in paths_in_sitemap(_unpacked(fetch(part)), fetch)]


def _unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
