"""Queries of the notices app."""

from lkintegration.core.querysets import ContentQuerySet


class NoticeQuerySet(ContentQuerySet):
    # A notice on every page has neither.
    published_parents = ("service", "location")
