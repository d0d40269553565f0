"""The disk of a site on SQLite is full: a small file system in memory (needs root)."""

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

from tests import server
from tests.drills import Row

SIZE = "24m"
PAGES = ["/de/", "/ar/aufgaben/", "/de/kontakt/nachricht/", "/verwaltung/login/"]
FORM = "/de/kontakt/nachricht/"
TEXT = "Nachricht bei voller Platte"


def run() -> Iterator[Row]:
    """Fill the disk; read, write, make room, write again."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name], check=True)
        try:
            yield _full(Path(name))
        finally:
            subprocess.run(["umount", name], check=True)


def _full(folder: Path) -> Row:
    site = server.serve(folder, workers=2)
    address = next(site)
    token = _token(address)
    _fill(folder / "fill")
    time.sleep(3)  # a form filled in faster is refused
    read = [_ask(address + path)[0] for path in PAGES * 5]
    refused, page = _ask(address + FORM, _message(token))
    (folder / "fill").unlink()
    stored, _page = _ask(address + FORM, _message(token))
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


def _token(address: str) -> str:
    return html.unescape(re.findall(r'name="formular" value="([^"]+)"', _ask(address + FORM)[1])[0])


def _message(token: str) -> bytes:
    fields = {"formular": token, "text": TEXT, "email": "leser@example.org", "sprache": "de"}
    return urllib.parse.urlencode(fields).encode()


def _ask(address: str, sent: bytes | None = None) -> tuple[int, str]:
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
