"""Writes entries, their words and the index, as far as they differ from what is stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection
from modelsearch.backends import get_search_backend

from lkintegration.search.engine.gathering import Gathered
from lkintegration.search.models import Entry, Word

_KEY: Final = ("kind", "object_id", "language")
_SAID: Final = [
    field.attname
    for field in Entry._meta.concrete_fields
    if not field.primary_key and field.attname not in _KEY
]
_INDEXED: Final = ("title_words", "key_words", "body_words")


def store(gathered: Iterable[Gathered], stored: Iterable[Entry]) -> bool:
    """Let the entries of some records be those ``gathered``; return whether any changed.

    ``stored`` are theirs now. To be called in a transaction, by one process at a time.
    """
    before = {_key(entry): entry for entry in stored}
    now = {_key(one.entry): one for one in gathered}
    changed = [
        one for key, one in now.items() if key not in before or _differs(one.entry, before[key])
    ]
    gone = [entry for key, entry in before.items() if key not in now]
    earlier = [before[key] for one in changed if (key := _key(one.entry)) in before]
    _count_words(changed, [*gone, *earlier])
    if gone:
        Entry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
        take_out(gone)
    if changed:
        written = Entry.objects.bulk_create(
            [one.entry for one in changed],
            update_conflicts=True,
            unique_fields=_KEY,
            update_fields=_SAID,
        )
        put_in([entry for entry in written if _is_indexed_anew(entry, before.get(_key(entry)))])
    return bool(changed or gone)


def put_in(entries: list[Entry]) -> None:
    """Write ``entries`` into the index, new or changed."""
    if entries:
        get_search_backend().add_bulk(Entry, entries)


def take_out(entries: list[Entry]) -> None:
    """Take ``entries`` out of the index."""
    index: Any = get_search_backend().get_index_for_model(Entry)
    if hasattr(index, "delete_items"):
        index.delete_items(Entry, [entry.pk for entry in entries])
        return
    for entry in entries:
        index.delete_item(entry)


def _key(entry: Entry) -> tuple[str, int, str]:
    return entry.kind, entry.object_id, entry.language


def _differs(entry: Entry, stored: Entry) -> bool:
    return any(getattr(entry, name) != getattr(stored, name) for name in _SAID)


def _is_indexed_anew(entry: Entry, stored: Entry | None) -> bool:
    """Return whether the index says something else; one outside the database knows dates, too."""
    if hasattr(get_search_backend().get_index_for_model(Entry), "stores_filters"):
        return True
    return stored is None or any(getattr(entry, n) != getattr(stored, n) for n in _INDEXED)


def _count_words(changed: list[Gathered], gone: list[Entry]) -> None:
    """Count the words of entries that come and of those that leave."""
    written: dict[str, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for one in changed:
        if has_counted_words(one.entry):
            counts.update(words_of(one.entry))
            written = one.written() | written
    for entry in gone:
        if has_counted_words(entry):
            counts.subtract(words_of(entry))
    add_to_words({key: number for key, number in counts.items() if number}, written)


def words_of(entry: Entry) -> list[tuple[str, str]]:
    """Return each word of ``entry`` with its language, as they are counted."""
    return [(entry.language, word) for word in entry.all_words]


def has_counted_words(entry: Entry) -> bool:
    """Return whether the words of ``entry`` are among those that readers can find."""
    return entry.was_public and entry.has_page


def add_to_words(counts: Mapping[tuple[str, str], int], written: Mapping[str, str]) -> None:
    """Add ``counts`` (of language and word) to the numbers of entries.

    ``written`` says how a word is written. In one order, so that nobody waits for a row of somebody
    who waits in turn. Django knows how to overwrite a row that is there, not how to add to it.
    """
    table = connection.ops.quote_name(Word._meta.db_table)
    rows = [
        (language, word, written.get(word, word), number)
        for (language, word), number in sorted(counts.items())
    ]
    for begin in range(0, len(rows), 500):
        part = rows[begin : begin + 500]
        places = ", ".join(["(%s, %s, %s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (language, word, written, entries) VALUES {places} "  # noqa: S608  # nosec B608
                "ON CONFLICT (language, word) DO UPDATE "
                f"SET entries = {table}.entries + excluded.entries",
                [value for row in part for value in row],
            )
    if fewer := {word for (_language, word), number in counts.items() if number < 0}:
        Word.objects.filter(word__in=fewer, entries__lte=0).delete()
