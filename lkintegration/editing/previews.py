"""The real page, as it would be once something is published: for staff, and kept nowhere."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import get_language_from_path, override

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.generation import private_generation
from lkintegration.core.kinds import content_of
from lkintegration.core.models import Content

PUBLIC = {
    "status": PublicationStatus.PUBLISHED,
    "publish_from": None,
    "publish_until": None,
}


def page_of(record: Content) -> str:
    """Return the address of the page that shows ``record``, in the active language."""
    kind = type(record).kind
    fixed = kind.preview_on or (kind.shown_on[0] if not kind.own_page and kind.shown_on else "")
    return reverse(fixed) if fixed else str(record.get_absolute_url())  # type: ignore[attr-defined]  # of its own


def show(record: Content) -> None:
    """Let readers see ``record`` and what it belongs to; undone with the transaction."""
    parents = content_of(type(record)).published_parents
    for shown in (record, *(getattr(record, name) for name in parents)):
        if shown is not None:
            type(shown).objects.filter(pk=shown.pk).update(**PUBLIC)


def preview(
    request: HttpRequest, language: str, write: Callable[[], str], back: str
) -> HttpResponse:
    """Return the page that ``write`` leads to after its changes, which are undone again.

    ``write`` returns the address of the page; ``back`` is where the bar above the page leads.
    A page that is there in one language only is shown in that. Raises what ``write`` raises, and
    ``Http404`` where there is no such page even then.
    """
    with transaction.atomic(), override(language):
        try:
            path = write()
            # For this request alone: what it sees is not true yet.
            with override(get_language_from_path(path) or language), private_generation():
                response = _page(request, path, back)
        finally:
            transaction.set_rollback(True)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, path: str, back: str) -> HttpResponse:
    visit: Any = copy(request)
    visit.method, visit.path, visit.path_info, visit.GET = "GET", path, path, QueryDict()
    visit.resolver_match = match = resolve(path)
    visit.preview_back = back
    response: Any = match.func(visit, *match.args, **match.kwargs)
    return response.render() if hasattr(response, "render") else response
