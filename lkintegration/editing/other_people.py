"""What other people have done to a record meanwhile, in German words."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from lkintegration.core.earlier_states import last_state
from lkintegration.core.field_changes import differences, name_of_state, put_in_words, targets_of
from lkintegration.core.recording import is_tracked
from lkintegration.core.revisions import Revision, history_of

LOOK_BACK = 50  # revisions


def last_change_of(record: Model, column: str) -> str:
    """Return who changed ``column`` of ``record`` last, and what it says now."""
    rows = list(history_of(record)[:LOOK_BACK]) if is_tracked(type(record)) else []
    targets = targets_of(type(record), [record.pk]) if rows else {}
    for row, before in pairwise(rows):
        found = [d for d in differences(row, before, targets) if d.column.name == column]
        for change in put_in_words(found):
            author = Revision(row, []).author
            now = f"es heißt jetzt: „{change.after}“" if change.after else "es ist jetzt leer"
            return f"{author} hat das inzwischen geändert, {now}."
    return "Das hat inzwischen jemand geändert."


def name_of_gone(model: type[Model], key: Any) -> str:
    """Return the name of a record that somebody has deleted, as far as it is known.

    ``key`` is what a browser sent; it may be no key at all.
    """
    try:
        own = model._meta.pk.to_python(key or None)
    except ValidationError:
        own = None
    state = last_state(model, own) if own is not None and is_tracked(model) else None
    return name_of_state(state) if state else f"{model._meta.verbose_name} {key}".strip()
