"""The generation of the content: a token that changes with everything readers see.

It lies in the database, so that all workers share it. A request looks at it once and sees one state
of the content from beginning to end. What is made from the content belongs to one generation and is
of no use in the next (``serving.page_cache``), unless it is known what it was read from, and that
this has not changed (``serving.memo``).
"""

import datetime
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from django.db import connection, transaction
from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Concat, Left
from django.utils import timezone

from lkintegration.core.content_changes import (
    MOST_CHARACTERS,
    Change,
    Changes,
    Keys,
    read_changes,
)
from lkintegration.core.models.generation import ContentState
from lkintegration.core.publication_turns import NEVER, midnight_after, next_turns

CLOCK_TOLERANCE = 60  # seconds that a clock may be set by; opening hours are told by the minute


class Generation:
    """One state of the content, known by its ``token``.

    It ends when a publication begins or ends, at the latest at midnight: ``ends_at``, in Unix time.
    So it does when the clock of the machine is set: what was made before goes by a wrong one.
    What a private one shows is not public.

    Where it is known what has ``changed`` since the one that it ``follows``, and nothing else has
    begun or ended, it goes on with the ``changes`` of that one.
    """

    def __init__(
        self,
        token: str,
        now: datetime.datetime,
        *,
        is_private: bool = False,
        follows: "Generation | None" = None,
        changed: dict[str, Keys] | None = None,
    ) -> None:
        self.token = token
        self.is_private = is_private
        self.changes: Changes = Changes(follows.changes if follows else None, changed)
        self._turns = next_turns(now, changed if follows else None)
        if follows:  # what has been put off ends it all the same, only too early
            for table, turn in follows._turns.items():
                self._turns[table] = min(turn, self._turns.get(table, NEVER))
        self.ends_at = min([midnight_after(now), *self._turns.values()]).timestamp()
        self._clock = time.time() - time.monotonic()

    @property
    def number(self) -> int:
        """Return the number of the generation: a later one has a higher one, in this process."""
        return self.changes.number

    @property
    def has_ended(self) -> bool:
        """Return whether readers see something else by now."""
        now = time.time()
        return self.ends_at <= now or abs(now - time.monotonic() - self._clock) > CLOCK_TOLERANCE


class _Known:
    """What this process knows: the newest generation, and when it last asked (monotonic time)."""

    generation: Generation | None = None
    asked_at = float("-inf")
    renewals = 0  # that this process knows of; a look that one comes across is no newest
    lock = Lock()  # so that all threads get the same object for the same token


_of_this_request: ContextVar[list[Generation] | None] = ContextVar("generation", default=None)


@contextmanager
def one_generation(seen: Generation | None = None) -> Iterator[None]:
    """See one state of the content inside the ``with`` block, looked up at most once.

    ``seen`` is one that somebody has just looked up.
    """
    if _of_this_request.get() is not None:
        yield
        return
    reset = _of_this_request.set([seen] if seen else [])
    try:
        yield
    finally:
        _of_this_request.reset(reset)


@contextmanager
def private_generation() -> Iterator[None]:
    """See a generation inside the ``with`` block that nobody else shares.

    For pages that show what is not public: nothing made for them may be seen by others.
    """
    reset = _of_this_request.set([_private_one()])
    try:
        yield
    finally:
        _of_this_request.reset(reset)


def current_generation() -> Generation:
    """Return the generation that holds now: one query, or none later in a request.

    Raises ``django.db.Error`` where the database cannot be asked.
    """
    seen = _of_this_request.get()
    if seen:
        return seen[0]
    asked_at, renewals, former = time.monotonic(), _Known.renewals, _Known.generation
    token = _read_token()
    changed = _read_changes(former.token, token) if former and former.token != token else None
    with _Known.lock:
        known = _Known.generation
        # Else another thread has seen a later state, or made one.
        is_newest = asked_at >= _Known.asked_at and renewals == _Known.renewals
        if known is None or known.token != token or known.has_ended:
            now = timezone.now()
            goes_on = is_newest and known is former and changed is not None
            follows = known if known and goes_on and not known.has_ended else None
            known = Generation(token, now, follows=follows, changed=changed)
        if is_newest:
            _Known.generation, _Known.asked_at = known, asked_at
    if seen is not None:
        seen.append(known)
    return known


