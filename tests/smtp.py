"""A real SMTP server on 127.0.0.1 that can be healthy or ill in the ways servers are."""

import email
import email.policy
import enum
import socket
import socketserver
import threading
import time
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, NoReturn, Self


class Health(enum.Enum):
    """What a server does with a message."""

    HEALTHY = "healthy"
    SLOW = "slow"  # takes its time with every reply, then accepts
    BUSY = "busy"  # 421 as a greeting
    REFUSING = "refusing"  # 550 for every recipient
    FULL = "full"  # 452 after the data
    CLOSING = "closing"  # closes the connection amid the data, having stored nothing
    SILENT = "silent"  # stores the message and closes without a reply
    LOSING = "losing"  # takes all of the data and closes, having stored nothing
    DRIPPING = "dripping"  # sends its greeting byte after byte and never ends
    DRIPPING_AT_LAST = "dripping at last"  # stores the message and never ends its reply
    LYING = "lying"  # greets with what is no SMTP
    MUMBLING = "mumbling"  # stores the message and replies with what is no SMTP


class _Handler(socketserver.StreamRequestHandler):
    server: "_TCPServer"

    def reply(self, line: str) -> None:
        if self.server.owner.health is Health.SLOW:
            time.sleep(0.05)
        self.wfile.write(f"{line}\r\n".encode())

    def drip(self) -> NoReturn:
        """Send a byte now and then; ends when the client hangs up."""
        while True:
            self.wfile.write(b"2")
            time.sleep(0.05)

    def handle(self) -> None:
        with suppress(ConnectionError, TimeoutError):  # the client was killed or gave up
            self._converse()

    def _converse(self) -> None:
        owner = self.server.owner
        if owner.health is Health.BUSY:
            self.reply("421 too busy")
            return
        if owner.health is Health.LYING:
            self.reply("HTTP/1.1 200 OK")
            return
        if owner.health is Health.DRIPPING:
            self.drip()
        self.reply("220 test server")
        while line := self.rfile.readline():
            command = line.strip().upper()
            if command.startswith(b"DATA"):
                if not self._data(owner):
                    return
            elif command.startswith(b"QUIT"):
                self.reply("221 bye")
                return
            elif command.startswith(b"RCPT") and owner.health is Health.REFUSING:
                self.reply(owner.refusal)
            elif command.startswith(b"EHLO"):
                self.reply("250 test server")
            else:
                self.reply("250 ok")

    def _data(self, owner: "SMTPServer") -> bool:
        """Take one message; return whether the connection goes on."""
        self.reply("354 go on")
        if owner.health is Health.CLOSING:
            self.rfile.readline()
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if not line or owner.health is Health.LOSING:
            return False
        if owner.health is Health.FULL:
            self.reply("452 no space left")
            return True
        owner.accept(b"".join(lines))
        if owner.health is Health.SILENT:
            return False
        if owner.health is Health.DRIPPING_AT_LAST:
            self.drip()
        self.reply("ok?" if owner.health is Health.MUMBLING else "250 stored")
        return True


class _TCPServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 32
    owner: "SMTPServer"


class SMTPServer:
    """Runs inside ``with``; ``inbox`` holds what it stored. ``down()`` closes its port."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.health = Health.HEALTHY
        self.refusal = "550 no such mailbox"
        self.inbox: list[EmailMessage] = []
        self._lock = threading.Lock()
        self._server: _TCPServer | None = None

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.down()

    def up(self, health: Health = Health.HEALTHY) -> None:
        """Listen, in the given health."""
        self.health = health
        if self._server is None:
            self._server = _TCPServer(("127.0.0.1", self.port), _Handler)
            self._server.owner = self
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def down(self) -> None:
        """Close the port: connections are refused."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def accept(self, content: bytes) -> None:
        message = email.message_from_bytes(content, policy=email.policy.default)
        with self._lock:
            self.inbox.append(message)

    def references(self) -> list[str]:
        """Return the numbers of the stored messages, doubles included."""
        with self._lock:
            return [str(message["Message-ID"])[1:].partition("@")[0] for message in self.inbox]
