"""gunicorn's worker with threads, whose own errors are answers like all others."""

import signal
import socket
from http import HTTPStatus
from typing import Any

from django.conf import settings
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from lkintegration.serving.security_headers import HEADERS

# What is no HTTP, or more of it than we read; every other such fault is a 400.
_STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
_FAULTS_OF_OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
_PAGE = """<!doctype html>
<html lang="de">
<meta charset="utf-8">
<title>{status}</title>
<h1>{german}</h1>
<p lang="en">{english}</p>
</html>
"""
_REFUSED = ("Diese Anfrage verstehen wir nicht.", "We do not understand this request.")
_BROKEN = ("Bei uns ist ein Fehler aufgetreten.", "Something went wrong on our side.")


class SiteWorker(ThreadWorker):
    """Answers what never reached the application, or broke out of it.

    gunicorn's own answers carry no header of ours and repeat what was sent, and its log names the
    reader's address.
    """

    def load_wsgi(self) -> None:
        super().load_wsgi()
        # Only now: whoever makes numbers needs the folder for them (gunicorn_config.on_starting).
        from lkintegration.serving.metrics import note_memory_sometimes  # noqa: PLC0415

        self._note = note_memory_sometimes

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Finish what has begun; what hangs ends soon after the time for that, whoever waits."""
        signal.alarm(self.cfg.graceful_timeout + 5)
        super().handle_exit(sig, frame)

    def notify(self) -> None:
        """Give the sign of life; gunicorn calls it with each request, and once in a second."""
        super().notify()
        self._note()

    def handle_error(self, _req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that ended in ``exc``; ``_req`` is what could be read of it, or None."""
        status = _status(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("A request broke out of the application.", exc_info=exc)
        else:
            self.log.info("Invalid request: %s", type(exc).__name__)
        try:
            util.write_nonblock(client, _answer(status))
        except OSError:
            self.log.debug("Failed to send error message.")


def _status(failure: BaseException) -> HTTPStatus:
    for kind, status in _STATUSES.items():
        if isinstance(failure, kind):
            return status
    is_ours = isinstance(failure, _FAULTS_OF_OURS) or not isinstance(failure, errors.ParseException)
    return HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else HTTPStatus.BAD_REQUEST


def _answer(status: HTTPStatus) -> bytes:
    """Return a whole HTTP answer, after which the connection ends."""
    german, english = _BROKEN if status is HTTPStatus.INTERNAL_SERVER_ERROR else _REFUSED
    page = _PAGE.format(status=status.phrase, german=german, english=english).encode()
    headers = (
        HEADERS
        | _transport_security()
        | {
            "Cache-Control": "no-store",
            "Connection": "close",
            "Content-Length": str(len(page)),
            "Content-Type": "text/html; charset=utf-8",
        }
    )
    lines = [f"HTTP/1.1 {status} {status.phrase}", *(f"{n}: {v}" for n, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + page


def _transport_security() -> dict[str, str]:
    """Return what Django's SecurityMiddleware tells of TLS, where it does."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    whose = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return {"Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}{whose}"}
