"""Every public page in every language with its last change, for search engines."""

import datetime
from collections import defaultdict
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.models import Content
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from lkintegration.serving.memo import remember


class _Multilingual(Sitemap):
    i18n = True
    alternates = True
    x_default = True


class PageSitemap(_Multilingual):
    """The pages with a fixed address."""

    def items(self) -> list[str]:
        return [str(key) for key in PageKey]

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> datetime.datetime | None:
        return remember("latest news", _latest_news).get(item)


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


class RecordSitemap(_Multilingual):
    """The pages of records."""

    def items(self) -> list[Any]:
        return [
            record
            for kind in kinds()
            if kind.kind.own_page
            for record in content_of(kind).with_own_page().order_by("pk")
        ]

    def lastmod(self, item: Content) -> datetime.datetime:
        return item.news_at


SITEMAPS = {"seiten": PageSitemap, "inhalte": RecordSitemap}
