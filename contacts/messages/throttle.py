"""How many messages one connection may send a day, without keeping anybody's address."""

import datetime

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from contacts.models import SenderCount
from lkintegration.serving.client_address import client_address


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
