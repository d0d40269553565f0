"""Whether a field still holds what was loaded: values in a form that compares."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model


def current_value(record: Model, name: str) -> Any:
    """Return what the database holds, in a form that compares: keys for relations."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return getattr(record, field.attname) if isinstance(field, Field) else None


def empty_value(record: Model, name: str) -> Any:
    field: Any = record._meta.get_field(name)
    return [] if field.many_to_many else field.get_default()


def fingerprint(value: Any) -> str:
    """Return a short digest of ``value``; nothing, "" and None count as the same."""
    if value in ("", None, [], {}):
        return ""
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"  # 11 and 11.0 are the same share
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
