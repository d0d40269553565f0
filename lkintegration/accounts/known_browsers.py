"""Browsers that an account has logged in with before, known by a signed cookie.

It opens nothing: it only lets the browser's own mistakes count apart (``tries.py``). It says
neither whose it is nor anything of the browser.
"""

import datetime
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string

from lkintegration.accounts.marks import SHORT, mark_of_name

KNOWN_FOR: Final = datetime.timedelta(days=365)


def known_browser(request: HttpRequest, name: str) -> str:
    """Return what tells this browser from others that ``name`` has used; empty for strangers."""
    try:
        return _signer(name).unsign(request.COOKIES.get(_cookie_name(name), ""), max_age=KNOWN_FOR)
    except signing.BadSignature:
        return ""


def remember_browser(response: HttpResponseBase, name: str) -> None:
    """Let the browser that gets ``response`` be one that ``name`` is known to use."""
    response.set_cookie(
        _cookie_name(name),
        _signer(name).sign(get_random_string(22)),
        max_age=KNOWN_FOR,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie_name(name: str) -> str:
    # One for each account: two people may share a computer.
    return f"{settings.COOKIE_PREFIX}browser-{mark_of_name('cookie', name)[:SHORT]}"


def _signer(name: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=mark_of_name("known browser", name))
