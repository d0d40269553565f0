"""In which languages a page is written, as search engines and programs are told.

Every page is there in every language. Where nothing of its subject is translated, it is German in a
foreign frame: no version to announce. Canonical address, ``hreflang``, sitemap, feed and JSON-LD
all ask here.
"""

from typing import Any

from lkintegration.core.languages import BY_CODE
from lkintegration.core.models import Content
from lkintegration.pages.enums import TEXTS
from lkintegration.pages.models import Page
from lkintegration.serving.memo import remember_for_all
from lkintegration.serving.reader_texts import languages_of


def page_languages(subject: Any) -> list[str]:
    """Return the languages in which the page about ``subject`` is written, German first.

    A list, a form or the finder is written in all: what they say of themselves always is. A record
    must be prepared by ``with_languages()``.
    """
    has_more = isinstance(subject, Page) and subject.key not in TEXTS
    if isinstance(subject, Content) and not has_more:
        return languages_of(subject)
    return list(BY_CODE)


def fixed_page_languages() -> dict[str, list[str]]:
    """Return the languages of the pages with a text of their own, by the name of the address."""
    return remember_for_all("languages of pages", _fixed_page_languages, lasts=True)


def _fixed_page_languages() -> dict[str, list[str]]:
    pages = Page.objects.published().with_languages()
    return {page.key: page_languages(page) for page in pages.only("key", "translation_states")}
