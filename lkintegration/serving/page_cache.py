"""Whole pages, compressed, stored in front of Django until anything that readers see changes.

Public pages depend on their address and on the content alone: no cookie, no session. So a page
that was built once is sent again from memory, without waking Django. Pages belong to a generation
of the content (``core.generation``): a change is seen by every worker within a second.

Which address may be cached and which parameters its page reads is declared where it is routed
(``serving.addresses``). Parameters that nobody reads are dropped before Django sees them, so that
neither the page nor what is stored depends on them.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import Error

from lkintegration.core.generation import (
    Generation,
    generation_seen_within,
    has_changed_since,
    last_generation,
    one_generation,
)
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.addresses import declaration, read_parameters
from lkintegration.serving.cached_pages import CachedPage, Key, Pages
from lkintegration.serving.memo import count_remembered
from lkintegration.serving.metrics import watch_memory
from lkintegration.serving.outage import TRUST, look
from lkintegration.serving.packing import Headers, pack, takes_brotli, unpack

BIGGEST = 512 * 1024
LONGEST_WAIT = 30  # seconds for a page that another thread builds
ATTEMPTS = 8  # at a page while the content changes; the next is sent as it comes
MOST_QUERIES = 512  # of which a worker remembers what remains of them
_MAX_AGE = re.compile(r"max-age=(\d+)")
_FORBIDDEN = re.compile(r"no-store|private")


class _ChangedMeanwhileError(Exception):
    """The content has changed while a page was built, which may show some of both."""


class PageCache:
    """A WSGI application that answers for ``application`` wherever it remembers the answer."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.pages = Pages()
        watch_memory(self.pages.count, count_remembered)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if settings.MAINTENANCE or not _is_public(environ):
            return self.application(environ, start_response)
        if environ.get("QUERY_STRING"):
            read = _read_query(environ.get("PATH_INFO", ""), environ["QUERY_STRING"])
            environ = environ | {"QUERY_STRING": read}
        key = _key(environ)
        entry = self.pages.find(generation_seen_within(TRUST), key)
        if entry is None:
            return self._look_and_build(environ, start_response, key)
        return _send(entry, environ, start_response)

    def _look_and_build(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: Key
    ) -> Iterable[bytes]:
        """Answer a request for which a look at the database is due.

        Without a database the pages of the last generation go on being sent.
        """
        seen = look()
        if entry := self.pages.find(seen or last_generation(), key):
            return _send(entry, environ, start_response)
        declared = declaration(key.path)
        if declared is None or not declared.is_cached:
            with one_generation(seen):
                return self._build(environ, start_response, None, key)
        other = self.pages.begin(key)
        if other is not None:
            other.wait(LONGEST_WAIT)
            seen = look()
        try:
            return self._find_or_build(environ, start_response, seen, key)
        finally:
            if other is None:
                self.pages.end(key)

    def _find_or_build(
        self,
        environ: dict[str, Any],
        start_response: Callable[..., Any],
        seen: Generation | None,
        key: Key,
    ) -> Iterable[bytes]:
        """Send what is stored by now, or build it.

        One thread builds a page that several ask for. What turns out not to be kept is built by
        each. A page during which the content has changed is built again.
        """
        for _attempt in range(ATTEMPTS):
            generation = seen or last_generation()
            if entry := self.pages.find(generation, key):
                return _send(entry, environ, start_response)
            with one_generation(seen), suppress(_ChangedMeanwhileError):
                return self._build(environ, start_response, generation, key)
            seen = look()
        return self._build(environ, start_response, None, key)

    def _build(
        self,
        environ: dict[str, Any],
        start_response: Callable[..., Any],
        generation: Generation | None,
        key: Key,
    ) -> Iterable[bytes]:
        """Let Django answer; keep the answer for ``generation``, if there is one and it may be.

        Raises ``_ChangedMeanwhileError``.
        """
        started: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            started[:] = [status, headers]
            return lambda data: None

        answer = self.application(environ, start)
        try:
            body = b"".join(answer)
            if generation and _has_changed(generation):
                raise _ChangedMeanwhileError
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = started
        lifetime = _lifetime(status, headers, len(body))
        if environ["REQUEST_METHOD"] != "GET":
            start_response(status, headers)
            return [body]
        if lifetime is None or generation is None:
            wanted = _takes_brotli(environ)
            headers, body = pack(headers, body, is_packed=wanted, is_thorough=False)
            start_response(status, headers)
            return [body]
        headers, body = pack(headers, body, is_packed=True, is_thorough=not key.query)
        until = min(time.time() + lifetime, generation.ends_at)
        entry = _entry(headers, body, until)
        self.pages.keep(generation, key, entry)
        return _send(entry, environ, start_response)


def _is_public(environ: dict[str, Any]) -> bool:
    """Return whether the request is for a page that every reader sees alike."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    return environ.get("PATH_INFO", "").partition("/")[2].partition("/")[0] in BY_CODE


@lru_cache(maxsize=MOST_QUERIES)
def _read_query(path: str, query: str) -> str:
    """Return of ``query`` what the page at ``path`` reads, all of it where no page is declared."""
    declared = declaration(path)
    if declared is None:
        return query
    try:
        return read_parameters(query, declared.reads)
    except TooManyFieldsSent:
        return query  # Django refuses it


def _key(environ: dict[str, Any]) -> Key:
    claimed = environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme", ""))
    return Key(
        # As Django reads it: whatever a proxy claims, there are two.
        "https" if claimed.partition(",")[0].strip() == "https" else "http",
        environ.get("HTTP_HOST", environ.get("SERVER_NAME", "")),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _takes_brotli(environ: dict[str, Any]) -> bool:
    return takes_brotli(environ.get("HTTP_ACCEPT_ENCODING", ""))


def _has_changed(generation: Generation) -> bool:
    """Return whether the database says so; without it nothing newer is to be had."""
    try:
        return has_changed_since(generation)
    except Error:
        return False


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


def _entry(headers: Headers, body: bytes, until: float) -> CachedPage:
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    # How long the page is true is for this cache, which learns of each change. Browsers ask again
    # each time, and mostly hear "304, nothing new": else they would go on showing what staff have
    # changed since, to staff as well.
    sent = [(name, value) for name, value in headers if name.lower() != "cache-control"]
    sent += [("ETag", tag), ("Cache-Control", "no-cache")]
    return CachedPage(sent, body, tag, until)


def _unpacked(entry: CachedPage) -> CachedPage:
    """Return the page for a browser without Brotli: other bytes, so another tag."""
    headers, body = unpack(entry.headers, entry.body)
    if body is entry.body:
        return entry
    tag = f'{entry.tag[:-1]}-plain"'
    sent = [(name, tag if name == "ETag" else value) for name, value in headers]
    return CachedPage(sent, body, tag, entry.until)


def _send(
    entry: CachedPage, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    if not _takes_brotli(environ):
        entry = _unpacked(entry)
    if entry.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        unsent = {"content-length", "content-encoding", "content-type"}
        sent = [(name, value) for name, value in entry.headers if name.lower() not in unsent]
        start_response("304 Not Modified", sent)
        return []
    start_response("200 OK", entry.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [entry.body]
