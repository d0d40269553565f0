"""How many messages one connection may send a day, without keeping anybody's address."""

import datetime
import ipaddress

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from contacts.models import SenderCount


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


def admit(request: HttpRequest, today: datetime.date) -> bool:
    """Count one more message of this connection; return False where the day's limit is reached.

    Atomic: of messages sent at the same moment none slips past. Counts of other days are deleted.
    """
    sender = salted_hmac(
        f"contacts.messages.throttle {today.isoformat()}",
        client_address(request),
        algorithm="sha256",
    ).hexdigest()
    row, first_today = SenderCount.objects.get_or_create(day=today, sender=sender)
    if first_today:
        SenderCount.objects.filter(day__lt=today).delete()
    below = SenderCount.objects.filter(pk=row.pk, count__lt=settings.MESSAGES_PER_SENDER)
    return bool(below.update(count=F("count") + 1))
