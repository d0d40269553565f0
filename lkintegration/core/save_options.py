"""What Django's ``Model.save()`` may be told, for those who override it."""

from collections.abc import Iterable
from typing import TypedDict

from django.db.models.base import ModelBase


class SaveOptions(TypedDict, total=False):
    """The arguments of ``save()``: ``def save(self, **options: Unpack[SaveOptions])``."""

    force_insert: bool | tuple[ModelBase, ...]
    force_update: bool
    using: str | None
    update_fields: Iterable[str] | None
