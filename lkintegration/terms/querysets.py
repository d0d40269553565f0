"""Queries of the terms app."""

from typing import Self

from django.db.models import Exists, OuterRef

from lkintegration.core.querysets import ContentQuerySet
from lkintegration.pages.models import Page
from offers.models import Service


class TermQuerySet(ContentQuerySet):
    def with_target(self) -> Self:
        """Prepare ``Term.target``, what readers are led to, without a query of its own."""
        page = Page.objects.published().filter(pk=OuterRef("page"))
        service = Service.objects.published().filter(pk=OuterRef("service"))
        return self.for_reader("page", "service").annotate(
            page_is_public=Exists(page), service_is_public=Exists(service)
        )
