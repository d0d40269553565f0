"""Taking in what readers write: stored before anything is said."""

import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from contacts.messages.telling_staff import tell_of_new
from contacts.messages.throttle import admit
from contacts.models import Message


class TooManyMessagesError(Exception):
    """The connection has sent as many messages today as one may."""


def receive(request: HttpRequest, message: Message) -> Message:
    """Store a ``message`` that is none in the database yet, and return it, committed.

    The same form sent again returns the message that is stored already, also when two workers take
    it in at the same moment. Raises ``TooManyMessagesError``.
    """
    if stored := _stored(message.submission):
        return stored
    today: datetime.date = timezone.localdate()
    with transaction.atomic():
        if not admit(request, today):
            raise TooManyMessagesError
        # A conflict must be no error: PostgreSQL writes a failed statement into its log, and with
        # it the text, the name and the address that stand in it.
        Message.objects.bulk_create([message], ignore_conflicts=True)
        taken: Message = Message.objects.get(submission=message.submission)
        if taken.reference != message.reference:
            transaction.set_rollback(True)  # another worker was first, and has counted it
        else:
            tell_of_new(taken)
    return taken


def _stored(submission: str) -> Message | None:
    found: Message | None = Message.objects.filter(submission=submission).first()
    return found
