"""Makes migrating much shorter, for databases that only tests use.

Each step of a migration makes the changed model anew, and all models that are bound to it by any
chain of relations: nearly all there are. Here it makes the changed one alone; whatever runs Python
then gets all of them made for it, as Django does after a step that it has put off. Django takes
every field apart for that and builds it from its arguments; a copy has the same ones.
"""

import gc
from copy import deepcopy
from typing import Any

from django.db.migrations.state import ProjectState
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


def reload_alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    """Make one model of ``state`` anew; those bound to it follow where ``RunPython`` needs them."""
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({(app_label, model_name)})


def hurry() -> None:
    """Let all migrations of this process do less for the same tables and rows."""
    Field.clone = copy_of  # type: ignore[method-assign]
    ProjectState.reload_model = reload_alone
    gc.set_threshold(100_000, 50, 100)
