"""Every public page in every language that it is written in, with its last change."""

import datetime
from collections import defaultdict

from django.contrib.sitemaps import Sitemap

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from lkintegration.pages.models import Page
from lkintegration.pages.page_languages import fixed_page_languages, page_languages
from lkintegration.serving.addresses import PublicAddress, public_addresses
from lkintegration.serving.memo import remember


class PublicSitemap(Sitemap):
    """The pages that are listed, each once in every language in which it is written."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[PublicAddress]:
        return [address for address in public_addresses() if address.listed]

    def get_languages_for_item(self, item: PublicAddress) -> list[str]:
        if item.record:
            return page_languages(item.record)
        written = fixed_page_languages().get(item.name, list(BY_CODE))
        return [code for code in written if code in item.languages]

    def location(self, item: PublicAddress) -> str:
        return item.path(current_language())

    def lastmod(self, item: PublicAddress) -> datetime.datetime | None:
        if item.record:
            return item.record.news_at
        return remember("latest news", _latest_news).get(item.name)


def _latest_news() -> dict[str, datetime.datetime]:
    """Return when readers last saw something new on each page with a fixed address."""
    news: dict[str, list[datetime.datetime | None]] = defaultdict(list)
    for page in Page.objects.published().for_reader():
        news[page.key].append(page.news_at)
    for kind in kinds():
        latest = content_of(kind).published().latest_news()
        for name in kind.kind.shown_on:
            news[name].append(latest)
    return {name: max(filter(None, found)) for name, found in news.items() if any(found)}


SITEMAPS = {"seiten": PublicSitemap}
