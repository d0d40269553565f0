"""Whether a request reads or writes a draft instead of the record that readers see."""

from typing import Any

from django.http import HttpRequest

from lkintegration.editing.models import WorkingCopy


def is_draft(request: HttpRequest) -> bool:
    """Return whether ``request`` reads or writes a draft, and not the record that readers see."""
    return getattr(request, "is_draft", False)


def mark_draft(request: Any, draft: WorkingCopy | None) -> None:
    """Let ``is_draft()`` know; ``draft`` is what there is of it until now."""
    request.is_draft, request.draft, request.drafted = True, draft, None


def draft_of(request: HttpRequest) -> WorkingCopy | None:
    """Return the draft that ``request`` reads or writes; None where there is none yet."""
    return getattr(request, "draft", None)
