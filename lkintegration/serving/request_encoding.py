"""Requests are read as UTF-8, whatever they claim."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters


def read_as_utf8(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return a WSGI application that takes the encoding out of what ``application`` gets.

    Browsers send forms in the encoding of the page. A request may name any codec that Python has
    instead: some of them fail on the first byte, some are none for text, and Django reads the
    query by it before any middleware.
    """

    def reading(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return application(without_encoding(environ), start_response)

    return reading


def without_encoding(environ: dict[str, Any]) -> dict[str, Any]:
    """Return ``environ`` with a Content-Type of which only the boundary of parts is left."""
    kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    if not parameters:
        return environ
    if boundary := parameters.get("boundary", ""):
        escaped = boundary.replace("\\", "\\\\").replace('"', '\\"')
        kind = f'{kind}; boundary="{escaped}"'
    return environ | {"CONTENT_TYPE": kind}
