"""Runs the site as a real server, for the browser tests, the screenshots and the benchmarks."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import chain
from pathlib import Path
from sqlite3 import connect
from typing import Any

from tests.databases import ROOT, copy_file, digest, fill, made_once

SETTINGS = "tests.site_settings"
DATABASE = "browser.sqlite3"
GUNICORN = str(ROOT / "lkintegration" / "gunicorn_config.py")
STAFF = ("redaktion", "nur-im-Browsertest-7")
LONGEST_START = 120  # seconds
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, host: str | None = None) -> None:
    """Return as soon as a server answers at ``address`` (asked for as ``host``) without an error.

    Raises ``TimeoutError`` after two minutes: on a busy machine a start takes long.
    """
    last_moment = time.monotonic() + LONGEST_START
    question = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310
    while time.monotonic() < last_moment:
        try:
            urllib.request.urlopen(question, timeout=20).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def environment(folder: Path, **extra: str) -> dict[str, str]:
    """Return the environment of a site with a database of its own in ``folder``."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
            "STATIC_ROOT": str(static_root()),
            "DJANGO_SUPERUSER_USERNAME": STAFF[0],
            "DJANGO_SUPERUSER_PASSWORD": STAFF[1],
            "DJANGO_SUPERUSER_EMAIL": "",
        }
        | extra
    )


@cache
def static_root() -> Path:
    """Return the folder of the collected static files, which all sites share and nobody changes."""
    return made_once(_static_state, _collect)


def _static_state() -> str:
    code = ROOT / "lkintegration"
    folders = [ROOT / "static", ROOT / "docs" / "bilder", code / "settings"]
    sources = [*folders, *code.rglob("static_files.py")]
    return f"static-{digest([*sources, ROOT / 'requirements.txt'])}"


def _collect(folder: Path) -> None:
    variables = {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "STATIC_ROOT": str(folder),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True)


def gunicorn_at(address: str) -> int:
    """Return the process of the gunicorn that serves ``address``: the parent of its workers."""
    bound = f"bind {address.removeprefix('http://')}"
    command = ["pgrep", "--oldest", "--full", bound]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return int(found.stdout)


def children(parent: int) -> list[int]:
    """Return the processes that ``parent`` has started."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(child) for child in found.split()]


def manage(folder: Path, *command: str, **extra: str) -> None:
    """Run a command of ``manage.py`` for the site in ``folder``; ``extra`` are variables."""
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(folder, **extra),
        check=True,
        stdout=subprocess.DEVNULL,  # what goes wrong is for the reader of the test
    )


def run_in_own_process(folder: Path, code: str, *arguments: str, **extra: str) -> Any:
    """Run Python in a process and on a database of its own; return the JSON that it prints.

    Threads need a database on disk, and that of the tests is in memory.
    """
    database = folder / DATABASE
    copy_file(database)
    variables = {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=os.environ | variables | extra,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def make_accounts(folder: Path, *accounts: tuple[str, ...], then: str = "") -> None:
    """Make accounts for the admin (name, role, languages) with the password of ``STAFF``.

    ``then`` is Python that makes what else the site is to hold, in the same process.
    """
    lines = ["from django.contrib.auth.models import Group, Permission, User"]
    for name, role, *languages in accounts:
        rights = [f"translate_{code}" for code in languages]
        lines += [
            f"user = User.objects.create_user({name!r}, password={STAFF[1]!r}, is_staff=True)",
            f"user.groups.add(Group.objects.get(name={role!r}))",
            f"user.user_permissions.set(Permission.objects.filter(codename__in={rights!r}))",
        ]
    manage(folder, "shell", "--no-imports", "-c", "\n".join([*lines, then]))


def prepare(folder: Path, **extra: str) -> None:
    """Give ``folder`` a site with the office's content and the account of ``STAFF``.

    ``extra`` are variables of its environment; with a DATABASE_URL that database is filled.
    """
    if "DATABASE_URL" in extra:
        fill(extra["DATABASE_URL"])
    else:
        copy_file(folder / DATABASE)
    manage(folder, "createsuperuser", "--noinput", "-v0", **extra)


def copy(source: Path, folder: Path) -> Path:
    """Copy the database of the site in ``source`` to ``folder``, which is returned."""
    with (
        closing(connect(source / DATABASE)) as old,
        closing(connect(folder / DATABASE)) as new,
    ):
        old.backup(new)
    return folder


def serve(folder: Path, workers: int = 1, **extra: str) -> Iterator[str]:
    """Prepare a site in ``folder`` and run it on a free port; yield its address.

    ``extra`` are variables of its environment.
    """
    prepare(folder, **extra)
    yield from run(folder, workers, **extra)


def run(folder: Path, workers: int = 1, **extra: str) -> Iterator[str]:
    """Run the site with the database that is in ``folder`` already; yield its address."""
    port = free_port()
    ports = [str(port), *filter(None, [extra.get("METRICS_PORT")])]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "lkintegration.run_gunicorn", "--log-level", "warning"),
            *chain.from_iterable(("--bind", f"127.0.0.1:{one}") for one in ports),
            *("--workers", str(workers)),
        ],
        cwd=ROOT,
        env=environment(folder, **extra),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/live/")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
