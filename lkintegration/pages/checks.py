"""A deploy check that lists what the legal pages still lack."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError

from lkintegration.pages.models import Page


@register("content", deploy=True)
def pages_without_blanks(**kwargs: Any) -> list[CheckMessage]:
    """Warn about every gap ``[[…]]`` in a published page (§ 5 DDG and Art. 13 GDPR name them)."""
    try:
        pages = list(Page.objects.published())
    except DatabaseError:  # before the first migration there is nothing to check
        return []
    return [
        Warning(f"{page}: „{blank}“ fehlt noch.", hint="/verwaltung/pages/page/", id="pages.W001")
        for page in pages
        for blank in page.blanks()
    ]
