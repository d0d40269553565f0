"""SMTP that knows whether a message may have arrived when the connection breaks.

A connection that breaks before the end of the data has delivered nothing, and the message may be
sent again. After the end, without a reply, nobody knows (RFC 5321, section 6.1), and sending again
may deliver it twice. Django's backend and smtplib report both alike.
"""

import os
import select
import smtplib
import socket
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

TIMEOUT = 30  # seconds for each command
FINAL_TIMEOUT = 600  # seconds for the reply to the end of the data (RFC 5321, 4.5.3.2.6)
# Seconds in which a server that hung up amid the data is noticed before the end is sent.
GRACE = 0.05
_END = b"\r\n.\r\n"


class NoReplyError(Exception):
    """The whole message was sent, but the server did not say whether it took it."""


class _CarefulMixin:
    """Sends the end of a message separately from the rest of it."""

    sock: Any
    before_end: Callable[[], object]
    handed_over = False

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
        super().send(_END[2:])  # type: ignore[misc]


class _Plain(_CarefulMixin, smtplib.SMTP):
    pass


class _Encrypted(_CarefulMixin, smtplib.SMTP_SSL):
    pass


def _hung_up(connected: socket.socket) -> bool:
    """Return whether the other side has closed the connection."""
    if not select.select([connected], [], [], GRACE)[0]:
        return False
    # A copy of the bare socket: an encrypted one cannot be looked at without reading from it.
    with socket.socket(fileno=os.dup(connected.fileno())) as bare:
        bare.settimeout(0)
        try:
            return bare.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True


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

    def hang_up(self) -> None:
        """Close the connection without a word; the next message opens a new one."""
        if self.connection:
            self.connection.close()
        self.connection = None
