"""The disk of a site on SQLite is full or read-only: a small file system in memory (needs root)."""

import html
import os
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import connect
from urllib.error import HTTPError

import lxml.html

from tests import server
from tests.drills import Row
from tests.drills.login import LOGIN, Browser

SIZE = "24m"
PAGES = ["/de/", "/ar/aufgaben/", "/de/kontakt/nachricht/", "/verwaltung/login/"]
FORM = "/de/kontakt/nachricht/"
READ = ["/de/", "/ar/aufgaben/", "/de/angebote/", "/uk/leitziele/"]
SERVICE = "SELECT id FROM offers_service WHERE slug = 'mbe-caritas'"
STORED = "SELECT count(*) FROM offers_service WHERE cost_de = ?"
TEXT = "Nachricht bei voller Platte"


def run() -> Iterator[Row]:
    """Fill the disk and make room again; then let it be read-only and writable again."""
    for what in (_full, _read_only):
        with tempfile.TemporaryDirectory() as name:
            mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name]
            subprocess.run(mount, check=True)
            try:
                yield what(Path(name))
            finally:
                subprocess.run(["umount", name], check=True)


def _full(folder: Path) -> Row:
    site = server.serve(folder, workers=2)
    address = next(site)
    token = form_token(address)
    _fill(folder / "fill")
    time.sleep(3)  # a form filled in faster is refused
    read = [ask(address + path)[0] for path in PAGES * 5]
    refused, page = ask(address + FORM, message(token))
    (folder / "fill").unlink()
    stored, _page = ask(address + FORM, message(token))
    site.close()
    with closing(connect(folder / server.DATABASE)) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        (number,) = database.execute("SELECT count(*) FROM contacts_message").fetchone()
    return Row(
        "The disk of SQLite is full, then there is room again",
        "all pages go on; a message is refused with its text and stored when sent again",
        f"{read.count(200)} of {len(read)} pages 200; message {refused}, "
        f"its text {'on the page' if TEXT in page else 'lost'}; "
        f"afterwards {stored}, {number} stored; "
        f"database {sound}",
        read.count(200) == len(read)
        and (refused, stored, number, sound) == (503, 200, 1, "ok")
        and TEXT in page,
    )


def _read_only(folder: Path) -> Row:
    """Start the site on a disk that the system found at fault, while a form is open."""
    database = folder / server.DATABASE
    site = server.serve(folder, workers=2)
    staff = Browser(next(site))
    staff.ask(LOGIN, "192.0.2.1")
    staff.log_in(*server.STAFF, "192.0.2.1")
    with closing(connect(database)) as reading:
        (key,) = reading.execute(SERVICE).fetchone()
    screen = f"/verwaltung/offers/service/{key}/change/"
    _status, page = staff.ask(screen, "192.0.2.1")
    form = fields_of(page) | {"cost_de": TEXT}
    site.close()
    _mount_again(folder, "ro")
    site = server.run(folder, workers=2)
    address = next(site)
    staff = staff.at(address)
    read = [ask(address + path)[0] for path in READ * 5]
    refused, said = staff.ask(screen, "192.0.2.1", form)
    health, _word = ask(f"{address}/health/ready/")
    site.close()
    _mount_again(folder, "rw")
    site = server.run(folder, workers=2)
    staff = staff.at(next(site))
    stored, _page = staff.ask(screen, "192.0.2.1", fields_of(said))
    site.close()
    with closing(connect(database)) as changed:
        (number,) = changed.execute(STORED, [TEXT]).fetchone()
    words = "noch nicht gespeichert, aber nicht verloren" in said
    return Row(
        "The site is started on a read-only disk with SQLite, then the disk is writable again",
        "all pages go on; a save is refused with its text and stored when sent again; not ready",
        f"{read.count(200)} of {len(read)} pages 200; ready {health}; save {refused}, "
        f"{'its text on the page' if TEXT in said and words else 'its text lost'}; "
        f"afterwards {stored}, {number} stored",
        read.count(200) == len(read)
        and (refused, health, stored, number) == (503, 503, 302, 1)
        and TEXT in said
        and words,
    )


def _mount_again(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def fields_of(page: str) -> dict[str, str]:
    """Return what the last form of a page that is posted would send."""
    form = [form for form in lxml.html.fromstring(page).forms if form.method == "POST"][-1]
    return {name: value or "" for name, value in form.form_values()}


def form_token(address: str) -> str:
    """Return what the message form sends along so that a message is stored once."""
    return html.unescape(re.findall(r'name="formular" value="([^"]+)"', ask(address + FORM)[1])[0])


def message(token: str) -> bytes:
    """Return a message as a browser sends it."""
    fields = {"formular": token, "text": TEXT, "email": "leser@example.org", "sprache": "de"}
    return urllib.parse.urlencode(fields).encode()


def ask(address: str, sent: bytes | None = None) -> tuple[int, str]:
    """Return status and body of what ``address`` answers."""
    try:
        with urllib.request.urlopen(address, sent, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except HTTPError as answer:
        return answer.code, answer.read().decode()


def _fill(path: Path) -> None:
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):  # it is full
        while True:
            os.write(file, b"x" * 4096)
    os.close(file)
