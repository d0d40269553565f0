"""The editable text of the page that is being shown."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from lkintegration.serving.memo import remember


def page(request: HttpRequest) -> dict[str, Any]:
    """Return ``page``, the text named like the address; queried only by templates that show it."""
    match = request.resolver_match
    key = match.url_name if match else ""
    if not key or key not in PageKey:
        return {"page": None}
    find = partial(remember, ("page", key), partial(_text, key), lasts=True)
    return {"page": SimpleLazyObject(find)}


def _text(key: str) -> Page | None:
    pages = Page.objects.published().for_reader().with_languages()
    found: Page | None = pages.filter(key=key).first()
    return found
