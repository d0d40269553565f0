"""The PostgreSQL server that pg_virtualenv runs, to stop it, to start it and to let it hang."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from tests.databases import drop
from tests.server import children


def url(database: str = "postgres") -> str:
    """Return the address of a database of the server, for DATABASE_URL."""
    at = f"{os.environ['PGHOST']}:{os.environ['PGPORT']}"
    return f"postgres://{os.environ['PGUSER']}:{os.environ['PGPASSWORD']}@{at}/{database}"


def create_database(name: str) -> str:
    """Make an empty database on the server; return its address."""
    with psycopg.connect(url(), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return url(name)


def drop_database(name: str) -> None:
    """Drop a database if it is there, whoever uses it."""
    with psycopg.connect(url(), autocommit=True) as server:
        drop(server, name)


def control(action: str) -> None:
    """Let ``action`` (start, stop, restart) happen to the server, whoever is connected."""
    how = ["--mode", "fast"] if action != "start" else []
    command = ["pg_ctlcluster", *how, os.environ["PGVERSION"], "regress", action]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def stopped() -> Iterator[None]:
    """Keep the server stopped inside the ``with`` block: connections are refused."""
    control("stop")
    try:
        yield
    finally:
        control("start")


@contextmanager
def hanging() -> Iterator[None]:
    """Let all its processes hang inside the ``with`` block: connections stay, nobody answers."""
    processes = _processes()
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def _processes() -> list[int]:
    folder = Path(os.environ["PG_CLUSTER_CONF_ROOT"]).parent / "data"
    (lock,) = folder.glob("*/regress/postmaster.pid")
    parent = int(lock.read_text().splitlines()[0])
    return [parent, *children(parent)]
