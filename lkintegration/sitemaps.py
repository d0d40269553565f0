"""Every public page in every language, for search engines."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from concept.models import GuidingGoal
from contacts.models import ContactPerson
from lkintegration.pages.enums import PageKey
from offers.models import Service


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


class RecordSitemap(_Multilingual):
    """The pages of records."""

    def items(self) -> list[Any]:
        return [
            *Service.objects.published().for_reader("organisation").order_by("pk"),
            *ContactPerson.objects.published().order_by("pk"),
            *GuidingGoal.objects.published().order_by("pk"),
        ]


SITEMAPS = {"seiten": PageSitemap, "inhalte": RecordSitemap}
