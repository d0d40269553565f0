"""What each worker remembers of the content, until the generation of the content changes.

What is remembered is shared by all requests and threads, so nobody may change it. One thread builds
a thing; the others that want it wait for it. Of each kind of thing there is room for ``MOST``, then
those go that nobody has asked for longest: ten thousand lines of lists push out no menu.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from lkintegration.core.generation import Generation, current_generation, last_generation
from lkintegration.core.translations import current_language

Value = TypeVar("Value")
# What is remembered under: its kind, or a tuple that begins with it.
Key = str | tuple[Any, ...]
MOST = 500  # things of one kind, in all languages together


class _Site:
    """Where a thing is being built, and how many threads are there."""

    def __init__(self) -> None:
        self.lock = RLock()  # what is built may ask for itself in another language
        self.threads = 0


class Memory:
    """The things of one generation, by kind and key."""

    def __init__(self) -> None:
        self._things: dict[str, OrderedDict[Hashable, Any]] = {}
        self._sites: dict[Hashable, _Site] = {}
        self._guard = Lock()

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

    def find(self, kind: str, keys: Iterable[Hashable]) -> dict[Any, Any]:
        """Return what is remembered of ``keys``, which go last from now on."""
        with self._guard:
            things = self._things.get(kind, OrderedDict())
            found = {key: things[key] for key in keys if key in things}
            for key in found:
                things.move_to_end(key)
        return found

    def store(self, kind: str, things: dict[Any, Any]) -> None:
        """Remember ``things``, and make room for them among those of their kind."""
        with self._guard:
            stored = self._things.setdefault(kind, OrderedDict())
            stored.update(things)
            while len(stored) > MOST:
                stored.popitem(last=False)

    def sizes(self) -> dict[str, int]:
        """Return how many things of each kind are remembered."""
        with self._guard:
            return {kind: len(things) for kind, things in self._things.items()}


_memories: WeakKeyDictionary[Generation, Memory] = WeakKeyDictionary()
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
        return _memories.setdefault(generation, Memory())


def remember(key: Key, build: Callable[[], Value]) -> Value:
    """Return what ``build`` returned for ``key`` in the reader's language; build it if need be.

    ``build`` returns finished things (a list, no queryset). What it raises is not remembered.
    """
    return _remember(_kind(key), (current_language(), key), build)


def remember_for_all(key: Key, build: Callable[[], Value]) -> Value:
    """Return what ``build`` returned for ``key``, which is the same in every language."""
    return _remember(_kind(key), key, build)


def _kind(key: Key) -> str:
    return key if isinstance(key, str) else str(key[0])


def _remember(kind: str, key: Hashable, build: Callable[[], Value]) -> Value:
    here = memory()
    found: dict[Hashable, Value] = here.find(kind, [key])
    if not found:
        with here.building(key):
            found = here.find(kind, [key])
            if not found:
                found = {key: build()}
                here.store(kind, found)
    return found[key]


def remember_each(
    name: str, keys: Iterable[int], build: Callable[[list[int]], dict[int, Value]]
) -> dict[int, Value]:
    """Return the records ``keys`` by primary key; ``build`` makes all that are missing at once."""
    here, language = memory(), current_language()
    wanted = {key: (language, key) for key in keys}
    found: dict[Hashable, Value] = here.find(name, wanted.values())
    if len(found) < len(wanted):
        with here.building((language, name)):
            found |= here.find(name, wanted.values())
            missing = [key for key, named in wanted.items() if named not in found]
            made = build(missing) if missing else {}
            built: dict[Hashable, Value] = {wanted[key]: value for key, value in made.items()}
            here.store(name, built)
            found |= built
    return {key: found[named] for key, named in wanted.items() if named in found}
