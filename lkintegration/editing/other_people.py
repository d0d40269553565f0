"""What other people have done to a record meanwhile, in German words."""

from itertools import pairwise
from typing import Any

from django.db.models import Model

from lkintegration.core.revisions import (
    HISTORY,
    Revision,
    changes_between,
    history_of,
    name_of_deleted,
)

LOOK_BACK = 50  # revisions


def last_change_of(record: Model, column: str) -> str:
    """Return who changed ``column`` of ``record`` last, and what it says now."""
    rows = list(history_of(record)[:LOOK_BACK]) if hasattr(record, HISTORY) else []
    for row, before in pairwise(rows):
        for change in changes_between(row, before):
            if change.column == column:
                author = Revision(row, []).author
                now = f"es heißt jetzt: „{change.after}“" if change.after else "es ist jetzt leer"
                return f"{author} hat das inzwischen geändert, {now}."
    return "Das hat inzwischen jemand geändert."


def name_of_gone(model: type[Model], key: Any) -> str:
    """Return the name of a record that somebody has deleted, as far as it is known."""
    if not hasattr(model, HISTORY):
        return f"{model._meta.verbose_name} {key}"
    row = history_of(model).filter(**{str(model._meta.pk.name): key}).first()
    return name_of_deleted(row) if row else f"{model._meta.verbose_name} {key}"
