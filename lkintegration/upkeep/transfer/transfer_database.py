"""All rows from one database into another, in one transaction, compared before it ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from lkintegration.search.engine.rebuilding import note_everything
from lkintegration.search.models import FOLLOWING
from lkintegration.upkeep.transfer.plain_rows import PlainTable
from lkintegration.upkeep.transfer.positions import position, set_position

SOURCE: Final = "source"
# Each database says itself which migrations it has had, and SQLite which numbers it has given.
_OWN: Final = {MigrationRecorder.Migration._meta.db_table, "sqlite_sequence"}
_SERVER_AND_DATABASE: Final = (
    "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
)
# The index on SQLite: a virtual table, and those in which it lies.
INDEX: Final = "modelsearch_indexentry_fts"
_SHOWN: Final = 5  # rows that a refusal names


class TransferError(Exception):
    """Nothing was written; the text says in German what is wrong and how to mend it."""


def use_databases(source: dict[str, Any], target: dict[str, Any]) -> None:
    """Let ``target`` be the database of this process, and ``source`` a second one to read.

    Both are as in ``settings.DATABASES``. Migrations of data name no database: that is why the
    target must be the one.
    """
    del connections["default"]
    connections.settings.update(connections.configure_settings({"default": target, SOURCE: source}))


def transfer_database(
    *, replace: bool = False, say: Callable[[str], None] = lambda _line: None
) -> None:
    """Copy all rows from the source to the target, and compare them.

    Raises ``TransferError`` if both are the same, if the target is not empty and is not to
    ``replace``, if the source lacks migrations or has what this version does not know, or if
    anything arrives otherwise. ``say`` hears, in German, how far it is.

    What the search has made of the content is made anew where it arrives: its index is another one
    in each kind of database.
    """
    source, target = connections[SOURCE], connections["default"]
    try:
        _refuse_what_does_not_fit(source, target, replace)
        say("Die Ziel-Datenbank wird angelegt.")
        call_command("migrate", interactive=False, verbosity=0)
        tables = [PlainTable(model) for model in _models() if not _follows(model)]
        present = set(target.introspection.table_names())
        emptied = [model._meta.db_table for model in _models()]
        with transaction.atomic(SOURCE), transaction.atomic():
            if source.vendor == "postgresql":
                _execute(source, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for statement in target.ops.sql_flush(no_style(), sorted(present & {*emptied})):
                _execute(target, statement)
            rows = sum(_copy(table, source, target) for table in tables)
            say(f"{rows} Zeilen in {len(tables)} Tabellen sind übertragen und werden verglichen.")
            for table in tables:
                _compare(table, source, target)
            note_everything()
    except DatabaseError as error:
        raise TransferError(f"Die Datenbank hat abgelehnt: {error}") from error
    say("Alle Zeilen sind gleich.")
    say(
        "Das Verzeichnis der Suche baut der Dienst „run_jobs“ in der nächsten Minute auf, oder "
        "sofort „manage.py rebuild_search“."
    )


def _models() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _follows(model: type[models.Model]) -> bool:
    return model in FOLLOWING or model._meta.app_label == "modelsearch"


def _refuse_what_does_not_fit(
    source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, replace: bool
) -> None:
    if _identity(source) == _identity(target):
        raise TransferError("Quelle und Ziel sind dieselbe Datenbank.")
    executor = MigrationExecutor(source)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise TransferError(
            f"Der Quell-Datenbank fehlen {len(missing)} Migrationen dieser Fassung. Bringen Sie "
            "sie zuerst mit „manage.py migrate“ auf deren Stand."
        )
    known = {model._meta.db_table for model in _models()} | _OWN
    found = set(source.introspection.table_names())
    if unknown := sorted(name for name in found - known if not name.startswith(INDEX)):
        raise TransferError(
            "Die Quell-Datenbank hat Tabellen, die diese Fassung nicht kennt: "
            f"{', '.join(unknown)}."
        )
    if target.introspection.table_names() and not replace:
        raise TransferError(
            "Die Ziel-Datenbank ist nicht leer. Mit --replace wird alles darin ersetzt; sichern "
            "Sie sie vorher."
        )


def _identity(database: BaseDatabaseWrapper) -> object:
    """Return what no other database has, whatever address leads to it."""
    if database.vendor == "sqlite":
        return Path(database.settings_dict["NAME"]).resolve()
    with database.cursor() as cursor:
        cursor.execute(_SERVER_AND_DATABASE)
        return cursor.fetchone()


def _copy(table: PlainTable, source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> int:
    try:
        written = table.write(table.read(source), target)
        if table.model._meta.auto_field:
            set_position(table.model, position(table.model, source), target)
    except DatabaseError as error:
        raise TransferError(f"Tabelle {table.name}: {error}") from error
    return written


def _compare(table: PlainTable, source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    expected, found = table.digests(source), table.digests(target)
    if different := [
        key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)
    ]:
        keys = ", ".join(map(str, different[:_SHOWN]))
        raise TransferError(
            f"Tabelle {table.name}: {len(different)} Zeilen sind verschieden, zum Beispiel {keys}."
        )


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
