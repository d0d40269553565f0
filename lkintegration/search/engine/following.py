"""Entries follow the content: noted with each write, made anew as soon as it is committed.

A note is stored in the transaction of the write, so that a process which is killed before it has
made the entries leaves it to the job of the next minute. Related records whose publication begins
or ends reach the entries that name them in the same way.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Case, F, Model, Q, Value, When
from django.utils import timezone

from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import kinds
from lkintegration.core.models import Content
from lkintegration.search.engine.sources import dependants, followed, load
from lkintegration.search.models import Entry, StaleEntry

AT_ONCE: Final = 100  # records in one transaction, for which others that write wait
MOST: Final = 1_000  # records made anew while somebody waits for a page; the job does the rest
LOCK: Final = 1_818_101_113  # any number, the same for every process of the site


class _Noted:
    """Stands among what Django does after a commit while notes of the transaction are stored.

    Where a savepoint is rolled back, Django forgets it together with the notes.
    """

    def __init__(self, kind: str, keys: Iterable[int | None]) -> None:
        self.kind = kind
        self.keys = set(keys)

    def __call__(self) -> None:
        pass


def note_written(sender: type[Model], keys: Collection[int] | None, **kwargs: Any) -> None:
    """Note that records were written or deleted (``core.writes``), and follow after the commit."""
    if sender not in followed():
        return
    kind = sender._meta.label_lower
    noted = [action for action in _after_commit() if isinstance(action, _Noted)]
    new: set[int | None] = {None} if keys is None else {*keys}
    for action in noted:
        if action.kind == kind:
            new -= action.keys
    if not new:
        return
    notes = StaleEntry.objects.bulk_create(StaleEntry(kind=kind, object_id=key) for key in new)
    if connection.in_atomic_block:
        transaction.on_commit(_Noted(kind, new))
    if not noted:
        transaction.on_commit(_follower(min(note.pk for note in notes)), robust=True)


def note_dependants(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Note whose entries read from a record that is about to be deleted: nobody knows later."""
    for kind, keys in dependants(sender, [instance.pk]).items():
        note_written(kind, keys)


def _follower(first: int) -> Callable[[], None]:
    """Return what makes anew, after the commit, whatever is noted from the note ``first`` on.

    Nobody waits for what others have left. What fails is logged, and left to the job as well.
    """

    def follow_after_commit() -> None:
        for _part in range(MOST // AT_ONCE):
            if follow_some(first) < AT_ONCE:
                return

    return follow_after_commit


def follow_all() -> int:
    """Make anew all records that are noted one by one; return how many notes that were."""
    done = 0
    while number := follow_some():
        done += number
    return done


def follow_some(first: int = 0) -> int:
    """Make anew the records that the oldest notes from ``first`` on name; return how many.

    In one transaction, alone: who comes second sees what the first has written.
    """
    with transaction.atomic():
        take_turn()
        waiting = StaleEntry.objects.exclude(object_id=None).filter(pk__gte=first)
        notes = list(waiting.order_by("pk")[:AT_ONCE])
        if notes:
            if make_anew(_records(notes)):
                renew_generation(Entry)  # what was found since the write does not know of it
            StaleEntry.objects.filter(pk__in=[note.pk for note in notes]).delete()
    for action in _after_commit():  # who follows amid a transaction has taken notes of it
        if isinstance(action, _Noted):
            action.keys = set()
    return len(notes)


def _after_commit() -> list[Callable[[], object]]:
    """Return what Django does when the transaction is committed."""
    return [entry[1] for entry in connection.run_on_commit]


def take_turn() -> None:
    """Wait until no other process makes entries; hold that until the transaction ends.

    On SQLite there is one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _records(notes: Iterable[StaleEntry]) -> dict[type[Content], set[int]]:
    """Return the records that ``notes`` name, with those that read from them.

    Where these are many, they get notes of their own.
    """
    by_label = {model._meta.label_lower: model for model in followed()}
    found: dict[type[Any], set[int]] = defaultdict(set)
    reaching: dict[type[Model], set[int]] = defaultdict(set)
    for note in notes:
        if (model := by_label.get(note.kind)) and note.object_id is not None:
            found[model].add(note.object_id)
            if note.reaches_others:
                reaching[model].add(note.object_id)
    further: dict[type[Content], set[int]] = defaultdict(set)
    for model, keys in reaching.items():
        for kind, others in dependants(model, keys).items():
            further[kind] |= others - found[kind]
    if sum(map(len, further.values())) > AT_ONCE:
        StaleEntry.objects.bulk_create(
            StaleEntry(kind=kind._meta.label_lower, object_id=key, reaches_others=False)
            for kind, others in further.items()
            for key in sorted(others)
        )
    else:
        for kind, others in further.items():
            found[kind] |= others
    return {kind: found[kind] for kind in kinds() if found.get(kind)}


def make_anew(records: dict[type[Content], set[int]]) -> bool:
    """Make the entries of ``records`` anew, those that are gone included; return if any changed."""
    if not records:
        return False
    # Here, because a worker that nobody edits in needs neither ICU nor the index.
    from lkintegration.search.engine.gathering import gather  # noqa: PLC0415
    from lkintegration.search.engine.storing import store  # noqa: PLC0415

    now = timezone.now()
    gathered = [
        one
        for kind, keys in records.items()
        for record in load(kind, keys)
        for one in gather(record, now)
    ]
    theirs = Q()
    for kind, keys in records.items():
        theirs |= Q(kind=kind._meta.label_lower, object_id__in=keys)
    return store(gathered, Entry.objects.filter(theirs))


def note_turns(now: datetime.datetime) -> int:
    """Note the records whose publication has begun or ended since somebody looked.

    Readers find them or do not at once. What remains are the words that may be suggested to them,
    and the entries of others that name them.
    """
    public = Q(is_public=True, public_from__lte=now, public_until__gt=now)
    turned = Entry.objects.annotate(
        is_now=Case(When(public, then=Value(True)), default=Value(False))
    )
    turned = turned.exclude(was_public=F("is_now")).order_by()
    keys = list(turned.values_list("kind", "object_id").distinct())
    StaleEntry.objects.bulk_create(StaleEntry(kind=kind, object_id=key) for kind, key in keys)
    return len(keys)
