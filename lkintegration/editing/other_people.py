"""What other people have done to a record meanwhile, as a form tells it."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lkintegration.core.changes_html import text_change, value_change
from lkintegration.core.earlier_states import last_state
from lkintegration.core.field_changes import (
    differences,
    is_text,
    name_of_state,
    put_in_words,
    targets_of,
)
from lkintegration.core.recording import is_tracked
from lkintegration.core.revisions import Revision, history_of
from lkintegration.core.richtext import RichTextField

LOOK_BACK = 50  # revisions


def last_change_of(record: Model, column: str) -> SafeString:
    """Return who changed ``column`` of ``record`` last, and what is different since."""
    rows = list(history_of(record)[:LOOK_BACK]) if is_tracked(type(record)) else []
    targets = targets_of(rows)
    for row, before in pairwise(rows):
        found = [d for d in differences(row, before, targets) if d.column.name == column]
        for change in put_in_words(found):
            author = Revision(row, []).author
            return format_html("{} hat das inzwischen geändert: {}", author, change.shown)
    return SafeString("Das hat inzwischen jemand geändert. ")


def drafted_meanwhile(record: Model, column: str, sent: list[str]) -> SafeString:
    """Return what somebody has prepared for ``column``: a text beside the one that readers see."""
    field = next((own for own in record._meta.fields if own.name == column), None)
    if field and is_text(field):
        now = str(getattr(record, field.attname) or "")
        shown = text_change(now, "".join(sent), is_rich=isinstance(field, RichTextField))
    else:
        shown = value_change("", ", ".join(sent))
    return format_html("Dafür hat inzwischen jemand etwas anderes vorbereitet: {}", shown)


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
