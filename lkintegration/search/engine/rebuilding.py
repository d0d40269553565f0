"""All entries anew, while readers go on searching: nothing is taken away before it is replaced."""

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.models import Content
from lkintegration.search.engine import following
from lkintegration.search.engine.backends import SearchIsAway
from lkintegration.search.models import Entry, StaleEntry, Word

logger = logging.getLogger(__name__)


def note_everything() -> None:
    """Note that all entries are to be made anew: by the next job, or by ``migrate``."""
    StaleEntry.objects.create(kind="", object_id=None)


def catch_up(now: datetime.datetime) -> int:
    """Make anew whatever is noted, and what has begun or ended to be public; return how much."""
    done = rebuild_where_noted()
    following.note_turns(now)
    return done + following.follow_all()


def rebuild_after_migrate(**kwargs: Any) -> None:
    """Rebuild what is noted: whoever starts a new version finds its entries made.

    Where only other apps have been migrated so far, there is no note yet.
    """
    if StaleEntry._meta.db_table not in connection.introspection.table_names():
        return
    try:
        rebuild_where_noted()
    except SearchIsAway:
        logger.exception("The entries of the search are left to the job")


def rebuild_where_noted() -> int:
    """Rebuild the kinds that are noted as a whole; return how many records that were."""
    if not is_own_database():
        return 0
    notes = list(StaleEntry.objects.filter(object_id=None))
    labels = {note.kind for note in notes}
    models = [kind for kind in kinds() if "" in labels or kind._meta.label_lower in labels]
    done = rebuild(models)
    StaleEntry.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return done


def is_own_database() -> bool:
    """Return whether the models of the index are those of the database at hand.

    modelsearch makes them for the database that there is when a process starts.
    """
    from django.apps import apps  # noqa: PLC0415

    has_vectors = any(
        field.name == "title_text"
        for field in apps.get_model("modelsearch", "IndexEntry")._meta.fields
    )
    return has_vectors == (connection.vendor == "postgresql")


def rebuild(models: list[type[Content]], watch: Callable[[list[set[int]]], Any] = iter) -> int:
    """Make the entries of all records of ``models`` anew; return how many records that were.

    The index and the numbers of words follow, whatever they were. Each part is one transaction, so
    that others can write in between.
    """
    from lkintegration.search.engine.storing import put_in  # noqa: PLC0415

    done = 0
    for model in models:
        keys = set(content_of(model).order_by().values_list("pk", flat=True))
        rows = Entry.objects.filter(kind=model._meta.label_lower)
        keys |= set(rows.order_by().values_list("object_id", flat=True).distinct())
        for part in _parts(sorted(keys)):
            with transaction.atomic():
                following.take_turn()
                following.make_anew({model: part})
                put_in(list(rows.filter(object_id__in=part)))
            done += len(part)
    if models:
        with transaction.atomic():
            following.take_turn()
            count_anew()
            renew_generation()
    return done


def _parts(keys: list[int]) -> Iterator[set[int]]:
    waiting = iter(keys)
    while part := set(islice(waiting, following.AT_ONCE)):
        yield part


def count_anew() -> None:
    """Count the words of all public entries, and forget those that none holds."""
    from lkintegration.search.engine.storing import add_to_words, words_of  # noqa: PLC0415

    counts: Counter[tuple[str, str]] = Counter()
    counted = Entry.objects.filter(was_public=True, has_page=True)
    for entry in counted.iterator(chunk_size=following.AT_ONCE):
        counts.update(words_of(entry))
    stored = Word.objects.values_list("language", "word", "entries")
    counts.subtract({(language, word): number for language, word, number in stored})
    add_to_words({key: number for key, number in counts.items() if number}, {})
    Word.objects.filter(entries__lte=0).delete()
