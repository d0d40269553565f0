"""Deploy checks: what the legal pages still lack, and whether they are true."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from lkintegration.core.blanks import without_blanks
from lkintegration.core.languages import EASY, LANGUAGES, SOURCE
from lkintegration.core.translation_states import text_of
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page

_NO_DATE = re.compile(r"\b(\d+)\s+(?!.{0,30}\b\d{4}\b)")  # a number of something
HINT = "/verwaltung/pages/page/: Ersetzen Sie [[…]] durch die Angabe, in jeder Sprache."


@register("content", deploy=True)
def pages_without_blanks(**kwargs: Any) -> list[CheckMessage]:
    """Report every published page that lacks something (§ 5 DDG and Art. 13 GDPR ask for it)."""
    return [
        Error(f"{page}: Es fehlen noch Angaben: {page.missing}.", hint=HINT, id="pages.E001")
        for page in _published_pages()
        if page.missing
    ]


@register("content", deploy=True)
def privacy_page_names_the_retention(**kwargs: Any) -> list[CheckMessage]:
    """Warn where readers of the privacy page are told another period than messages are kept for."""
    days = settings.MESSAGE_RETENTION_DAYS
    return [
        Warning(
            f"Nachrichten bleiben {days} Tage auf der Website. Die Seite „{page}“ nennt eine "
            f"andere Frist: {', '.join(others)}.",
            hint="MESSAGE_RETENTION_DAYS",
            id="pages.W002",
        )
        for page in _published_pages()
        if page.key == PageKey.PRIVACY and (others := _languages_without(page, days))
    ]


@register(Tags.security, deploy=True)
def security_txt_holds(**kwargs: Any) -> list[CheckMessage]:
    """Report a security.txt that ends soon, or that nobody has confirmed (RFC 9116, 2.5.5)."""
    until, today = settings.SECURITY_TXT_EXPIRES, timezone.localdate()
    if until is None:
        told = "Niemand hat bestätigt, bis wann die Angaben in der security.txt gelten."
    elif until < today + datetime.timedelta(days=30):
        told = f"Die Angaben in der security.txt gelten nur bis {until:%d.%m.%Y}."
    elif until > today + datetime.timedelta(days=366):
        told = f"{until:%d.%m.%Y} ist für die security.txt zu spät: höchstens ein Jahr ab heute."
    else:
        return []
    hint = (
        "Rufen Sie /.well-known/security.txt auf. Wenn die Kontakte stimmen, setzen Sie "
        "SECURITY_TXT_EXPIRES auf einen Tag in den nächsten zwölf Monaten."
    )
    return [Error(told, hint=hint, id="pages.E002")]


def _published_pages() -> list[Page]:
    try:
        return list(Page.objects.published())
    except DatabaseError:  # before the first migration there is nothing to check
        return []


def _languages_without(page: Page, days: int) -> list[str]:
    """Return the languages whose text, as readers get it, does not name the number of days."""
    texts = {language: text_of(page, "body", language.code) for language in LANGUAGES}
    return [
        language.german
        for language, text in texts.items()
        if text and not _names(days, without_blanks(text), language.code)
    ]


def _names(days: int, text: str, code: str) -> bool:
    """Return whether ``text`` names the days; in German with the word, elsewhere by the number."""
    if code in (SOURCE, EASY):
        return bool(re.search(rf"\b{days}\s+Tage", text))
    return days in map(int, _NO_DATE.findall(text))  # int knows the digits of every script
