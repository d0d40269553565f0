"""The notices that hold now, by where they stand."""

from collections import defaultdict

from lkintegration.notices.enums import Scope
from lkintegration.notices.models import Notice
from lkintegration.serving.memo import remember

Spot = tuple[str, int | None]  # a scope, and the key of the service or place


def notices_at(scope: Scope, key: int | None = None) -> list[Notice]:
    """Return what readers of the active language are told; one query for all pages together."""
    return remember("notices", _find_notices, lasts=True).get((scope, key), [])


def _find_notices() -> dict[Spot, list[Notice]]:
    found: dict[Spot, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.published().for_reader().order_by("publish_from", "pk"):
        key = {Scope.SERVICE: notice.service_id, Scope.LOCATION: notice.location_id}
        found[notice.scope, key.get(Scope(notice.scope))].append(notice)
    return dict(found)
