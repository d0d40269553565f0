"""The index in PostgreSQL's full text search."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, Model
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres import postgres
from modelsearch.utils import get_content_type_pk


class Compiler(postgres.PostgresSearchQueryCompiler):
    """Finds candidates, the oldest first: an order that costs nothing.

    modelsearch joins title and text of the index, for which there is no index on the server, and
    compares the keys of entries as text.
    """

    def search(self, config: Any, start: int, stop: int | None, **_options: Any) -> Any:
        query = self.build_tsquery(self.query, config=config)
        rows = postgres.IndexEntry.objects.filter(
            content_type_id=get_content_type_pk(self.queryset.model), body=query
        )
        found = rows.annotate(entry=Cast("object_id", BigIntegerField())).values("entry")
        return self.queryset.filter(pk__in=found).order_by("pk")[start:stop]


class Index(postgres.PostgresIndex):
    """Writes without weighing titles: that would look at all entries each time."""

    def delete_items(self, model: type[Model], keys: Sequence[int]) -> None:
        rows = self.entries.filter(
            content_type_id=get_content_type_pk(model), object_id__in=[str(key) for key in keys]
        )
        rows._raw_delete(using=self.write_connection.alias)

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass


class PostgreSQLBackend(postgres.PostgresSearchBackend):
    query_compiler_class = Compiler
    index_class = Index
