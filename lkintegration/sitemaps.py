"""Every public page in every language with its last change, for search engines."""

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from contacts.models import ContactPerson, Location
from lkintegration.core.freshness import prepared
from lkintegration.core.models import Content
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from offers.models import Service, Topic

# What the pages with a fixed address show beside their own text.
SHOWN: dict[str, tuple[type[Content], ...]] = {
    PageKey.HOME: (Topic, Service, ContactPerson),
    PageKey.REFERRAL: (Service,),
    PageKey.SERVICES: (Service,),
    PageKey.CONTACT: (ContactPerson, Location),
    PageKey.CONCEPT: (Concept, Section, Milestone, KeyFigure, Topic),
    PageKey.GOALS: (GuidingGoal, Topic),
    PageKey.TASKS: (Task, Service),
}


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
        return prepared("latest news", _latest_news)[item]


def _latest_news() -> dict[str, datetime.datetime | None]:
    """Return when readers last saw something new on each page with a fixed address."""
    own = {page.key: page.news_at for page in Page.objects.published().for_reader()}
    shown = {model for models in SHOWN.values() for model in models}
    latest = {model: _objects(model).published().latest_news() for model in shown}
    return {
        str(key): max(
            filter(None, [own.get(key), *(latest[model] for model in SHOWN.get(key, ()))]),
            default=None,
        )
        for key in PageKey
    }


def _objects(model: type[Content]) -> Any:
    return model._default_manager


class RecordSitemap(_Multilingual):
    """The pages of records."""

    def items(self) -> list[Any]:
        return [
            *Service.objects.published().for_reader("organisation").order_by("pk"),
            *ContactPerson.objects.published().order_by("pk"),
            *GuidingGoal.objects.published().order_by("pk"),
            *Concept.objects.with_goals().published().for_reader().order_by("pk"),
        ]

    def lastmod(self, item: Content) -> datetime.datetime:
        return item.news_at


SITEMAPS = {"seiten": PageSitemap, "inhalte": RecordSitemap}
