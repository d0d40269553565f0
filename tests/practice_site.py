"""A practice site as ``make demo`` makes it, for browser tests and the guide's pictures."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Final

from tests.databases import ROOT, copy_file
from tests.server import DATABASE, STAFF, environment, manage, run

SETTINGS: Final = {"DJANGO_SETTINGS_MODULE": "tests.practice_settings"}
LET_IN: Final = """
from django.contrib.auth.models import User
for account in User.objects.exclude(username={left_alone!r}):
    account.set_password({password!r})
    account.save()
"""


def make_practice_site(folder: Path, left_alone: str = "") -> str:
    """Fill a practice site in ``folder``; return what the command says, with the one-time links.

    Accounts get the password of ``STAFF``, but for ``left_alone``, which is still nobody's.
    """
    copy_file(folder / DATABASE)
    manage(folder, "load_content", **SETTINGS)
    done = subprocess.run(
        [sys.executable, "manage.py", "fill_practice_site", "--site", "http://127.0.0.1"],
        cwd=ROOT,
        env=environment(folder, **SETTINGS),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    let_in = LET_IN.format(left_alone=left_alone, password=STAFF[1])
    manage(folder, "shell", "--no-imports", "-c", let_in, **SETTINGS)
    return done.stdout


def run_practice_site(folder: Path) -> Iterator[str]:
    """Run the site that was made in ``folder``; yield its address."""
    yield from run(folder, **SETTINGS)


def key_of(folder: Path, table: str, column: str, value: str) -> int:
    """Return the primary key of a record of the site in ``folder``."""
    with closing(connect(folder / DATABASE)) as database:
        query = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608  (written in tests)
        return int(database.execute(query, [value]).fetchone()[0])
