"""What keeps the site from doing all that it is for."""

import os
import pkgutil
from functools import cache
from importlib import import_module
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lkintegration.serving.outage import is_away
from lkintegration.upkeep.job_runs import job_states
from lkintegration.upkeep.jobs import JOBS

AWAY: Final = "database unavailable"
READ_ONLY: Final = "database read-only"


def find_faults() -> list[str]:
    """Return what is wrong, a line each: the database, its migrations, jobs that have not run."""
    if is_away():
        return [AWAY]
    try:
        missing = expected_migrations() - MigrationRecorder(connection).applied_migrations().keys()
        if missing:
            names = " ".join(f"{app}.{name}" for app, name in sorted(missing))
            return [f"migrations not applied: {names}"]
        late = _overdue_jobs() if settings.JOBS_REQUIRED else []
        return late if _is_writable() else [READ_ONLY, *late]
    except Error:
        return [AWAY]


def _is_writable() -> bool:
    """Return whether the file of SQLite may be written; a server says so itself, with each save."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return True
    return os.access(connection.settings_dict["NAME"], os.W_OK)


def _overdue_jobs() -> list[str]:
    states = job_states(JOBS, timezone.now())
    return [f"job has not run: {state.job.name}" for state in states if state.is_overdue]


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of each migration that the code brings along, none of them imported.

    Django's own way to ask loads every one of them, which a question each few seconds is not worth.
    """
    return frozenset(
        (app.label, migration.name)
        for app in apps.get_app_configs()
        for migration in _files_of(f"{app.name}.migrations")
    )


def _files_of(package: str) -> list[pkgutil.ModuleInfo]:
    try:
        module = import_module(package)
    except ModuleNotFoundError:
        return []
    return [found for found in pkgutil.iter_modules(module.__path__) if not found.ispkg]
