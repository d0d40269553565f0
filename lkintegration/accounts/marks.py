"""Marks: what names and addresses are kept as, so that nobody can read them from the database."""

import unicodedata
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from lkintegration.serving.client_address import client_address

SHORT: Final = 8  # digits of a mark that people compare by eye


def mark(what: str, value: str) -> str:
    """Return the keyed hash of ``value``, which is a ``what``: 64 hexadecimal digits.

    Without the site's secret key nobody can try out which value it belongs to.
    """
    return salted_hmac(f"accounts.{what}", value, algorithm="sha256").hexdigest()


def mark_of_connection(request: HttpRequest) -> str:
    """Return the mark of the address that a request came from; empty if it cannot be told."""
    address = client_address(request)
    return mark("connection", address) if address else ""


def mark_of_name(what: str, name: str) -> str:
    """Return the mark of a name as people type it; capital letters count as small ones."""
    return mark(what, unicodedata.normalize("NFKC", name).casefold())
