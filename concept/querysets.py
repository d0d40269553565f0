"""Queries of the concept app."""

from lkintegration.core.querysets import ContentQuerySet


class SectionQuerySet(ContentQuerySet):
    published_parents = ("concept",)


class GuidingGoalQuerySet(ContentQuerySet):
    published_parents = ("concept", "topic")
