"""Nothing about readers is kept longer than the privacy page says."""

import datetime

from django.conf import settings
from django.utils import timezone

from contacts.models import Message, SenderCount


def delete_expired(now: datetime.datetime) -> int:
    """Delete messages older than ``MESSAGE_RETENTION_DAYS`` and counts of other days.

    Returns how many messages were deleted.
    """
    limit = now - datetime.timedelta(days=settings.MESSAGE_RETENTION_DAYS)
    _rows, deleted = Message.objects.filter(received_at__lt=limit).delete()
    SenderCount.objects.filter(day__lt=timezone.localdate(now)).delete()
    return int(deleted.get(Message._meta.label, 0))
