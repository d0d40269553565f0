"""Tells whoever must follow the content, in rooms above, that records were written or deleted.

Inside the transaction of the write: what a receiver stores is committed with it, or not at all.
"""

from collections.abc import Iterable

from django.db.models import Model
from django.dispatch import Signal

# ``keys`` are the primary keys of the records of the sender; None: nobody knows which they are.
written = Signal()


def tell_of(model: type[Model], keys: Iterable[int] | None) -> None:
    """Tell that records of ``model`` were written, deleted or given other relations."""
    written.send(sender=model, keys=None if keys is None else list(keys))
