"""A migration lets the version before it go on working, and holds no reader up.

While the site is updated, workers of the old version run on the new database: so migrations first
expand it. What they no longer need is taken away by a later version (docs/operations.md).
"""

import re
from functools import cache

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import Migration, RunPython, operations
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

# The last migrations from before the rule. Nothing newer is excepted.
BEFORE = {
    "core": 2,
    "editorial": 13,
    "contacts": 12,
    "offers": 11,
    "concept": 9,
    "pages": 7,
}
# Migrations that take away what the version before them no longer uses, each with the version that
# stopped using it.
CONTRACTING: dict[tuple[str, str], str] = {}


def proves_rows_while_locked(sql, **kwargs):
    """Return whether a constraint is proved on every row while nobody may read them."""
    return re.search(r"^ALTER TABLE .* ADD CONSTRAINT .* CHECK (?!.*NOT VALID)", sql)


class Analyser(PostgresqlAnalyser):
    migration_checks = [
        *PostgresqlAnalyser.migration_checks,
        Check(
            code="ADD_CHECK",
            fn=proves_rows_while_locked,
            message="ADD CONSTRAINT … CHECK without NOT VALID",
            mode=CheckMode.ONE_LINER,
            type=CheckType.ERROR,
        ),
    ]


def faults(sql):
    """Return what ``sql`` would break or lock, as codes."""
    errors, _ignored, warnings = analyse_sql_statements(Analyser, sql.splitlines(), [])
    return {issue.code for issue in [*errors, *warnings]}


def newer_migrations():
    """Yield the migrations of our own apps that the rule holds for."""
    for (app, name), migration in MigrationLoader(connection).disk_migrations.items():
        if app in own_apps() and int(name[:4]) > BEFORE.get(app, 0):
            yield migration


def own_apps():
    ours = ("lkintegration.", "contacts", "offers", "concept")
    return {config.label for config in apps.get_app_configs() if config.name.startswith(ours)}


def test_no_migration_breaks_the_version_before_it():
    found = {
        (migration.app_label, migration.name): faults(
            call_command("sqlmigrate", migration.app_label, migration.name)
        )
        for migration in newer_migrations()
    }
    assert {key: codes for key, codes in found.items() if codes and key not in CONTRACTING} == {}


def test_every_migration_can_be_taken_back():
    assert [
        (migration.app_label, migration.name, operation)
        for migration in newer_migrations()
        for operation in migration.operations
        if not operation.reversible
    ] == []


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (operations.RemoveField("service", "cost_de"), "DROP_COLUMN"),
        (operations.RenameField("service", "order", "position"), "RENAME_COLUMN"),
        (operations.RenameModel("Service", "Offer"), "RENAME_TABLE"),
        (operations.DeleteModel("Service"), "DROP_TABLE"),
        (operations.AddField("service", "new", models.TextField(default="")), "NOT_NULL"),
        (operations.AlterField("service", "order", models.TextField()), "ALTER_COLUMN"),
        (operations.AddIndex("service", models.Index(fields=["order"], name="i")), "CREATE_INDEX"),
        (
            operations.AddConstraint(
                "service", models.UniqueConstraint(fields=["order"], name="u")
            ),
            "ADD_UNIQUE",
        ),
        (
            operations.AddConstraint(
                "service", models.CheckConstraint(condition=models.Q(order__gt=0), name="c")
            ),
            "ADD_CHECK",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_breaks_or_locks_is_found(operation, code):
    assert code in faults(sql_of(operation))


@pytest.mark.parametrize(
    "operation",
    [
        operations.AddField("service", "new", models.TextField(db_default="")),
        operations.AddField("service", "new", models.TextField(null=True)),
        operations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
        RunPython(RunPython.noop, RunPython.noop),
    ],
    ids=["with a default of the database", "empty", "another table", "rows"],
)
def test_what_expands_passes(operation):
    assert faults(sql_of(operation)) == set()


def test_an_index_that_is_built_beside_the_readers_passes():
    assert faults('CREATE INDEX CONCURRENTLY "i" ON "offers_service" ("order");') == set()


@cache
def newest_state():
    return MigrationLoader(connection).project_state()


def sql_of(operation):
    """Return the SQL of one operation on the newest state of ``offers``."""
    migration = Migration("next", "offers")
    migration.operations = [operation]
    with connection.schema_editor(collect_sql=True) as editor:
        migration.apply(newest_state().clone(), editor, collect_sql=True)
    return "\n".join(["BEGIN;", *editor.collected_sql])
