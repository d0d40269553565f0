"""What a migration says to tell which rows of the history were written by one save.

Rows that are older than ``save_id`` have only their time: what one account changed within two
seconds was one save.
"""

import datetime
import uuid

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lkintegration.core.models.history import HistoricalRow

LONGEST = datetime.timedelta(seconds=2)
AT_ONCE = 500  # rows in one statement


def number_old_saves(app_label: str) -> migrations.RunPython:
    """Return the operation that gives all rows in the history of an app their ``save_id``."""

    def number(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for model in apps.get_app_config(app_label).get_models():
            if any(field.name == "save_id" for field in model._meta.fields):
                _number(model._default_manager.using(schema_editor.connection.alias))

    return migrations.RunPython(number, migrations.RunPython.noop)


def _number(history: models.QuerySet) -> None:
    columns = ("id", "history_id", "history_type", "history_date", "history_user")
    rows: list[HistoricalRow] = []
    before: HistoricalRow | None = None
    for row in history.order_by("id", "history_id").only(*columns).iterator(AT_ONCE):
        row.save_id = before.save_id if before and _goes_on(before, row) else uuid.uuid4()
        rows.append(row)
        before = row
    history.bulk_update(rows, ["save_id"], AT_ONCE)


def _goes_on(before: HistoricalRow, row: HistoricalRow) -> bool:
    """Return whether ``row`` belongs to the save that wrote the row ``before`` it."""
    return (
        _subject(before) == _subject(row)
        and before.history_type == row.history_type == "~"
        and row.history_date - before.history_date < LONGEST
    )


def _subject(row: HistoricalRow) -> tuple[object, object]:
    return row.serializable_value("id"), row.history_user_id
