"""The editable text of the page that is being shown."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lkintegration.pages.models import Page


def page(request: HttpRequest) -> dict[str, Any]:
    """Return ``page``, the text named like the address; queried only by templates that show it."""
    match = request.resolver_match
    key = match.url_name if match else ""
    texts = Page.objects.published().for_reader()
    return {"page": SimpleLazyObject(lambda: texts.filter(key=key).first())}
