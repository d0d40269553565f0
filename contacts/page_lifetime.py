"""How long a page may be repeated that says what is open now."""

import datetime
from contextvars import ContextVar
from typing import Final

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

LONGEST: Final = 300  # seconds

_changes: ContextVar[list[datetime.datetime] | None] = ContextVar("changes", default=None)


def note_change(moment: datetime.datetime) -> None:
    """Note when what the page being rendered says stops being true."""
    noted = _changes.get()
    if noted is not None:
        noted.append(moment)


class BoundedResponse(TemplateResponse):
    """Tells the page cache to keep the page until the first change noted in it, or ``LONGEST``."""

    @property
    def rendered_content(self) -> str:
        """Return the page; when it has been rendered, its header says how long it is true."""
        changes: list[datetime.datetime] = []
        reset = _changes.set(changes)
        try:
            content = super().rendered_content
        finally:
            _changes.reset(reset)
        if changes:
            left = int((min(changes) - timezone.now()).total_seconds())
            patch_cache_control(self, max_age=max(0, min(left, LONGEST)))
        return content
