"""The index in SQLite's full text search (FTS5)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.query import And, Or, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk


class Compiler(sqlite.SQLiteSearchQueryCompiler):
    """Finds candidates, the oldest first: an order that costs nothing.

    modelsearch parts nested queries by no brackets, and asks the index once for each row's score.
    """

    def search(self, config: Any, start: int, stop: int | None, **_options: Any) -> Any:
        entries = sqlite.SQLiteFTSIndexEntry.objects.filter(Match(expression(self.query)))
        found = entries.values_list("pk")
        return self.queryset.filter(pk__in=found).order_by("pk")[start:stop]


class Match(sqlite.MatchExpression):
    """The condition that an entry of the index matches ``expression``."""

    def __init__(self, expression: str) -> None:
        super().__init__(["body"], expression)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        return self.template, [f"{{body}} : ({self.query})"]


def expression(query: SearchQuery) -> str:
    """Return a query in the language of FTS5. Its words are letters of ASCII and digits."""
    match query:
        case PlainText():
            words = [f'"{word}"' for word in query.query_string.split()]
            return f"({f' {query.operator.upper()} '.join(words)})"
        case And() | Or():
            between = " AND " if isinstance(query, And) else " OR "
            return f"({between.join(map(expression, query.subqueries))})"
    raise NotImplementedError(query)


class Index(sqlite.SQLiteIndex):
    """Writes without weighing titles: that would look at all entries each time.

    A row has the key of its entry, so that what is found need not be looked up: nothing but entries
    is indexed.
    """

    def add_items(self, model: type[Model], objs: Sequence[Any]) -> None:
        keys = [item.pk for item in objs]
        self.delete_items(model, keys)
        content_type = get_content_type_pk(model)
        self.entries.bulk_create(
            sqlite.IndexEntry(
                pk=item.pk,
                content_type_id=content_type,
                object_id=str(item.pk),
                title="",
                body=item.words(),
            )
            for item in objs
        )

    def delete_items(self, model: type[Model], keys: Sequence[int]) -> None:
        # Either key: they are the same, unless somebody else has written the row.
        same = Q(
            content_type_id=get_content_type_pk(model), object_id__in=[str(key) for key in keys]
        )
        rows: Any = self.entries.filter(Q(pk__in=keys) | same)
        rows._raw_delete(using=self.write_connection.alias)

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass


class SQLiteBackend(sqlite.SQLiteSearchBackend):
    query_compiler_class = Compiler
    index_class = Index
