"""Public answers, packed by Brotli: nearly all browsers take it, and the others get it unpacked.

Public pages hold nothing secret, so their size may tell what it likes (BREACH).
"""

import re
from functools import lru_cache

import brotli

BROTLI = "br"
# A window of 64 KB holds a page. The thorough way is a tenth smaller and costs 11 ms instead of
# half a one, more than the page itself: only large pages that everybody opens are packed so,
# because a first visit with everything shall fit into ten packets (make budget).
QUICK, THOROUGH, WINDOW = 9, 10, 16
LARGE = 7_400  # bytes, packed
_TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b")
_REWRITTEN = {"content-length", "vary"}

Headers = list[tuple[str, str]]


@lru_cache(maxsize=256)
def takes_brotli(accepted: str) -> bool:
    """Return whether a browser that sends ``accepted`` as Accept-Encoding takes Brotli."""
    return bool(re.search(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))", accepted))


def pack(
    headers: Headers, body: bytes, *, is_packed: bool, is_thorough: bool
) -> tuple[Headers, bytes]:
    """Return an answer with what tells of its packing, packed if it is a text and is to be.

    ``is_thorough``: large ones may take their time.
    """
    known = {name.lower(): value for name, value in headers}
    if not _TEXT.match(known.get("content-type", "")):
        return headers, body
    sent = [(name, value) for name, value in headers if name.lower() not in _REWRITTEN]
    if is_packed:
        body = _compress(body, QUICK, is_thorough=is_thorough)
        sent.append(("Content-Encoding", BROTLI))
    sent.append(("Vary", ", ".join(filter(None, [known.get("vary"), "Accept-Encoding"]))))
    sent.append(("Content-Length", str(len(body))))
    return sent, body


def unpack(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Return an answer as it was before; at once if it is not packed."""
    if ("Content-Encoding", BROTLI) not in headers:
        return headers, body
    body = brotli.decompress(body)
    sent = [(n, v) for n, v in headers if n not in {"Content-Encoding", "Content-Length"}]
    return [*sent, ("Content-Length", str(len(body)))], body


def _compress(body: bytes, quality: int, *, is_thorough: bool) -> bytes:
    packed = brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality, lgwin=WINDOW)
    if is_thorough and len(packed) > LARGE:
        return _compress(body, THOROUGH, is_thorough=False)
    return packed
