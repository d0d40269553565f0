"""What was prepared for readers, kept in each worker's memory until anything they see changes.

A token in the database changes with every change of content. Each request reads it once and works
with what was prepared under it, or prepares anew. What is kept is shared by all requests and
threads, so nobody may change it.
"""

import datetime
import time
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any, TypeVar

from django.apps import apps
from django.db import Error, close_old_connections, connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone

from lkintegration.core.models import ContentState, Publishable
from lkintegration.core.querysets import changed_in_bulk
from lkintegration.core.translations import current_language

Value = TypeVar("Value")
MOST = 5_000  # things kept under one token; the rest is prepared every time


class Prepared:
    """Everything prepared under one token, by language and key."""

    def __init__(self, token: str, now: datetime.datetime) -> None:
        self.token = token
        self.valid_until = _next_change(now)
        self.things: dict[Hashable, Any] = {}
        # Whole pages (lkintegration.serving.page_cache), and how many bytes they take.
        self.pages: dict[tuple[str, ...], Any] = {}
        self.page_bytes = 0

    @property
    def ends_at(self) -> float:
        """Return ``valid_until`` as Unix time."""
        return self.valid_until.timestamp()


RECENT = 0.5  # seconds for which a look at the token is trusted by those who send whole pages
PAUSE = 2.0  # seconds without another attempt after the database could not be reached

_kept: Prepared | None = None
_looked_at = float("-inf")
_away_until: float | None = None
_of_this_request: ContextVar[list[Prepared] | None] = ContextVar("prepared", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Look at the token at most once inside the ``with`` block: one request sees one state."""
    if _of_this_request.get() is not None:
        yield
        return
    reset = _of_this_request.set([])
    try:
        yield
    finally:
        _of_this_request.reset(reset)


@contextmanager
def apart() -> Iterator[None]:
    """Prepare everything anew inside the ``with`` block, and keep nothing of it.

    For pages that show what is not public.
    """
    reset = _of_this_request.set([Prepared("", timezone.now())])
    try:
        yield
    finally:
        _of_this_request.reset(reset)


def kept() -> Prepared:
    """Return what is prepared now: one query, or none later in a request."""
    global _kept  # noqa: PLW0603  (one a process; replaced as a whole)
    seen = _of_this_request.get()
    if seen:
        return seen[0]
    token = _token()
    state, now = _kept, timezone.now()
    if state is None or state.token != token or state.valid_until <= now:
        _kept = state = Prepared(token, now)
    if seen is not None:
        seen.append(state)
    return state


def _token() -> str:
    """Return the token of the content; notes whether there is a connection to ask over."""
    global _away_until  # noqa: PLW0603  (one a process)
    try:
        token = ContentState.objects.values_list("token", flat=True).first() or ""
    except Error:
        if connection.connection is None:
            _away_until = time.monotonic() + PAUSE
        raise
    _away_until = None
    return token


def is_away() -> bool:
    """Return whether the database cannot be reached.

    Waiting for a lost database takes seconds each time, and threads that wait serve nobody. So one
    request at a time tries, at most every ``PAUSE`` seconds, and all others are told at once.
    """
    global _away_until  # noqa: PLW0603  (one a process)
    if _away_until is None:
        return False
    now = time.monotonic()
    if now < _away_until:
        return True
    _away_until = now + PAUSE
    try:
        _token()
    except Error:
        return True
    finally:
        close_old_connections()
    return False


def trusted() -> Prepared | None:
    """Return the state of the content if it was looked at less than half a second ago."""
    state = _kept
    if state and time.monotonic() - _looked_at < RECENT and state.ends_at > time.time():
        return state
    return None


def recent() -> Prepared | None:
    """Return the state of the content as it was half a second ago or later.

    Without a database the last known state goes on serving; None if there is none.
    """
    global _looked_at  # noqa: PLW0603  (one a process)
    state = _kept
    if trusted() or is_away():
        return state
    _looked_at = time.monotonic()
    try:
        return kept()
    except Error:
        return state
    finally:
        close_old_connections()


def prepared(key: Hashable, build: Callable[[], Value]) -> Value:
    """Return what ``build`` returned for ``key`` in the reader's language; build it if need be.

    ``build`` returns finished things (a list, no queryset). What it raises is not kept.
    """
    things = kept().things
    full_key = (current_language(), key)
    if full_key in things:
        found: Value = things[full_key]
        return found
    value = build()
    if len(things) < MOST:
        things[full_key] = value
    return value


def prepared_each(
    name: str, keys: Iterable[int], build: Callable[[list[int]], dict[int, Value]]
) -> dict[int, Value]:
    """Return the records ``keys`` by primary key; ``build`` makes all that are missing at once."""
    things, language = kept().things, current_language()
    wanted = list(keys)
    missing = [key for key in wanted if (language, (name, key)) not in things]
    made = build(missing) if missing else {}
    if len(things) + len(made) < MOST:
        things.update({(language, (name, key)): value for key, value in made.items()})
    found = {key: made.get(key) or things.get((language, (name, key))) for key in wanted}
    return {key: value for key, value in found.items() if value is not None}


def renew(sender: Any = None, **kwargs: Any) -> None:
    """Give the content a new token. Random, so that a transaction rolled back leaves no twin."""
    global _looked_at  # noqa: PLW0603  (one a process)
    ContentState.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    _looked_at = float("-inf")  # this process need not wait to see its own change
    if seen := _of_this_request.get():
        seen.clear()


def watch(*models: type[Model]) -> None:
    """Renew the token with every change of ``models`` and of their to-many relations."""
    for model in models:
        post_save.connect(renew, sender=model)
        post_delete.connect(renew, sender=model)
        changed_in_bulk.connect(renew, sender=model)
        for relation in model._meta.local_many_to_many:
            m2m_changed.connect(renew, sender=relation.remote_field.through)


def _next_change(now: datetime.datetime) -> datetime.datetime:
    """Return when the next publication begins or ends, at the latest the coming midnight."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + datetime.timedelta(days=1)
    soon = Q(publish_from__gt=now) | Q(publish_until__gt=now)
    periods: list[QuerySet] = [
        model._default_manager.filter(soon)
        .order_by()
        .values_list(F("publish_from"), F("publish_until"))
        for model in apps.get_models()
        if issubclass(model, Publishable)
    ]
    coming = chain.from_iterable(periods[0].union(*periods[1:]))
    return min([tomorrow, *(moment for moment in coming if moment and moment > now)])
