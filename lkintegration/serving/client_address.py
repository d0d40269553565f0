"""Whose connection a request came through, also behind proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the reader's connection; empty if it cannot be told.

    Behind ``PROXY_COUNT`` proxies of our own, the last but that many entries of
    ``X-Forwarded-For`` is the one that the outermost of them wrote; what stands before it may be
    invented. Of an IPv6 address only the network (/64) counts: a connection has all of it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXY_COUNT and len(chain) >= settings.PROXY_COUNT:
        address = chain[-settings.PROXY_COUNT].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
