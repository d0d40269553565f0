"""Makes migrating a third shorter, for databases that only tests use.

Each step of a migration makes all models anew that have to do with the changed one. Django takes
every field apart for that and builds it from its arguments; a copy has the same ones.
"""

import gc
from copy import deepcopy
from typing import Any

from django.db.models import Field


def copy_of(field: Any) -> Any:
    """Return what ``field.clone()`` returns: the same field, of no model yet, after all others."""
    copy = deepcopy(field)
    if field.auto_created:
        copy.creation_counter = Field.auto_creation_counter
        Field.auto_creation_counter -= 1
    else:
        copy.creation_counter = Field.creation_counter
        Field.creation_counter += 1
    return copy


def hurry() -> None:
    """Let all migrations of this process copy fields, and look seldom for what is left behind."""
    Field.clone = copy_of  # type: ignore[method-assign]
    gc.set_threshold(100_000, 50, 100)
