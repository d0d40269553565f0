"""Finding and erasing what the site still holds of one person (Article 17 GDPR).

What can go without anybody missing it is erased: messages, earlier states of the content, entries
of the admin's log, forms that somebody has begun. What is in use is named, and staff change or
delete it in the admin first.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Max

from contacts.models import Message
from lkintegration.core.kinds import kinds
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.models.translations import TranslationSource
from lkintegration.core.recording import historical_models
from lkintegration.core.retention import delete_states
from lkintegration.editing.models import TypedForm, WorkingCopy

SHORTEST: Final = 4  # letters of one word; with fewer, half of the content would be meant
_TEXTS: Final = (models.CharField, models.TextField, models.JSONField)
# What staff still use and must change themselves.
_IN_USE: Final[tuple[type[models.Model], ...]] = (*kinds(), WorkingCopy, TranslationSource, User)


@dataclass
class Traces:
    """What was found of one person: keys by table, and in words what is still in use."""

    messages: list[int] = field(default_factory=list)
    log_entries: list[int] = field(default_factory=list)
    typed_forms: list[int] = field(default_factory=list)
    states: dict[type[HistoricalRow], list[int]] = field(default_factory=dict)
    reasons: dict[type[HistoricalRow], list[int]] = field(default_factory=dict)
    in_use: list[str] = field(default_factory=list)

    @property
    def number_of_states(self) -> int:
        """Return how many earlier states of the content are meant."""
        return sum(map(len, self.states.values()))


def find_traces(name: str) -> Traces:
    """Return where every word of ``name`` (or an e-mail address) stands, whatever column it is in.

    Every row is read, in Python: each database compares letters and JSON in its own way. Raises
    ``ValueError`` where no word has ``SHORTEST`` letters.
    """
    words = _words(name)
    found = Traces(
        messages=[row.pk for row in _mentioning(Message, words)],
        log_entries=[row.pk for row in _mentioning(LogEntry, words)],
        typed_forms=[row.pk for row in _mentioning(TypedForm, words)],
    )
    for table in historical_models():
        states, reasons = _find_states(table, words)
        if states:
            found.states[table] = states
        if reasons:
            found.reasons[table] = reasons
    found.in_use = [
        f"{model._meta.verbose_name}: {row}"
        for model in _IN_USE
        for row in _mentioning(model, words)
    ]
    return found


@transaction.atomic
def erase(traces: Traces) -> None:
    """Delete what ``traces`` name, but for what is in use; reasons of states become empty."""
    Message.objects.filter(pk__in=traces.messages).delete()
    LogEntry.objects.filter(pk__in=traces.log_entries).delete()
    TypedForm.objects.filter(pk__in=traces.typed_forms).delete()
    for table, keys in traces.reasons.items():
        rows: Any = table._default_manager.filter(pk__in=keys)
        rows.update(history_change_reason="")
    for table, keys in traces.states.items():
        delete_states(table._default_manager.filter(pk__in=keys))


def _words(name: str) -> list[re.Pattern[str]]:
    """Return what finds each word of ``name``: long ones in others too ("Meiers"), short ones not.

    "Le" would else be found in every sentence.
    """
    words = _comparable(name).split()
    sizes = [sum(map(str.isalnum, word)) for word in words]
    if max(sizes, default=0) < SHORTEST:
        raise ValueError(name)
    return [
        re.compile(re.escape(word) if size >= SHORTEST else rf"(?<!\w){re.escape(word)}(?!\w)")
        for word, size in zip(words, sizes, strict=True)
    ]


def _comparable(text: str) -> str:
    """Return ``text`` without what does not tell words apart: capitals, how "ü" is put together."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _find_states(
    table: type[HistoricalRow], words: list[re.Pattern[str]]
) -> tuple[list[int], list[int]]:
    """Return the keys of earlier states that mention the person, then of others whose reason does.

    The newest state of a record that exists is none of the earlier ones.
    """
    rows: Any = table._default_manager.order_by()
    key = table.instance_type._meta.pk.attname
    current = set(
        rows.values(key).annotate(newest=Max("history_id")).values_list("newest", flat=True)
    ) - set(rows.filter(history_type="-").values_list("history_id", flat=True))
    states, reasons = [], []
    for row in _mentioning(table, words):
        is_told = _mentions([row.history_change_reason or ""], words)
        if row.history_id not in current:
            states.append(row.history_id)
        elif is_told:
            reasons.append(row.history_id)
    return states, reasons


def _mentioning(model: type[models.Model], words: list[re.Pattern[str]]) -> Iterator[Any]:
    columns = [
        column.attname for column in model._meta.concrete_fields if isinstance(column, _TEXTS)
    ]
    rows: models.QuerySet[Any] = model._base_manager.order_by()
    for row in rows.iterator(chunk_size=500):
        if _mentions((vars(row).get(column) for column in columns), words):
            yield row


def _mentions(values: Iterable[Any], words: list[re.Pattern[str]]) -> bool:
    texts = (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        for value in values
        if value
    )
    text = _comparable("\n".join(texts))
    return all(word.search(text) for word in words)
