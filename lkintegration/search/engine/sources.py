"""From where the entries of a kind read: along which relations, and so whom a change reaches."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.kinds import content_of, kind_of, kinds
from lkintegration.core.languages import BY_CODE
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
    queryset = _with_sources(kind)
    return queryset.all() if keys is None else queryset.filter(pk__in=keys)


@cache
def _with_sources(kind: type[Content]) -> QuerySet:
    tree: Tree = {}
    for path in relations(kind):
        branch = tree
        for name in path.split("__"):
            branch = branch.setdefault(name, {})
    return _with_relations(kind, kind, tree, "")


def _with_relations(kind: type[Content], model: type[Model], tree: Tree, path: str) -> QuerySet:
    """Return the records of ``model`` to which ``path`` leads from one of ``kind``."""
    queryset: QuerySet = model._default_manager.order_by()
    joined, fetched, columns = _ways(kind, model, tree, path, "")
    if joined:
        queryset = queryset.select_related(*joined)
    # These are columns already: modeltranslation would look each of them up.
    return QuerySet.only(queryset.prefetch_related(*fetched), *columns)


def _ways(
    kind: type[Content], model: type[Model], tree: Tree, path: str, prefix: str
) -> tuple[list[str], list[Prefetch], list[str]]:
    """Return which relations are joined to the query, and which have a query of their own.

    With them the columns to load. ``prefix`` leads to the model in the query, ``path`` from the
    kind.
    """
    joined: list[str] = []
    fetched: list[Prefetch] = []
    columns = [prefix + column for column in _columns(kind, model, path)]
    for name, branch in tree.items():
        target, further_on = _model_at(model, [name]), f"{path}{name}__"
        if model._meta.get_field(name).many_to_many:
            rows = _with_relations(kind, target, branch, further_on)
            fetched.append(Prefetch(prefix + name, rows))
            continue
        joined.append(prefix + name)
        further = _ways(kind, target, branch, further_on, f"{prefix}{name}__")
        joined += further[0]
        fetched += further[1]
        columns += [prefix + name, *further[2]]
    return joined, fetched, columns


@cache
def _columns(kind: type[Content], model: type[Model], path: str) -> frozenset[str]:
    """Return the columns that entries of ``kind`` read of a record to which ``path`` leads.

    Of a related one those that they say, and what decides whether readers see it. All of the record
    itself, and of one of which they say more than columns.
    """
    columns = {field.name for field in model._meta.concrete_fields}
    ends = [name.rpartition("__") for name in kind_of(kind).found_by]
    said = {name for before, dashes, name in ends if before + dashes == path}
    if not path or not said <= columns:
        return frozenset(columns)
    translated = said.intersection(get_translatable_fields_for_model(model) or [])
    texts = {build_localized_fieldname(name, code) for name in translated for code in BY_CODE}
    needed = {model._meta.pk.name, "status", "publish_from", "publish_until"}
    return frozenset((needed & columns) | (said - translated) | texts)
