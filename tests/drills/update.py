"""A new version replaces the one before it on one database, under load, and is taken back again.

``BEFORE`` names the older version as git does; without it, it is the one before the newest
migration. The drill needs git's history and nginx.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from lkintegration.upkeep.backup.manifest import Table
from lkintegration.upkeep.backup.postgresql import digest_tables
from tests import postgresql
from tests.drills import Row
from tests.nginx import TurningProxy
from tests.readers import Readers
from tests.server import ROOT, free_port, wait_for

PATHS = [
    "/de/",
    "/de/beratung/?alter=24",
    "/ar/kontakt/",
    "/uk/angebote/",
    "/de/kontakt/nachricht/",
]
# What Django notes of the code, not of what people wrote.
NOTES = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}
# What an office does: it changes a record, adds one and deletes it.
WRITE = """
from offers.models import Service
service = Service.objects.get(slug="mbe-caritas")
service.cost_de = "geschrieben"
service.save()
service.pk, service.slug = None, "aus-dem-aelteren-stand"
service.save()
service.delete()
"""
CHANGE = """
from offers.models import Service
service = Service.objects.first()
service.name_de = "Vom Amt umbenannt"
service.save()
"""
SHOW = """
from offers.models import Service
print(Service.objects.filter(name_de="Vom Amt umbenannt").count(), Service.objects.count())
"""
LEAVES = """
import json
from django.db import connection
from django.db.migrations.loader import MigrationLoader
print(json.dumps(MigrationLoader(connection).graph.leaf_nodes()))
"""


class Version(NamedTuple):
    """A state of the code in ``folder``, with the database at ``url``."""

    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
            "DATABASE_URL": self.url,
            "STATIC_ROOT": str(self.folder / "var" / "static"),
            "SECRET_KEY": "the same for all workers of a drill",
        }

    def manage(self, *command: str) -> str:
        """Run a command of this version's ``manage.py``; return what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=self.folder,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def run(self, code: str) -> str:
        """Run Python with this version's models; return what it prints."""
        return self.manage("shell", "-v0", "-c", code)

    def install(self) -> None:
        """Bring the database and the static files to this version, as an operator does."""
        self.manage("migrate", "--noinput", "-v0")
        self.manage("load_content")
        self.manage("collectstatic", "--noinput", "-v0")

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Serve this version inside the ``with`` block; yield the port."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "lkintegration.wsgi:application"]
        command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "8"]
        command += ["--no-control-socket", "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=self.folder, env=self.environment)
        try:
            wait_for(f"http://127.0.0.1:{port}/de/")
            yield port
        finally:
            server.terminate()
            server.wait(timeout=40)


def run() -> Iterator[Row]:
    """Update from the version before, write with it, go back to it; then from the first one."""
    before = os.environ.get("BEFORE") or _git(
        "log", "-1", "--format=%H^", "--", "*/migrations/*.py"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _checked_out(before, folder / "before") as code:
            old = Version(code, postgresql.create_database("update_before"))
            new = Version(ROOT, old.url)
            old.install()
            yield from _replace(old, new, folder)
            old = Version(code, postgresql.create_database("update_back"))
            yield _take_back(old, Version(ROOT, old.url))
        with _checked_out(_git("rev-list", "--max-parents=0", "HEAD"), folder / "first") as code:
            yield _come_from(Version(code, postgresql.create_database("update_first")))


def _replace(old: Version, new: Version, folder: Path) -> Iterator[Row]:
    proxy = TurningProxy(folder)
    # Each request over a connection of its own: a proxy that turns may close one that waits.
    each = {"Connection": "close"}
    try:
        with ExitStack() as stack:
            old_port = stack.enter_context(old.serving())
            proxy.turn_to(old_port)
            address = f"http://127.0.0.1:{proxy.port}"
            paths = [*PATHS, _sheet(address)]
            new_workers = stack.enter_context(ExitStack())  # left after the readers
            readers = stack.enter_context(Readers(address, paths, headers=each))
            new.install()
            old.run(WRITE)
            new_port = new_workers.enter_context(new.serving())
            proxy.turn_to(new_port)
            time.sleep(3)
            turned_at = time.monotonic()
            proxy.turn_to(old_port)
            time.sleep(3)
    finally:
        proxy.stop()
    failed = [answer for answer in readers.answers if answer.status != 200]
    back = [answer for answer in failed if answer.sent_at >= turned_at]
    yield Row(
        "An update under load: migrations and content while the older version serves and writes, "
        "then its workers are replaced",
        "no request fails",
        f"{len(failed) - len(back)} of {len(readers.answers)} failed",
        len(failed) == len(back),
    )
    yield Row(
        "The way back under load: the older version's workers on the newer database",
        "no request fails",
        f"{len(back)} failed",
        not back,
    )


def _take_back(old: Version, new: Version) -> Row:
    old.install()
    old.run(CHANGE)
    digests = _digests(old.url)
    new.manage("migrate", "--noinput", "-v0")
    leaves = dict(json.loads(old.run(LEAVES)))
    for app in dict(json.loads(new.run(LEAVES))):
        new.manage("migrate", app, leaves.get(app, "zero"), "--noinput", "-v0")
    after = _digests(old.url)
    other = sorted(table for table in digests if after.get(table) != digests[table])
    more = sorted(after.keys() - digests)
    return Row(
        "The newer version's migrations, taken back one app after the other",
        "every row of every table is as before",
        f"{len(digests) - len(other)} of {len(digests)} tables equal{_list(other + more)}",
        not other and not more,
    )


def _come_from(first: Version) -> Row:
    first.install()
    first.run(CHANGE)
    now = Version(ROOT, first.url)
    now.install()
    renamed, services = now.run(SHOW).split()
    return Row(
        "An update from the very first version, with a service that the office had renamed",
        "all migrations run, what the office wrote stays",
        f"{renamed} renamed of {services} services",
        renamed == "1",
    )


def _git(*command: str) -> str:
    done = subprocess.run(
        ["git", *command], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@contextmanager
def _checked_out(version: str, folder: Path) -> Iterator[Path]:
    """Have the files of ``version`` in ``folder`` inside the ``with`` block."""
    _git("worktree", "add", "--quiet", "--detach", str(folder), version)
    try:
        (folder / "var").mkdir()
        compile_catalogs = [sys.executable, "-m", "lkintegration.core.catalogs"]
        subprocess.run(compile_catalogs, cwd=folder, check=False, stderr=subprocess.DEVNULL)
        yield folder
    finally:
        _git("worktree", "remove", "--force", str(folder))


def _sheet(address: str) -> str:
    """Return the path of the style sheet that the site at ``address`` names in its pages."""
    with urllib.request.urlopen(f"{address}/de/") as page:  # noqa: S310
        found = re.search(r'href="(/static/css/[^"]+\.css)"', page.read().decode())
    assert found
    return found[1]


def _digests(url: str) -> dict[str, Table]:
    """Return for each table how many rows it has, and a digest of them."""
    with psycopg.connect(url) as connection:
        tables = digest_tables(connection)
    return {name: table for name, table in tables.items() if name not in NOTES}


def _list(names: list[str]) -> str:
    return f"; not: {', '.join(names)}" if names else ""
