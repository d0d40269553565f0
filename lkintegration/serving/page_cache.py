"""Whole pages, compressed, kept in front of Django until anything that readers see changes.

Public pages depend on their address and on the content alone: no cookie, no session. So a page
that was built once is sent again from memory, without waking Django. Pages belong to a generation
of the content (``core.generation``): a change is seen by every worker within a second.
"""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock, RLock
from typing import Any, NamedTuple

import brotli
from django.conf import settings
from django.db import Error, close_old_connections

from lkintegration.core.generation import (
    Generation,
    last_generation,
    one_generation,
    recent_generation,
)
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.outage import ask_generation, is_away

TRUST = 0.5  # seconds for which a look at the generation holds
MOST_BYTES = 64 * 1024 * 1024  # of pages in one worker; then those go that nobody asks for
BIGGEST = 512 * 1024
BROTLI = "br"
# Of Brotli. Pages that everybody opens are packed a tenth smaller, at ten times the cost; answers
# to a reader's own question are rarely sent twice.
THOROUGH, QUICK = 10, 5
_MAX_AGE = re.compile(r"max-age=(\d+)")
_FORBIDDEN = re.compile(r"no-store|private")
_TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b")
_REWRITTEN = {"content-length", "vary"}

Headers = list[tuple[str, str]]
Key = tuple[str, ...]


class Entry(NamedTuple):
    """One page as it is sent; ``until`` is the Unix time at which it stops being true."""

    headers: Headers
    body: bytes
    tag: str
    until: float


class Pages:
    """The pages of one generation; beyond ``MOST_BYTES`` the least recently used ones go."""

    def __init__(self) -> None:
        self.generation: Generation | None = None
        self.size = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._building: dict[Key, RLock] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, generation: Generation | None, key: Key) -> Entry | None:
        """Return what is kept for ``key`` and still true."""
        with self._lock:
            if generation is None or generation is not self.generation:
                return None
            entry = self._entries.get(key)
            if entry is None or entry.until <= time.time():
                return None
            self._entries.move_to_end(key)
            return entry

    def keep(self, generation: Generation, key: Key, entry: Entry) -> None:
        """Keep a page; the pages of another generation go."""
        with self._lock:
            if generation is not self.generation:
                self.generation, self.size = generation, 0
                self._entries.clear()
            if replaced := self._entries.pop(key, None):
                self.size -= len(replaced.body)
            self._entries[key] = entry
            self.size += len(entry.body)
            while self.size > MOST_BYTES:
                _oldest, gone = self._entries.popitem(last=False)
                self.size -= len(gone.body)

    def building(self, key: Key) -> Any:
        """Return the lock under which the page of this key is built: by one thread at a time."""
        with self._lock:
            return self._building.setdefault(key, RLock())

    def built(self, key: Key) -> None:
        """Forget the lock of a page that is built."""
        with self._lock:
            self._building.pop(key, None)


class PageCache:
    """A WSGI application that answers for ``application`` wherever it remembers the answer."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.pages = Pages()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if settings.MAINTENANCE or not _is_public(environ):
            return self.application(environ, start_response)
        key = _key(environ)
        entry = self.pages.find(recent_generation(TRUST), key)
        if entry is None:
            with one_generation():
                generation = _look()
                if generation is None:
                    return self.application(environ, start_response)
                with self.pages.building(key):
                    entry = self.pages.find(generation, key)
                    if entry is None:
                        try:
                            return self._build(environ, start_response, generation, key)
                        finally:
                            self.pages.built(key)
        return _send(entry, environ, start_response)

    def _build(
        self,
        environ: dict[str, Any],
        start_response: Callable[..., Any],
        generation: Generation,
        key: Key,
    ) -> Iterable[bytes]:
        started: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            started[:] = [status, headers]
            return lambda data: None

        answer = self.application(environ, start)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = started
        lifetime = _lifetime(status, headers, len(body))
        if environ["REQUEST_METHOD"] != "GET":
            start_response(status, headers)
            return [body]
        quality = QUICK if lifetime is None or environ.get("QUERY_STRING") else THOROUGH
        headers, body = _packed(headers, body, quality if key[-1] == BROTLI else None)
        if lifetime is None:
            start_response(status, headers)
            return [body]
        until = min(time.time() + lifetime, generation.ends_at)
        entry = _entry(headers, body, until)
        self.pages.keep(generation, key, entry)
        return _send(entry, environ, start_response)


def _look() -> Generation | None:
    """Return the generation that holds now; without a database the last one goes on serving."""
    if is_away():
        return last_generation()
    try:
        return ask_generation()
    except Error:
        return last_generation()
    finally:
        close_old_connections()


def _is_public(environ: dict[str, Any]) -> bool:
    """Return whether the request is for a page that every reader sees alike."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    return environ.get("PATH_INFO", "").partition("/")[2].partition("/")[0] in BY_CODE


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """Return how to pack a page for a browser that accepts ``accepted``."""
    takes_brotli = re.search(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))", accepted)
    return BROTLI if takes_brotli else "plain"


def _key(environ: dict[str, Any]) -> Key:
    return (
        environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme", "")),
        environ.get("HTTP_HOST", environ.get("SERVER_NAME", "")),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def _lifetime(status: str, headers: Headers, size: int) -> float | None:
    """Return for how many seconds a response may be sent again; None if it may not."""
    known = {name.lower(): value for name, value in headers}
    caching = known.get("cache-control", "")
    if not status.startswith("200") or "set-cookie" in known or size > BIGGEST:
        return None
    if "cookie" in known.get("vary", "").lower() or _FORBIDDEN.search(caching):
        return None
    age = _MAX_AGE.search(caching)
    return float(age[1]) if age else float("inf")


def _packed(headers: Headers, body: bytes, quality: int | None) -> tuple[Headers, bytes]:
    """Return a public response compressed by Brotli; None where the reader's browser takes none.

    Public pages hold nothing secret, so their size may tell what it likes (BREACH).
    """
    known = {name.lower(): value for name, value in headers}
    if not _TEXT.match(known.get("content-type", "")):
        return headers, body
    kept = [(name, value) for name, value in headers if name.lower() not in _REWRITTEN]
    if quality is not None:
        body = brotli.compress(body, quality=quality, mode=brotli.MODE_TEXT)
        kept.append(("Content-Encoding", BROTLI))
    kept.append(("Vary", ", ".join(filter(None, [known.get("vary"), "Accept-Encoding"]))))
    kept.append(("Content-Length", str(len(body))))
    return kept, body


def _entry(headers: Headers, body: bytes, until: float) -> Entry:
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    kept = [*headers, ("ETag", tag)]
    if not any(name.lower() == "cache-control" for name, _value in headers):
        # Browsers ask again each time, and mostly hear "304, nothing new".
        kept.append(("Cache-Control", "no-cache"))
    return Entry(kept, body, tag, until)


def _send(
    entry: Entry, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    if entry.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        unsent = {"content-length", "content-encoding", "content-type"}
        kept = [(name, value) for name, value in entry.headers if name.lower() not in unsent]
        start_response("304 Not Modified", kept)
        return []
    start_response("200 OK", entry.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [entry.body]
