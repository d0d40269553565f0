"""Files of a backup: written once, with a checksum, encrypted as age does where there are keys.

age (https://age-encryption.org/v1) seals a file for public keys; the site needs no secret to make
a backup, and whoever breaks in cannot read those that are there.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Final

import pyrage
from pyrage import x25519

from lkintegration.upkeep.backup.manifest import PRIVATE, StoredFile
from lkintegration.upkeep.backup.problems import BackupError

SUFFIX: Final = ".age"
CHUNK: Final = 1 << 20  # bytes


class _Counted:
    """A file that is written to, what came by, and why it could not be written if so.

    pyrage puts words of its own in the place of the reason.
    """

    failure: OSError | None = None

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        try:
            return self._file.write(data)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        self._file.flush()


def public_keys(texts: Iterable[str]) -> list[x25519.Recipient]:
    """Return the keys that ``texts`` (``age1…``) name; ``BackupError`` if one is none."""
    keys = []
    for text in texts:
        try:
            keys.append(x25519.Recipient.from_str(text))
        except pyrage.RecipientError as error:
            raise BackupError(
                f"„{text}“ in BACKUP_RECIPIENTS ist kein öffentlicher Schlüssel von age. So einer "
                "beginnt mit „age1“; „age-keygen“ macht ihn."
            ) from error
    return keys


def secret_keys(file: Path | None) -> list[x25519.Identity]:
    """Return the keys in a file that ``age-keygen`` has written; none without a file.

    Raises ``BackupError`` if it cannot be read or holds none.
    """
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8").split()
        keys = [x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BackupError(f"Der Schlüssel {file} lässt sich nicht lesen: {error}") from error
    if not keys:
        raise BackupError(f"In {file} steht kein geheimer Schlüssel von age (AGE-SECRET-KEY-…).")
    return keys


def store(
    source: IO[bytes], folder: Path, name: str, keys: Sequence[x25519.Recipient]
) -> StoredFile:
    """Write all of ``source`` to ``folder``/``name``, sealed for ``keys`` if there are any.

    Return what was written; it is on the disk then, whatever happens to the power. Raises
    ``OSError`` if it cannot be read or written.
    """
    name = name + SUFFIX if keys else name
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
        counted = _Counted(file)
        if keys:
            try:
                pyrage.encrypt_io(source, counted, keys)
            except pyrage.EncryptError as error:
                raise counted.failure or OSError(str(error)) from error
        else:
            shutil.copyfileobj(source, counted, CHUNK)
        file.flush()
        os.fsync(file.fileno())
    return StoredFile(name, counted.size, counted.digest.hexdigest())


def check(folder: Path, files: Iterable[StoredFile]) -> None:
    """Raise ``BackupError`` if one of the ``files`` is missing or is not what was written."""
    for stored in files:
        try:
            with (folder / stored.name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BackupError(f"{folder / stored.name} lässt sich nicht lesen: {error}") from error
        if digest != stored.sha256:
            raise BackupError(
                f"{folder / stored.name} ist beschädigt: Die Prüfsumme stimmt nicht. Nehmen Sie "
                "eine andere Sicherung."
            )


def fetch(folder: Path, name: str, target: IO[bytes], keys: Sequence[x25519.Identity]) -> None:
    """Write the content of a file of the backup into ``target``.

    Raises ``BackupError`` if none of the ``keys`` opens it, ``OSError`` if it cannot be written.
    """
    with (folder / name).open("rb") as file:
        if not name.endswith(SUFFIX):
            shutil.copyfileobj(file, target, CHUNK)
            return
        if not keys:
            raise BackupError(
                "Die Sicherung ist verschlüsselt. Nennen Sie die Datei mit dem geheimen Schlüssel: "
                "--identity DATEI (bei make: IDENTITY=DATEI)."
            )
        counted = _Counted(target)
        try:
            pyrage.decrypt_io(file, counted, keys)
        except (pyrage.DecryptError, OSError) as error:
            if counted.failure:
                raise counted.failure from error
            raise BackupError(
                "Dieser Schlüssel öffnet die Sicherung nicht; sie ist für einen anderen gemacht."
            ) from error
