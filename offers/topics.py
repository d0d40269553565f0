"""The fields of action, as every page lists them."""

from lkintegration.serving.memo import remember
from offers.models import Topic


def published_topics() -> list[Topic]:
    """Return the published fields of action in their order."""
    return remember("topics", _find_topics)


def _find_topics() -> list[Topic]:
    return list(Topic.objects.published().for_reader().order_by("order"))
