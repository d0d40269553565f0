"""pg_dump and pg_restore, which must be of the server's own major version.

An older pg_dump refuses the server; a newer pg_restore sets what an older server does not know
(``transaction_timeout``).
"""

import os
import shutil
import subprocess  # nosec B404  (there is no other way to run them)
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, cast

from psycopg.conninfo import make_conninfo

from lkintegration.upkeep.backup.problems import BackupError


@contextmanager
def run_program(
    name: str, major: int, options: Sequence[str], target: Mapping[str, str]
) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run a program of PostgreSQL ``major`` on the database that libpq finds by ``target``.

    Yield its input and its output. Raises ``BackupError`` if it fails. The password goes by the
    environment, because everybody on the machine can read arguments.
    """
    shown = dict(target)
    password = shown.pop("password", None)
    command = [find_program(name, major), *options, "--no-password"]
    command.append(f"--dbname={make_conninfo(**shown)}")
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    with TemporaryFile() as said:
        # The program found below, with arguments of ours.
        with subprocess.Popen(  # noqa: S603  # nosec B603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
        ) as process:
            into, out = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            try:
                yield into, out
            except BrokenPipeError:
                # It has ended early; what it said follows, and nobody reads what is held back.
                with suppress(BrokenPipeError):
                    into.close()
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip()
            raise BackupError(f"{name} ist gescheitert: {words}")


def find_program(name: str, major: int) -> str:
    """Return the path of a program of PostgreSQL ``major``; ``BackupError`` if there is none.

    Debian keeps those of all versions side by side; elsewhere it is the one on the path.
    """
    for folder in (f"/usr/lib/postgresql/{major}/bin", None):
        path = shutil.which(name, path=folder)
        if path and _version(path) == major:
            return path
    raise BackupError(
        f"Es fehlt {name} in der Version {major}, der des Datenbankservers. Unter Debian: "
        f"„apt install postgresql-client-{major}“."
    )


def _version(path: str) -> int:
    """Return the major version that a program names ("pg_dump (PostgreSQL) 16.4 (Debian …)")."""
    command = [path, "--version"]
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # nosec B603
    return int(said.stdout.split(")")[1].split(".")[0])
