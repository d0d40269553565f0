"""The database stops, hangs, is locked or started anew while readers ask."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from sqlite3 import connect

from tests import postgresql, server
from tests.databases import create_from_template
from tests.drills import Row
from tests.drills.disk import FORM, TEXT, ask, form_token, message
from tests.readers import Readers

CACHED = ["/de/", "/ar/kontakt/", "/de/beratung/?alter=24"]
BUILT = ["/de/kontakt/nachricht/", "/de/barriere-melden/", "/verwaltung/login/"]
SECONDS = 30
NAME = "drill"
RECOVERY = 2.0


def run() -> Iterator[Row]:
    """Take the database away, let it hang, start it anew while nobody asks."""
    create_from_template(postgresql.url(), NAME)
    with tempfile.TemporaryDirectory() as folder:
        site = server.run(Path(folder), workers=2, DATABASE_URL=postgresql.url(NAME))
        address = next(site)
        yield _without(address, "stopped", postgresql.stopped())
        yield _without(address, "hanging", postgresql.hanging())
        yield _restarted(address)
        site.close()
    with tempfile.TemporaryDirectory() as folder:
        yield _locked(Path(folder))


def _without(address: str, how: str, outage: AbstractContextManager[None]) -> Row:
    _fill(address)
    with Readers(address, CACHED) as cached, Readers(address, BUILT, readers=2) as built:
        time.sleep(1)
        with outage:
            time.sleep(SECONDS)
        back = time.monotonic()
        time.sleep(10)
    failed = [answer for answer in built.failed() if answer.status != 503]
    recovery = max([a.sent_at + a.seconds - back for a in built.failed()] + [0.0])
    return Row(
        f"PostgreSQL {how} for {SECONDS} s",
        f"pages in memory go on, all else answers 503, back within {RECOVERY:.0f} s",
        f"{len(cached.failed())} of {len(cached.answers)} pages in memory failed, slowest "
        f"{cached.slowest(1):.1f} s; others: {len(built.failed())} of {len(built.answers)} 503, "
        f"{len(failed)} otherwise, slowest {built.slowest(1):.1f} s; back after {recovery:.1f} s",
        not cached.failed() and not failed and recovery <= RECOVERY,
    )


def _restarted(address: str) -> Row:
    _fill(address)
    postgresql.control("restart")
    with Readers(address, BUILT, readers=8) as readers:
        time.sleep(5)
    return Row(
        "PostgreSQL started anew while nobody asks",
        "no reader pays for it",
        f"{len(readers.failed())} of {len(readers.answers)} failed, slowest "
        f"{readers.slowest(1):.1f} s",
        not readers.failed(),
    )


def _locked(folder: Path) -> Row:
    site = server.serve(folder, workers=2)
    address = next(site)
    token = form_token(address)
    _fill(address)
    with Readers(address, [*CACHED, *BUILT]) as readers:
        with closing(connect(folder / server.DATABASE, isolation_level=None)) as writer:
            writer.execute("BEGIN EXCLUSIVE")
            refused, page = ask(address + FORM, message(token))
            time.sleep(SECONDS)
            writer.execute("ROLLBACK")
        back = time.monotonic()
        stored, _page = ask(address + FORM, message(token))
        recovery = time.monotonic() - back
    site.close()
    with closing(connect(folder / server.DATABASE)) as database:
        (number,) = database.execute("SELECT count(*) FROM contacts_message").fetchone()
    return Row(
        f"SQLite locked by a writer for more than {SECONDS} s",
        f"all pages go on; a message is refused with its text, and stored within {RECOVERY:.0f} s "
        "when sent again",
        f"{len(readers.failed())} of {len(readers.answers)} pages failed, slowest "
        f"{readers.slowest(1):.1f} s; message {refused}, "
        f"its text {'on the page' if TEXT in page else 'lost'}; afterwards {stored} after "
        f"{recovery:.1f} s, {number} stored",
        not readers.failed()
        and (refused, stored, number) == (503, 200, 1)
        and TEXT in page
        and recovery <= RECOVERY,
    )


def _fill(address: str) -> None:
    """Let every worker have the pages in memory, and several connections to the database."""
    # A connection that stays open would stay with one worker.
    with Readers(
        address, [*CACHED, *BUILT, "/health/"], readers=12, headers={"Connection": "close"}
    ):
        time.sleep(10)
