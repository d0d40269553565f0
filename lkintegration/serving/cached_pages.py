"""The pages that one worker has at hand: those of one generation, up to a number of bytes."""

import time
from collections import OrderedDict
from itertools import chain
from sys import getsizeof
from threading import Event, Lock
from typing import NamedTuple

from lkintegration.core.generation import Generation
from lkintegration.serving.packing import Headers

# In one worker; then those go that nobody asks for. Readers can ask more questions (ages times
# municipalities times languages) than there is room for, so the answers have a room of their own,
# and those that were asked for once another: whoever asks everything pushes out no usual question.
MOST_BYTES_OF_PAGES = 32 * 1024 * 1024
MOST_BYTES_OF_ANSWERS = 24 * 1024 * 1024
MOST_BYTES_OF_FIRST_ANSWERS = 8 * 1024 * 1024

# Bytes that Python takes for a page beside its texts: tuples, lists, a place in the dictionary.
OVERHEAD, OVERHEAD_OF_HEADER = 600, 72


class Key(NamedTuple):
    """What makes a page another one; ``query`` holds only what the page reads."""

    scheme: str
    host: str
    path: str
    query: str


class CachedPage(NamedTuple):
    """One page, packed as it is sent; ``until`` is the Unix time at which it stops being true."""

    headers: Headers
    body: bytes
    tag: str
    until: float


class Shelf:
    """Pages up to ``most_bytes``; then the least recently used ones go."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.size = most_bytes, 0
        self.entries: OrderedDict[Key, CachedPage] = OrderedDict()

    def find(self, key: Key) -> CachedPage | None:
        """Return what is stored for ``key`` and still true."""
        entry = self.entries.get(key)
        if entry is None or entry.until <= time.time():
            return None
        self.entries.move_to_end(key)
        return entry

    def take(self, key: Key) -> CachedPage | None:
        """Return what is stored for ``key``, and keep it no longer."""
        if entry := self.entries.pop(key, None):
            self.size -= size(key, entry)
        return entry

    def keep(self, key: Key, entry: CachedPage) -> None:
        """Keep a page; make room for it."""
        self.take(key)
        self.entries[key] = entry
        self.size += size(key, entry)
        while self.size > self.most_bytes:
            self.size -= size(*self.entries.popitem(last=False))


def size(key: Key, entry: CachedPage) -> int:
    """Return how many bytes of memory a page takes: what is sent, and all that stands around it."""
    texts = [*key, *chain.from_iterable(entry.headers), entry.tag, entry.body]
    return OVERHEAD + sum(map(getsizeof, texts)) + len(entry.headers) * OVERHEAD_OF_HEADER


class Pages:
    """The pages of one generation: those everybody opens, and the answers to readers' questions."""

    def __init__(self) -> None:
        self.generation: Generation | None = None
        self._begun: dict[Key, Event] = {}
        self._lock = Lock()
        self._sent = 0
        self._clear()

    def _clear(self) -> None:
        self.plain, self.answers = Shelf(MOST_BYTES_OF_PAGES), Shelf(MOST_BYTES_OF_ANSWERS)
        self.first_answers = Shelf(MOST_BYTES_OF_FIRST_ANSWERS)

    def find(self, generation: Generation | None, key: Key) -> CachedPage | None:
        """Return what is stored for ``key`` and still true."""
        with self._lock:
            if generation is None or generation is not self.generation:
                return None
            shelf = self._shelf(key)
            entry = shelf.find(key)
            if entry and shelf is self.first_answers:
                shelf.take(key)
                self.answers.keep(key, entry)
            self._sent += entry is not None
            return entry

    def count(self) -> tuple[int, int, int]:
        """Return how many pages were found so far, how many are stored, and their bytes."""
        with self._lock:
            shelves = (self.plain, self.answers, self.first_answers)
            pages = sum(len(shelf.entries) for shelf in shelves)
            return self._sent, pages, sum(shelf.size for shelf in shelves)

    def keep(self, generation: Generation, key: Key, entry: CachedPage) -> None:
        """Keep a page; the pages of an earlier generation go.

        One that took so long that its own generation is an earlier one by now is not kept.
        """
        with self._lock:
            if generation is not self.generation:
                if self.generation and generation.number < self.generation.number:
                    return
                self.generation = generation
                self._clear()
            self._shelf(key).keep(key, entry)

    def begin(self, key: Key) -> Event | None:
        """Return None to the one thread that shall build the page: it calls ``end`` afterwards.

        All others get what tells them that it is done.
        """
        with self._lock:
            if key in self._begun:
                return self._begun[key]
            self._begun[key] = Event()
            return None

    def end(self, key: Key) -> None:
        """Tell the threads that wait for a page that it is built, or cannot be cached."""
        with self._lock:
            self._begun.pop(key).set()

    def _shelf(self, key: Key) -> Shelf:
        if not key.query:
            return self.plain
        return self.answers if key in self.answers.entries else self.first_answers
