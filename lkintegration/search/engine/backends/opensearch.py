"""The index on an OpenSearch server, where ``settings.SEARCH_URL`` names one.

Candidates only, as of a database: ``engine.ranking`` puts them in order, and the entries themselves
are read from the database, which says again who may see them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, unquote

from django.db.models import Model
from modelsearch.backends import opensearch3
from opensearchpy import OpenSearchException

from lkintegration.search.engine.backends import SearchIsAway


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except OpenSearchException as problem:
        raise SearchIsAway(f"OpenSearch: {type(problem).__name__}") from problem


class Index(opensearch3.OpenSearch3Index):
    """Says in one way what the server does not do, and makes the index with its first entries.

    Left to itself the server would make one, and guess what the fields are.
    """

    stores_filters = True

    def add_items(self, model: type[Model], items: Sequence[Any]) -> None:
        with _asking():
            if not self.exists():
                self.put()
                self.add_model(model)
            super().add_items(model, items)

    def delete_items(self, model: type[Model], keys: Sequence[int]) -> None:
        actions = [{"_op_type": "delete", "_id": str(key)} for key in keys]
        with _asking():  # 404: nobody has written it
            self.backend.bulk(self.es, actions, index=self.name, ignore_status=404)


class Results(opensearch3.OpenSearch3SearchResults):
    """Asks once for all that is wanted; modelsearch would open a scroll for more than 100."""

    def _do_search(self) -> Iterator[Any]:
        index = self.backend.get_index_for_model(self.query_compiler.queryset.model)
        with _asking():
            found = self.backend.es.search(
                body=self._get_es_body(),
                index=index.name,
                _source=False,
                stored_fields="pk",
                from_=self.start,
                size=self.stop - self.start,
            )
        yield from self._get_results_from_hits(found["hits"]["hits"])


class OpenSearchBackend(opensearch3.OpenSearch3SearchBackend):
    index_class = Index
    results_class = Results

    def _get_host_config_from_url(self, url: SplitResult) -> dict[str, Any]:
        host = super()._get_host_config_from_url(url)
        if host["http_auth"]:  # percent codes stand in the address only (RFC 3986, 3.2.1)
            host["http_auth"] = tuple(map(unquote, host["http_auth"]))
        return host


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (the name that modelsearch wants)
    """Return the backend for the server that ``params`` name, with its connections."""
    return _backend(**params)


@lru_cache(1)
def _backend(**params: Any) -> OpenSearchBackend:
    # Nobody waits twice: a reader is told so, and the job of the next minute writes what is due.
    return OpenSearchBackend({**params, "OPTIONS": {"max_retries": 0}})
