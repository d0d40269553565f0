"""A row of the history, and what rows that are written by one save have in common."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Unpack

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from lkintegration.core.save_options import SaveOptions

_save_id: ContextVar[uuid.UUID | None] = ContextVar("save_id", default=None)


@contextmanager
def one_save() -> Iterator[None]:
    """Let whatever is saved inside the ``with`` block be one revision of each record."""
    if _save_id.get():
        yield
        return
    reset = _save_id.set(uuid.uuid4())
    try:
        yield
    finally:
        _save_id.reset(reset)


def current_save() -> uuid.UUID | None:
    """Return what the rows of the save in progress have in common; None outside of one."""
    return _save_id.get()


class HistoricalRow(models.Model):
    """One row of the history: a record as it was saved once, with its time and its author.

    simple-history adds the columns of the record, and those that are only named here. A record and
    its relations are saved one after the other, each with a row of its own: by ``save_id`` they are
    one revision.

    ``sources_then`` is the German that outdated texts of the state were made from (by language and
    field); ``links_then`` are the records that pointed to a deleted one (keys by model and field).
    """

    history_id: int
    history_date: datetime.datetime
    history_type: str  # "+", "~" or "-"
    history_user: AbstractBaseUser | None
    history_user_id: int | None
    history_change_reason: str | None
    instance: models.Model
    instance_type: type[models.Model]

    save_id = models.UUIDField(null=True, editable=False)
    sources_then = models.JSONField(default=dict, editable=False)
    links_then = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Store the row, as part of the save in which it is written."""
        self.save_id = self.save_id or _save_id.get() or uuid.uuid4()
        super().save(**options)
