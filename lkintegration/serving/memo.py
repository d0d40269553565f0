"""What each worker remembers of the content: until its generation changes, or for longer.

What ``lasts`` goes on until a table changes that it was read from (``serving.tables_read``): most
edits touch one.

What is remembered is shared by all requests and threads, so nobody may change it. One thread builds
a thing; the others that want it wait for it. Of each kind of thing there is room for ``MOST``, then
those go that nobody has asked for longest: ten thousand lines of lists push out no menu.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from django.db.models import Model

from lkintegration.core.content_changes import EVERYTHING, Changes, Keys, tables_of
from lkintegration.core.generation import Generation, current_generation, last_generation
from lkintegration.core.translations import current_language
from lkintegration.serving.tables_read import note_tables, tables_read

Value = TypeVar("Value")
# What is remembered under: its kind, or a tuple that begins with it.
Key = str | tuple[Any, ...]
Change = Callable[[Value, dict[str, Keys]], Value | None]
MOST = 500  # things of one kind, in all languages together


class _Site:
    """Where a thing is being built, and how many threads are there."""

    def __init__(self) -> None:
        self.lock = RLock()  # what is built may ask for itself in another language
        self.threads = 0


class Own(NamedTuple):
    """The record that a thing is made of: its key, and the tables where that stands for it."""

    key: int
    tables: frozenset[str]


class _Thing(NamedTuple):
    """What was built in the generation ``number``, and the tables that it was read from."""

    value: Any
    number: int
    tables: frozenset[str]


class _Store:
    """The things of generations that follow each other, by kind and key."""

    def __init__(self) -> None:
        self.things: dict[str, OrderedDict[Hashable, _Thing]] = {}
        self.guard = Lock()


class Memory:
    """What is remembered in one generation: built in it, or in an earlier one and still true."""

    def __init__(self, changes: Changes, store: _Store) -> None:
        self._changes = changes
        self._store = store
        self._sites: dict[Hashable, _Site] = {}
        self._guard = Lock()
        self._forget_former()

    def _forget_former(self) -> None:
        """Forget what does not last, so that it takes no memory until somebody asks for it."""
        with self._store.guard:
            for kind, things in self._store.things.items():
                lasting = [(k, t) for k, t in things.items() if EVERYTHING not in t.tables]
                self._store.things[kind] = OrderedDict(lasting)

    @contextmanager
    def building(self, key: Hashable) -> Iterator[None]:
        """Let one thread at a time build the thing of this key inside the ``with`` block."""
        with self._guard:
            site = self._sites.setdefault(key, _Site())
            site.threads += 1
        try:
            with site.lock:
                yield
        finally:
            with self._guard:
                site.threads -= 1
                if not site.threads:
                    del self._sites[key]

    def find(
        self, kind: str, keys: Iterable[Hashable], own: Mapping[Any, Own] | None = None
    ) -> dict[Any, Any]:
        """Return what is remembered of ``keys``, which go last from now on.

        ``own`` says of what record a thing is made.
        """
        found = {}
        with self._store.guard:
            things = self._store.things.get(kind, OrderedDict())
            for key in keys:
                if (thing := things.get(key)) and self._is_true(thing, (own or {}).get(key)):
                    things.move_to_end(key)
                    found[key] = thing
        for thing in found.values():
            note_tables(thing.tables)
        return {key: thing.value for key, thing in found.items()}

    def change(self, kind: str, key: Hashable, change: "Change[Any]") -> Any:
        """Return what ``change`` makes of what was remembered before; None where it cannot."""
        with self._store.guard:
            former = self._store.things.get(kind, OrderedDict()).get(key)
        if former is None or former.number >= self._changes.number:
            return None
        note_tables(former.tables)
        return change(former.value, self._changes.since(former.number, former.tables))

    def _is_true(self, thing: _Thing, own: Own | None) -> bool:
        """Return whether a thing holds; one of a later generation may know too much."""
        if thing.number >= self._changes.number:
            return thing.number == self._changes.number
        changed = self._changes.since(thing.number, thing.tables)
        if own is None:
            return not changed
        return all(
            table in own.tables and keys is not None and own.key not in keys
            for table, keys in changed.items()
        )

    def store(self, kind: str, things: dict[Any, Any], tables: Iterable[str]) -> None:
        """Remember ``things``, and make room for them among those of their kind."""
        number, read = self._changes.number, frozenset(tables)
        with self._store.guard:
            stored = self._store.things.setdefault(kind, OrderedDict())
            stored.update({key: _Thing(value, number, read) for key, value in things.items()})
            while len(stored) > MOST:
                stored.popitem(last=False)

    def sizes(self) -> dict[str, int]:
        """Return how many things of each kind are remembered."""
        with self._store.guard:
            return {kind: len(things) for kind, things in self._store.things.items()}


_memories: WeakKeyDictionary[Generation, Memory] = WeakKeyDictionary()
_stores: WeakKeyDictionary[object, _Store] = WeakKeyDictionary()  # by line of generations
_memories_guard = Lock()


def memory() -> Memory:
    """Return what is remembered of the content as it is now."""
    return _memory_of(current_generation())


def count_remembered() -> dict[str, int]:
    """Return how many things of each kind this worker remembers, without a look at the database."""
    generation = last_generation()
    return _memory_of(generation).sizes() if generation else {}


def _memory_of(generation: Generation) -> Memory:
    with _memories_guard:
        if generation not in _memories:
            changes = generation.changes
            store = _stores.setdefault(changes.line, _Store())
            _memories[generation] = Memory(changes, store)
        return _memories[generation]


def remember(key: Key, build: Callable[[], Value], *, lasts: bool = False) -> Value:
    """Return what ``build`` returned for ``key`` in the reader's language; build it if need be.

    ``build`` returns finished things (a list, no queryset). What it raises is not remembered. The
    thing ``lasts`` where ``build`` takes all that it needs from its key, from the database and from
    what is remembered, itself: nothing from whoever calls it, no time of day.
    """
    return _remember(_kind(key), (current_language(), key), build, lasts=lasts)


def remember_for_all(
    key: Key,
    build: Callable[[], Value],
    *,
    lasts: bool = False,
    change: Change[Value] | None = None,
) -> Value:
    """Return what ``build`` returned for ``key``, which is the same in every language.

    Of a thing that lasts, ``change`` may make the next from the former one: it gets that and the
    keys of the records that have changed, by table, and returns None where it cannot.
    """
    return _remember(_kind(key), key, build, lasts=lasts, change=change)


def _kind(key: Key) -> str:
    return key if isinstance(key, str) else str(key[0])


def _remember(
    kind: str,
    key: Hashable,
    build: Callable[[], Value],
    *,
    lasts: bool,
    change: Change[Value] | None = None,
) -> Value:
    here = memory()
    found: dict[Hashable, Value] = here.find(kind, [key])
    if not found:
        with here.building(key):
            found = here.find(kind, [key])
            if not found:
                with tables_read() as tables:
                    changed = here.change(kind, key, change) if change else None
                    found = {key: build() if changed is None else changed}
                    if not lasts:
                        tables.add(EVERYTHING)
                here.store(kind, found, tables)
    return found[key]


def remember_each(
    name: str,
    keys: Iterable[int],
    build: Callable[[list[int]], dict[int, Value]],
    *,
    of: type[Model],
) -> dict[int, Value]:
    """Return the records ``keys`` by primary key; ``build`` makes all that are missing at once.

    They last: each is made of its own record of the model ``of``, of no other one, and of others.
    """
    here, language, tables = memory(), current_language(), tables_of(of)
    wanted = {key: (language, key) for key in keys}
    own = {named: Own(key, tables) for key, named in wanted.items()}
    found: dict[Hashable, Value] = here.find(name, wanted.values(), own)
    if len(found) < len(wanted):
        with here.building((language, name)):
            found |= here.find(name, wanted.values(), own)
            missing = [key for key, named in wanted.items() if named not in found]
            with tables_read() as read:
                made = build(missing) if missing else {}
            built: dict[Hashable, Value] = {wanted[key]: value for key, value in made.items()}
            here.store(name, built, read)
            found |= built
    return {key: found[named] for key, named in wanted.items() if named in found}
