"""How long the admin's log of what staff did is kept."""

import datetime

from django.conf import settings
from django.contrib.admin.models import LogEntry


def delete_old_log_entries(now: datetime.datetime) -> int:
    """Delete entries as old as the oldest states of the content; return how many."""
    limit = now - datetime.timedelta(days=settings.HISTORY_RETENTION_DAYS)
    return LogEntry.objects.filter(action_time__lt=limit).delete()[0]
