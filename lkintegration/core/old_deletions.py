"""What migrations say to complete deletions that were recorded when relations were gone already.

Such a row of the history knows neither the relations of the record nor the rows below it, nor who
pointed to it. The states before it do.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lkintegration.core.links import Key, Links, Pointer

LONGEST = datetime.timedelta(seconds=2)  # from the first row of one deletion to the last
_PREFIX = "Historical"


def complete_relations(app_label: str) -> migrations.RunPython:
    """Return the operation that gives each deletion the relations of the state before it."""

    def complete(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for table in _tables(apps, app_label):
            stored = [
                _stored(apps, table, field) for field in _model(apps, table)._meta.many_to_many
            ]
            for deletion in _old_deletions(table) if stored else ():
                before = table.objects.filter(id=deletion.id, history_id__lt=deletion.history_id)
                last = before.order_by("history_id").last()
                for relation in stored:
                    _copy(relation, last, deletion)

    return migrations.RunPython(complete, migrations.RunPython.noop)


def complete_links(*app_labels: str) -> migrations.RunPython:
    """Return the operation that notes in each deletion who pointed to the record until then."""

    def complete(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        tables = [table for label in app_labels for table in _tables(apps, label)]
        for table in tables:
            pointers = list(_pointers(apps, tables, _model(apps, table)))
            for deletion in _old_deletions(table) if pointers else ():
                deletion.links_then = _links(apps, pointers, deletion)
                deletion.save(update_fields=["links_then"])

    return migrations.RunPython(complete, migrations.RunPython.noop)


def _tables(apps: StateApps, app_label: str) -> list[Any]:
    found = apps.get_app_config(app_label).get_models()
    return [model for model in found if any(f.name == "links_then" for f in model._meta.fields)]


def _model(apps: StateApps, table: Any) -> Any:
    """Return the model whose states ``table`` holds."""
    return apps.get_model(table._meta.app_label, table.__name__.removeprefix(_PREFIX))


def _stored(apps: StateApps, table: Any, field: Any) -> Any:
    """Return the table that holds what ``field`` led to in the states of ``table``."""
    return apps.get_model(table._meta.app_label, f"{table.__name__}_{field.name}")


def _old_deletions(table: Any) -> list[Any]:
    return [row for row in table.objects.filter(history_type="-") if not row.links_then]


def _copy(relation: Any, source: Any, deletion: Any) -> None:
    if source is None or relation.objects.filter(history=deletion).exists():
        return
    rows = list(relation.objects.filter(history=source))
    for row in rows:
        row.pk, row.history = None, deletion
    relation.objects.bulk_create(rows)


def _pointers(apps: StateApps, tables: list[Any], target: Any) -> Iterator[tuple[Any, Pointer]]:
    """Yield what pointed to records of ``target``, each with the table that holds its states."""
    for table in tables:
        model = _model(apps, table)
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            pointer = Pointer(model, field)
            if field.related_model is target and (pointer.is_owner or pointer.is_loose):
                yield table, pointer


def _links(apps: StateApps, pointers: list[tuple[Any, Pointer]], deletion: Any) -> Links:
    found: Links = {}
    for table, pointer in pointers:
        ever = table.objects.filter(**_leads_to(apps, table, pointer, deletion.id))
        for key in sorted({*ever.values_list("id", flat=True)}):
            if _pointed(ever, table.objects.filter(id=key), pointer, deletion.history_date):
                found.setdefault(pointer.name, []).append(key)
    return found


def _leads_to(apps: StateApps, table: Any, pointer: Pointer, key: Key) -> dict[str, Any]:
    if not pointer.is_to_many:
        return {pointer.field.attname: key}
    stored = _stored(apps, table, pointer.field)
    (name,) = [
        field.attname
        for field in stored._meta.fields
        if field.related_model is pointer.field.related_model
    ]
    return {"history_id__in": stored.objects.filter(**{name: key}).values("history")}


def _pointed(
    ever: models.QuerySet[Any],
    states: models.QuerySet[Any],
    pointer: Pointer,
    moment: datetime.datetime,
) -> bool:
    """Return whether the record with ``states`` was among ``ever`` when the other one went."""
    end = moment + LONGEST if pointer.is_owner else moment
    last: Any = states.filter(history_date__lte=end).order_by("history_id").last()
    if last is None or not ever.filter(pk=last.pk).exists():
        return False
    is_gone = last.history_type == "-"
    return is_gone and last.history_date > moment - LONGEST if pointer.is_owner else not is_gone
