"""The links of public content that lead nowhere, for those who may mend them."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import Model
from django.http import HttpRequest

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.permissions import may
from lkintegration.core.record_keys import RecordKey
from lkintegration.editing.record_urls import change_url
from lkintegration.upkeep.models import LinkFault


class DeadLink(NamedTuple):
    """An address that leads nowhere, and the records that name it with where to change them."""

    fault: LinkFault
    records: list[tuple[Model, str]]


def count_dead_links(request: HttpRequest) -> int:
    """Return how many dead links stand in records that this user may change: one query."""
    return len(_found(request))


def dead_links(request: HttpRequest) -> list[DeadLink]:
    """Return the dead links in records that this user may change; a query a kind."""
    found = _found(request)
    keys: dict[str, list[int]] = defaultdict(list)
    for _fault, own in found:
        for key in own:
            keys[key.label].append(key.pk)
    records: dict[RecordKey, Any] = {}
    for model in kinds():
        label = model._meta.label_lower
        for pk, record in content_of(model).with_names().in_bulk(keys.get(label, [])).items():
            records[RecordKey(label, pk)] = record
    return [
        DeadLink(fault, [(records[key], change_url(records[key])) for key in own if key in records])
        for fault, own in found
    ]


def _found(request: HttpRequest) -> list[tuple[LinkFault, list[RecordKey]]]:
    """Return what was not there at the last two looks: one may be chance."""
    labels = {model._meta.label_lower for model in kinds() if may(request.user, "change", model)}
    if not labels:
        return []
    faults = LinkFault.objects.filter(times__gt=1).order_by("since", "url")
    rows = [(fault, [*map(RecordKey.parse, fault.records)]) for fault in faults]
    own = [(fault, [key for key in keys if key.label in labels]) for fault, keys in rows]
    return [(fault, keys) for fault, keys in own if keys]
