"""Deploy checks: what the legal pages still lack, and whether they are true."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError

from lkintegration.pages.enums import PageKey
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


@register("content", deploy=True)
def privacy_page_names_the_retention(**kwargs: Any) -> list[CheckMessage]:
    """Warn where the privacy page promises another period than messages are kept for."""
    days = settings.MESSAGE_RETENTION_DAYS
    try:
        page = Page.objects.published().filter(key=PageKey.PRIVACY).first()
    except DatabaseError:
        return []
    if page is None or f"{days} Tage" in page.body_de:
        return []
    return [
        Warning(
            f"Nachrichten bleiben {days} Tage, die Seite „{page}“ nennt eine andere Frist.",
            hint="MESSAGE_RETENTION_DAYS",
            id="pages.W002",
        )
    ]
