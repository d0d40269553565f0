"""Every address of the site, from its routes, each with what its gaps are when it leads somewhere.

Nothing lists addresses: a new route is fuzzed as well. One whose gap nobody can fill fails.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.translation import override

from lkintegration.serving.addresses import PublicPattern, content_of

ADMIN = "verwaltung/"
_GAP = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_ANCHORS = re.compile(r"\^|\$")


@dataclass(frozen=True)
class Place:
    """One route: ``parts`` are what stands between the gaps, ``gaps`` what each is by name."""

    name: str
    parts: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]
    reads: tuple[str, ...] = ()

    @property
    def is_admin(self) -> bool:
        return self.parts[0].startswith(f"/{ADMIN}")

    def path(self, **instead: str) -> str:
        """Return the address, unquoted, with other values for some of its gaps."""
        filled = [instead.get(name, value) for name, value in self.gaps]
        return "".join(part + gap for part, gap in zip(self.parts, [*filled, ""], strict=True))


def places(fill: "Filler") -> list[Place]:
    """Return every route, its gaps filled by ``fill``. Raises ``LookupError``."""
    with override("de"):
        return list(_walk(get_resolver().url_patterns, "", "", fill))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, namespace: str, fill: "Filler"
) -> Iterator[Place]:
    for entry in patterns:
        route = prefix + _route(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, route, inner, fill)
            continue
        gaps = [next(filter(None, found.groups())) for found in _GAP.finditer(route)]
        name = f"{namespace}{entry.name or ''}"
        values = tuple((gap, fill(name, route, entry, gap)) for gap in gaps)
        parts = _GAP.sub("\0", f"/{route}").split("\0")
        yield Place(name, tuple(parts), values, getattr(entry, "reads", ()))


def _route(pattern: Any) -> str:
    text = str(pattern)
    return _ANCHORS.sub("", text) if isinstance(pattern, RegexPattern) else text


class Filler:
    """Says what stands in the gaps of a route; ``known`` are values by the name of the gap."""

    def __init__(self, records: dict[str, Any], known: dict[str, str]) -> None:
        self.records, self.known = records, known
        self.models = {model._meta.label_lower: model for model in site._registry}

    def __call__(self, name: str, route: str, entry: URLPattern, gap: str) -> str:
        if isinstance(entry, PublicPattern) and entry.of is not None:
            record = next(r for r in content_of(entry.of).with_own_page() if entry.where(r))
            return str(getattr(record, gap))
        for label, record in self.records.items():
            if route.startswith(f"{ADMIN}{label.replace('.', '/')}/"):
                if gap == "number":
                    return str(self.models[label].history.first().pk)
                return str(record.pk)
        if gap == "content_type_id":
            return str(ContentType.objects.get_for_model(self.records["offers.service"]).pk)
        if f"{name} {gap}" in self.known:
            return self.known[f"{name} {gap}"]
        return self.known[gap]
