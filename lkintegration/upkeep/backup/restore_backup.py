"""Restoring: beside the running site, compared row by row, brought up to date, then swapped in.

Until the very end nothing of the site is touched, so a damaged backup, a full disk or a killed
process costs nothing. What was live before is kept beside.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from pyrage import x25519

from contacts.messages.delivery import MESSAGES
from lkintegration.accounts.sessions import end_all_sessions
from lkintegration.mailing.delivery import doubt_unsent
from lkintegration.mailing.staff_emails import STAFF_EMAILS
from lkintegration.upkeep.backup.engine import BEFORE, Engine
from lkintegration.upkeep.backup.manifest import DATABASE, MEDIA, Manifest, Tables, read_manifest
from lkintegration.upkeep.backup.problems import BackupError
from lkintegration.upkeep.backup.site_database import django_at
from lkintegration.upkeep.backup.stored_files import SUFFIX, check, fetch


def restore_backup(
    engine: Engine,
    media: Path,
    folder: Path,
    keys: Sequence[x25519.Identity],
    stamp: str,
    *,
    rehearse: bool = False,
    say: Callable[[str], None] = lambda _line: None,
) -> None:
    """Put the backup in ``folder`` in the place of the database and of the files in ``media``.

    ``stamp`` marks what was there before. With ``rehearse`` all is done but the last step. ``say``
    hears, in German, how far it is. Raises ``BackupError``; the site is as before then.
    """
    manifest = read_manifest(folder)
    _refuse_what_does_not_fit(manifest, engine)
    check(folder, manifest.files)
    say(f"Die Sicherung vom {manifest.made_at} ist vollständig und unbeschädigt.")
    with engine.beside() as beside, _media_beside(media) as new_media:
        with beside.fill() as target:
            fetch(folder, _database(manifest), target, keys)
        _compare(manifest.tables, beside.tables())
        say(f"Alle {manifest.rows} Zeilen in {len(manifest.tables)} Tabellen sind gleich.")
        _fetch_media(manifest, folder, new_media, keys)
        with django_at(beside.name):
            call_command("migrate", interactive=False, verbosity=0)
            doubted = doubt_unsent(MESSAGES)
            doubt_unsent(STAFF_EMAILS)
            end_all_sessions()
        if rehearse:
            say("Probe bestanden. An der Website ist nichts geändert.")
            return
        before = beside.go_live(stamp)
        _swap_media(media, new_media, stamp)
    say("Die Sicherung ist jetzt die Datenbank der Website.")
    if before:
        say(f"Die bisherige heißt {before}. Löschen Sie sie, wenn alles stimmt.")
    if doubted:
        say(
            f"{doubted} Nachrichten waren noch nicht zugestellt, als gesichert wurde. Sie stehen "
            "als „ungewiss“ in der Verwaltung, weil sie inzwischen angekommen sein können."
        )


def _refuse_what_does_not_fit(manifest: Manifest, engine: Engine) -> None:
    if manifest.vendor != engine.vendor:
        raise BackupError(
            f"Die Sicherung ist von {manifest.vendor}, die Website läuft mit {engine.vendor}. "
            "Stellen Sie sie mit derselben Datenbank wieder her und nehmen Sie danach "
            "„manage.py transfer_database“."
        )
    if manifest.server > (version := engine.version()):
        raise BackupError(
            f"Die Sicherung ist von einer neueren Datenbank (Version {manifest.server}) als der "
            f"jetzigen (Version {version})."
        )
    if unknown := sorted(set(manifest.migrations) - _known_migrations()):
        raise BackupError(
            "Die Sicherung ist von einer neueren Fassung der Website; diese kennt nicht: "
            f"{', '.join(unknown)}. Nehmen Sie die Fassung, mit der gesichert wurde, oder eine "
            "neuere."
        )


def _known_migrations() -> set[str]:
    """Return the names of all migrations of this version, and of those that they replace."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    known = loader.disk_migrations
    replaced = [key for migration in known.values() for key in migration.replaces]
    return {f"{app}.{name}" for app, name in [*known, *replaced]}


def _database(manifest: Manifest) -> str:
    for file in manifest.files:
        if file.name.removesuffix(SUFFIX) == DATABASE:
            return file.name
    raise BackupError("Die Sicherung nennt keine Datei mit der Datenbank.")


def _compare(expected: Tables, found: Tables) -> None:
    if different := sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    ):
        raise BackupError(
            "Was zurückkam, ist nicht, was gesichert wurde. Verschieden sind: "
            f"{', '.join(different)}."
        )


@contextmanager
def _media_beside(media: Path) -> Iterator[Path]:
    beside = media.with_name(f"{media.name}.restore")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        yield beside
    except OSError as error:
        raise BackupError(f"Beim Wiederherstellen ist etwas gescheitert: {error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fetch_media(
    manifest: Manifest, folder: Path, target: Path, keys: Sequence[x25519.Identity]
) -> None:
    for stored in manifest.files:
        if stored.name.startswith(MEDIA):
            path = target / stored.name.removeprefix(MEDIA).removesuffix(SUFFIX)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                fetch(folder, stored.name, file, keys)


def _swap_media(media: Path, new: Path, stamp: str) -> None:
    if media.exists():
        media.rename(media.with_name(f"{media.name}{BEFORE}{stamp}"))
    if new.exists():
        new.rename(media)
