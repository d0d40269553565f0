"""What each worker remembers of the content, until the generation of the content changes.

What is remembered is shared by all requests and threads, so nobody may change it. One thread builds
a thing; the others that want it wait for it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from lkintegration.core.generation import Generation, current_generation
from lkintegration.core.translations import current_language

Value = TypeVar("Value")
MOST = 5_000  # things of one generation; the rest is built every time


class _Site:
    """Where a thing is being built, and how many threads are there."""

    def __init__(self) -> None:
        self.lock = RLock()  # what is built may ask for itself in another language
        self.threads = 0


class Memory:
    """The things of one generation by key."""

    def __init__(self) -> None:
        self.things: dict[Hashable, Any] = {}
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

    def store(self, things: dict[Any, Any]) -> None:
        """Remember ``things``, if there is room."""
        if len(self.things) + len(things) <= MOST:
            self.things.update(things)


_memories: WeakKeyDictionary[Generation, Memory] = WeakKeyDictionary()
_memories_guard = Lock()


def memory() -> Memory:
    """Return what is remembered of the content as it is now."""
    generation = current_generation()
    with _memories_guard:
        return _memories.setdefault(generation, Memory())


def remember(key: Hashable, build: Callable[[], Value]) -> Value:
    """Return what ``build`` returned for ``key`` in the reader's language; build it if need be.

    ``build`` returns finished things (a list, no queryset). What it raises is not remembered.
    """
    return remember_for_all((current_language(), key), build)


def remember_for_all(key: Hashable, build: Callable[[], Value]) -> Value:
    """Return what ``build`` returned for ``key``, which is the same in every language."""
    here = memory()
    if key not in here.things:
        with here.building(key):
            if key not in here.things:
                value = build()
                here.store({key: value})
                return value
    found: Value = here.things[key]
    return found


def remember_each(
    name: str, keys: Iterable[int], build: Callable[[list[int]], dict[int, Value]]
) -> dict[int, Value]:
    """Return the records ``keys`` by primary key; ``build`` makes all that are missing at once."""
    here, language = memory(), current_language()
    wanted = list(keys)
    built: dict[int, Value] = {}
    if any((language, (name, key)) not in here.things for key in wanted):
        with here.building((language, name)):
            missing = [key for key in wanted if (language, (name, key)) not in here.things]
            built = build(missing) if missing else {}
            here.store({(language, (name, key)): value for key, value in built.items()})
    found = {key: built.get(key) or here.things.get((language, (name, key))) for key in wanted}
    return {key: value for key, value in found.items() if value is not None}
