"""A server on this machine that speaks as much of DeepL's API as the site uses.

https://developers.deepl.com/api-reference/translate: JSON in and out, the key in the header
``Authorization``, 128 KiB a call, 50 texts a call. It "translates" by writing in capitals whatever
is neither a tag nor marked ``translate="no"``.
"""

import html
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "6a1b2c3d-0000-4000-8000-only-for-tests:fx"
# As documented in 2026; a target "EN" is no longer one.
TARGETS = {"AR", "EN-GB", "EN-US", "FA", "FR", "IT", "RO", "RU", "SQ", "TR", "UK"}
_PIECES = re.compile(r'(<span translate="no">.*?</span>|<[^>]*>)', re.DOTALL)

Answer = tuple[int, bytes]
Reaction = Callable[[dict[str, Any]], Answer]


def shouted(text: str) -> str:
    """Return the "translation" of ``text``."""
    pieces = _PIECES.split(text)
    return "".join(
        piece if number % 2 else html.escape(html.unescape(piece).upper(), quote=False)
        for number, piece in enumerate(pieces)
    )


def translated(asked: dict[str, Any], change: Callable[[str], str] = lambda text: text) -> Answer:
    """Answer as DeepL does, with ``change`` made to each translation."""
    return 200, json.dumps(
        {
            "translations": [
                {
                    "detected_source_language": "DE",
                    "text": change(shouted(text)),
                    "billed_characters": len(re.sub(r"<[^>]*>", "", text)),
                }
                for text in asked["text"]
            ]
        }
    ).encode()


def changed(change: Callable[[str], str]) -> Reaction:
    """Translate, and change every translation."""
    return lambda asked: translated(asked, change)


def refused(status: int, message: str = "refused") -> Reaction:
    return lambda _asked: (status, json.dumps({"message": message}).encode())


def saying(body: str | bytes) -> Reaction:
    return lambda _asked: (200, body.encode() if isinstance(body, str) else body)


class DeepLServer(ThreadingHTTPServer):
    """Notes every call; ``reactions`` are used up one a call before it answers as it should."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[dict[str, Any]] = []
        self.reactions: list[Reaction] = []
        self.closing = threading.Event()
        self.used = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def texts(self) -> list[str]:
        """Return all texts that were sent."""
        return [text for call in self.calls for text in call["text"]]

    def silence(self, asked: dict[str, Any]) -> Answer:
        """Keep the caller waiting until the test is over."""
        self.closing.wait(20)
        return translated(asked)


class _Handler(BaseHTTPRequestHandler):
    server: DeepLServer

    def do_GET(self) -> None:
        if self._is_allowed() and self.path == "/v2/usage":
            usage = {"character_count": self.server.used, "character_limit": 500_000}
            self._send(200, json.dumps(usage).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_allowed():
            return
        if self.path != "/v2/translate":
            self._send(404, b"")
        elif len(body) > 128 * 1024:
            self._send(413, b"")
        else:
            self._translate(json.loads(body))

    def _translate(self, asked: dict[str, Any]) -> None:
        texts, target = asked.get("text"), asked.get("target_lang")
        if not isinstance(texts, list) or not 0 < len(texts) <= 50 or target not in TARGETS:
            self._send(400, b'{"message": "Bad request"}')
            return
        self.server.calls.append(asked)
        reaction = self.server.reactions.pop(0) if self.server.reactions else translated
        status, answer = reaction(asked)
        if status == 200:
            self.server.used += sum(len(re.sub(r"<[^>]*>", "", text)) for text in texts)
        self._send(status, answer)

    def _is_allowed(self) -> bool:
        allowed = self.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        if not allowed:
            self._send(403, b'{"message": "Forbidden"}')
        return allowed

    def _send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the caller did not wait

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[DeepLServer]:
    server = DeepLServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
