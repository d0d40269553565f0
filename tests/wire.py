"""A line between the site and its database that can be cut, and that can hang."""

import select
import socket
import threading
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit


class Wire:
    """Passes on what comes in at ``port`` to the server of ``url``, inside ``with``."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = (parts.hostname or "", parts.port or 5432)
        self._flows = threading.Event()
        self._flows.set()
        self._lines: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._listener.getsockname()[1]
        self.url = parts._replace(
            netloc=f"{parts.username}:{parts.password}@127.0.0.1:{self.port}"
        ).geturl()

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.resume()
        self.refuse()

    def cut(self) -> None:
        """Close all lines, as a server does that is started anew."""
        for line in self._lines:
            with suppress(OSError):  # closed already
                line.shutdown(socket.SHUT_RDWR)

    def refuse(self) -> None:
        """Close all lines and take no new ones, as a server that is stopped."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def accept(self) -> None:
        """Take new lines again."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=100)
        self._listen()

    def hang(self) -> None:
        """Keep and take lines, and pass on nothing."""
        self._flows.clear()

    def resume(self) -> None:
        """Pass on again, also what came meanwhile."""
        self._flows.set()

    def _listen(self) -> None:
        threading.Thread(target=self._take, args=(self._listener,), daemon=True).start()

    def _take(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _address = listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._server) as server, suppress(OSError):
            self._lines.append(client)
            other = {client: server, server: client}
            while True:
                for end in select.select([client, server], [], [])[0]:
                    data = end.recv(65_536)
                    self._flows.wait()
                    if not data:
                        return
                    other[end].sendall(data)
