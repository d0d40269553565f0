"""Which tables something is made from: noted while the database is asked.

A table counts whose records tell of each change by themselves (``core.models.Shown``). What else is
read may change with anything, so that what is made from it belongs to one generation only.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from lkintegration.core.content_changes import EVERYTHING, tables_of
from lkintegration.core.models import ContentState, Shown, TranslationStanding

Tables = set[str]
_WORD = re.compile(r"\w+")
_noted: ContextVar[Tables | None] = ContextVar("noted", default=None)


@contextmanager
def tables_read() -> Iterator[Tables]:
    """Note the tables that are read inside the ``with`` block. Who is outside reads them, too."""
    tables: Tables = set()
    outer = _noted.get()
    reset = _noted.set(tables)
    try:
        if outer is None:
            with connection.execute_wrapper(_note):
                yield tables
        else:
            yield tables
    finally:
        _noted.reset(reset)
        note_tables(tables)


def note_tables(tables: Iterable[str]) -> None:
    """Note that what is being made is made from ``tables``, too."""
    noted = _noted.get()
    if noted is not None:
        noted.update(tables)


def _note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    known = _told_as()
    note_tables({known[word] for word in _WORD.findall(sql) if word in known})
    return execute(sql, *rest)


@cache
def _told_as() -> dict[str, str]:
    """Return the name under which a change of each table is told of.

    The state of the content is what tells; kinds of content have the same key for ever; and where
    translations stand changes with their record, beside which it is read.
    """
    told: set[str] = set()
    for model in apps.get_models():
        if issubclass(model, Shown):
            told |= tables_of(model)
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    silent = {model._meta.db_table for model in (ContentState, ContentType, TranslationStanding)}
    return {table: table if table in told else EVERYTHING for table in tables - silent}