def last_generation() -> Generation | None:
    """Return the generation that this process saw last, without a look at the database."""
    return _Known.generation


def generation_seen_within(seconds: float) -> Generation | None:
    """Return the last generation if somebody asked less than ``seconds`` ago and it still holds."""
    known = _Known.generation
    if known and time.monotonic() - _Known.asked_at < seconds and not known.has_ended:
        return known
    return None


def generation_seen_since(moment: float) -> Generation | None:
    """Return the last generation if somebody asked later than ``moment`` and it still holds.

    ``moment`` is a monotonic time.
    """
    return generation_seen_within(time.monotonic() - moment)


def has_changed_since(generation: Generation) -> bool:
    """Return whether the content is another one by now: one query.

    Then whatever was read meanwhile may hold some of both, and this process looks anew. Raises
    ``django.db.Error`` where the database cannot be asked.
    """
    if _read_token() == generation.token:
        return False
    _forget_look()
    return True


class _Renewal:
    """Stands among what Django does after a commit while the transaction has a token of its own.

    Where a savepoint is rolled back, Django forgets it together with the token. ``is_seen`` says
    that somebody has asked since: what they made of the content belongs to that token.
    """

    def __init__(self, change: Change) -> None:
        self.change = change
        self.is_seen = False

    def __call__(self) -> None:
        pass


def renew_generation(
    model: type[Model] | None = None, keys: Iterable[int | None] | None = None
) -> None:
    """Begin a new generation. Random, so that a transaction rolled back leaves no twin.

    Records of ``model`` have changed, those with these ``keys`` where they are given; without a
    model, anything may have. ``Shown.save()``, writes in bulk and ``core.watching`` call it. The
    writes of one transaction to one table begin two generations at most, unless somebody asks for
    them in between.
    """
    change = Change.of(model, keys)
    told = [renewal.change for renewal in _renewals() if not renewal.is_seen]
    if not any(former.says(change) for former in told):
        if any(former.table == change.table for former in told):
            change = Change(change.table, None)  # so that a long transaction writes this row twice
        _store(change)
        if connection.in_atomic_block:
            transaction.on_commit(_Renewal(change))
    _forget_look()  # this process need not wait to see its own change
    if seen := _of_this_request.get():
        seen[:] = [_private_one()] if seen[0].is_private else []


def _store(change: Change) -> None:
    """Store a new token with what it stands for; on PostgreSQL, too, others that write wait."""
    token = uuid.uuid4().hex
    said = Concat(
        *(Value(f"{token} "), F("token"), Value(f" {change.written()}\n"), F("changes")),
        output_field=TextField(),
    )
    states = ContentState.objects.filter(pk=1)
    if not states.update(token=token, changes=Left(said, MOST_CHARACTERS)):
        ContentState.objects.bulk_create(
            [ContentState(pk=1, token=token)],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=["token"],
        )


def _forget_look() -> None:
    with _Known.lock:
        _Known.asked_at = float("-inf")
        _Known.renewals += 1  # whoever is looking just now may have come too early


def _private_one() -> Generation:
    return Generation("", timezone.now(), is_private=True)


def _renewals(*, of_all: bool = False) -> list[_Renewal]:
    """Return what is noted of the transaction in progress.

    Only ``of_all`` includes what was noted before a savepoint: content that is rolled back to it
    must not share a token with content that stays.
    """
    here = {savepoint for savepoint in connection.savepoint_ids if savepoint}
    return [
        entry[1]
        for entry in connection.run_on_commit
        if isinstance(entry[1], _Renewal) and (of_all or here <= entry[0])
    ]


def _read_token() -> str:
    for renewal in _renewals(of_all=True):
        renewal.is_seen = True
    return ContentState.read_token()


def _read_changes(older: str, newer: str) -> dict[str, Keys] | None:
    text = ContentState.objects.values_list("changes", flat=True).first() or ""
    return read_changes(text, older, newer)
