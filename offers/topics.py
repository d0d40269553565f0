"""The fields of action, as every page lists them."""

from django.db.models import Exists, OuterRef

from lkintegration.serving.memo import remember
from offers.models import Service, Topic


def published_topics() -> list[Topic]:
    """Return the published fields of action in their order."""
    return remember("topics", _find_topics, lasts=True)


def _find_topics() -> list[Topic]:
    return list(Topic.objects.published().for_reader().order_by("order"))


def topics_with_services() -> list[Topic]:
    """Return those of them in which there is something for people."""
    return remember("topics with services", _find_useful, lasts=True)


def _find_useful() -> list[Topic]:
    services = Service.objects.published().filter(institutions_only=False, topics=OuterRef("pk"))
    useful = Topic.objects.published().filter(Exists(services))
    return list(useful.for_reader().order_by("order"))
