"""Taking in what readers write: stored before anything is said."""

import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from contacts.messages.throttle import admit
from contacts.models import Message


class TooManyMessagesError(Exception):
    """The connection has sent as many messages today as one may."""


def receive(request: HttpRequest, message: Message) -> Message:
    """Store a ``message`` that is none in the database yet, and return it, committed.

    The same form sent again returns the message that is stored already. Raises
    ``TooManyMessagesError``.
    """
    if stored := _stored(message.submission):
        return stored
    today: datetime.date = timezone.localdate()
    try:
        with transaction.atomic():
            if not admit(request, today):
                raise TooManyMessagesError
            message.save()
    except IntegrityError:
        # Two workers took in the same form at the same moment; the other was first.
        stored = _stored(message.submission)
        if stored is None:
            raise
        return stored
    return message


def _stored(submission: str) -> Message | None:
    found: Message | None = Message.objects.filter(submission=submission).first()
    return found
