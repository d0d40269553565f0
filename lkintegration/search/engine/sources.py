"""From where the entries of a kind read: along which relations, and so whom a change reaches."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from lkintegration.core.kinds import content_of, kind_of, kinds
from lkintegration.core.models import Content

Tree = dict[str, Any]  # relations by name, each with those behind it


@cache
def relations(kind: type[Content]) -> dict[str, type[Model]]:
    """Return the relations that entries of ``kind`` read along, with the model that each leads to.

    Parents that must be public belong to them, also those of records further away.
    """
    paths = [path.rpartition("__")[0] for path in kind_of(kind).found_by]
    found: dict[str, type[Model]] = {}
    for path in [*filter(None, paths), *parents(kind)]:
        names = path.split("__")
        for depth in range(1, len(names) + 1):
            beginning = "__".join(names[:depth])
            found[beginning] = _model_at(kind, names[:depth])
            for parent in parents(found[beginning]):
                found[f"{beginning}__{parent}"] = _model_at(found[beginning], [parent])
    return found


@cache
def parents(model: type[Model]) -> tuple[str, ...]:
    """Return the relations to what must be public, or a record of ``model`` is not."""
    return getattr(model._default_manager.all(), "published_parents", ())


def _model_at(model: type[Model], names: Iterable[str]) -> type[Model]:
    for name in names:
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


@cache
def followed() -> frozenset[type[Model]]:
    """Return every model that some entry reads from."""
    return frozenset({*kinds(), *(model for kind in kinds() for model in relations(kind).values())})


def dependants(model: type[Model], keys: Collection[int]) -> dict[type[Content], set[int]]:
    """Return the records whose entries read from records of ``model``: a query for each kind."""
    found: dict[type[Content], set[int]] = {}
    for kind in kinds():
        reads = [path for path, target in relations(kind).items() if target is model]
        if reads:
            condition = Q()
            for path in reads:
                condition |= Q(**{f"{path}__in": keys})
            rows = content_of(kind).filter(condition).order_by().values_list("pk", flat=True)
            found[kind] = set(rows.distinct())
    return {kind: records for kind, records in found.items() if records}


def load(kind: type[Content], keys: Collection[int] | None = None) -> QuerySet:
    """Return records of ``kind`` (all of them) with all that their entries read from."""
    tree: Tree = {}
    for path in relations(kind):
        branch = tree
        for name in path.split("__"):
            branch = branch.setdefault(name, {})
    queryset = _with_relations(kind, tree)
    return queryset if keys is None else queryset.filter(pk__in=keys)


def _with_relations(model: type[Model], tree: Tree) -> QuerySet:
    queryset: QuerySet = model._default_manager.order_by("pk")
    joined, fetched = _ways(model, tree, "")
    return queryset.select_related(*joined).prefetch_related(*fetched) if tree else queryset


def _ways(model: type[Model], tree: Tree, prefix: str) -> tuple[list[str], list[Prefetch]]:
    """Return which relations are joined to the query, and which have a query of their own."""
    joined: list[str] = []
    fetched: list[Prefetch] = []
    for name, branch in tree.items():
        target = _model_at(model, [name])
        if model._meta.get_field(name).many_to_many:
            fetched.append(Prefetch(prefix + name, _with_relations(target, branch)))
            continue
        joined.append(prefix + name)
        further = _ways(target, branch, f"{prefix}{name}__")
        joined += further[0]
        fetched += further[1]
    return joined, fetched
