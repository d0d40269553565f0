"""SMTP that knows whether a message may have arrived when the connection breaks.

A connection that breaks before the end of the data has delivered nothing, and the message may be
sent again. After the end, without a reply, nobody knows (RFC 5321, section 6.1), and sending again
may deliver it twice. Django's backend and smtplib report both alike.
"""

import os
import select
import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any
from weakref import WeakSet

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

TIMEOUT = 30  # seconds for each command
LONGEST_DIALOGUE = 120  # seconds from greeting to the end of the data, or for one message more
FINAL_TIMEOUT = 600  # seconds for the reply to the end of the data (RFC 5321, 4.5.3.2.6)
# Seconds in which a server that hung up amid the data is noticed before the end is sent.
GRACE = 0.05
_REPLIES = range(200, 600)  # RFC 5321, 4.2.1; anything else says nothing
_END = b"\r\n.\r\n"

_open: WeakSet["_CarefulMixin"] = WeakSet()


class NoReplyError(Exception):
    """The whole message was sent, but the server did not say whether it took it."""


class _Ending:
    """When (monotonic time) all dialogues of this process end; None while it goes on."""

    at: float | None = None


def end_dialogues(seconds: float) -> None:
    """End every dialogue within ``seconds``: the process is to stop."""
    _Ending.at = time.monotonic() + seconds
    for connection in list(_open):
        connection.allow(seconds)


class _CarefulMixin:
    """Sends the end of a message separately from the rest of it, and ends what takes too long."""

    sock: Any
    before_end: Callable[[], object]
    handed_over = False
    is_cut = False
    _alarm: Timer | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _open.add(self)
        self.allow(LONGEST_DIALOGUE)
        try:
            super().__init__(*args, **kwargs)
        except BaseException:
            self.close()
            raise

    def allow(self, seconds: float | None) -> None:
        """Cut the line in ``seconds`` from now, unless told otherwise; None: not at all."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if seconds is None:
            return
        if _Ending.at is not None:
            seconds = min(seconds, max(0.0, _Ending.at - time.monotonic()))
        self._alarm = Timer(seconds, self._cut)
        self._alarm.daemon = True
        self._alarm.start()

    def _cut(self) -> None:
        self.is_cut = True
        # Nothing to cut where there is no line any more.
        with suppress(OSError, AttributeError), _bare(self.sock) as line:
            line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.allow(None)
        super().close()  # type: ignore[misc]

    def quit(self) -> Any:
        self.allow(TIMEOUT)
        return super().quit()  # type: ignore[misc]

    def getreply(self) -> Any:
        try:
            code, text = super().getreply()  # type: ignore[misc]
        except smtplib.SMTPServerDisconnected:
            if not self.is_cut:
                raise
            code, text = -1, b""
        # smtplib takes the beginning of a line that was cut off for the whole of it.
        if self.is_cut:
            raise TimeoutError("Der Mailserver antwortet zu langsam.")
        if self.handed_over and code not in _REPLIES:
            raise smtplib.SMTPServerDisconnected("no reply to the end of the data")
        return code, text

    def send(self, data: Any) -> None:
        if not (isinstance(data, bytes) and data.endswith(_END)):
            super().send(data)  # type: ignore[misc]
            return
        super().send(data[: -len(_END) + 2])  # type: ignore[misc]
        if _hung_up(self.sock):
            raise smtplib.SMTPServerDisconnected("closed amid the data")
        self.before_end()
        self.handed_over = True
        self.sock.settimeout(FINAL_TIMEOUT)
        self.allow(FINAL_TIMEOUT)
        super().send(_END[2:])  # type: ignore[misc]


class _Plain(_CarefulMixin, smtplib.SMTP):
    pass


class _Encrypted(_CarefulMixin, smtplib.SMTP_SSL):
    pass


def _hung_up(connected: socket.socket) -> bool:
    """Return whether the other side has closed the connection."""
    if not select.select([connected], [], [], GRACE)[0]:
        return False
    with _bare(connected) as bare:
        bare.settimeout(0)
        try:
            return bare.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True


def _bare(connected: socket.socket) -> socket.socket:
    """Return a second name for the line below an encrypted socket, which hides it."""
    return socket.socket(fileno=os.dup(connected.fileno()))


class Mailer(EmailBackend):
    """Django's SMTP backend, configured by the same settings."""

    def __init__(self) -> None:
        super().__init__(timeout=TIMEOUT)

    @property
    def connection_class(self) -> Any:
        return _Encrypted if self.use_ssl else _Plain

    def deliver(self, email: EmailMessage, before_end: Callable[[], object]) -> None:
        """Send ``email`` to its one recipient; call ``before_end`` before its last byte.

        Raises ``NoReplyError`` where it may have arrived, and ``OSError`` (``SMTPException`` is
        one) where it certainly has not.
        """
        self.open()
        connection: Any = self.connection
        connection.before_end, connection.handed_over = before_end, False
        # A connection that serves several messages waits long only for the end of each.
        connection.sock.settimeout(TIMEOUT)
        connection.allow(LONGEST_DIALOGUE)
        try:
            content: Any = email.message()
            connection.sendmail(email.from_email, email.to, content.as_bytes(linesep="\r\n"))
        except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
            self.hang_up()
            if connection.handed_over:
                raise NoReplyError(str(error)) from error
            raise
        except OSError:
            self.hang_up()
            raise
        connection.allow(None)

    def hang_up(self) -> None:
        """Close the connection without a word; the next message opens a new one."""
        if self.connection:
            self.connection.close()
        self.connection = None
