"""Files with translations that wait for the yes or no of the person who sent them."""

import datetime

from lkintegration.translating.models import TranslationUpload


def delete_old_uploads(now: datetime.datetime) -> int:
    """Delete the files that nobody has answered for in time; return how many."""
    old = TranslationUpload.objects.filter(created_at__lt=now - TranslationUpload.LIFETIME)
    return int(old.delete()[0])
