"""Taking in what readers write: stored before anything is said."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from contacts.messages.forms import ReaderForm
from contacts.messages.throttle import admit
from contacts.models import Message


class TooManyMessagesError(Exception):
    """The connection has sent as many messages today as one may."""


def receive(request: HttpRequest, form: ReaderForm, **belongings: Any) -> Message:
    """Store the message of a valid ``form`` and return it, committed.

    ``belongings`` are further fields: to whom it goes, what it is about. The same form sent again
    returns the message that is stored already. Raises ``TooManyMessagesError``.
    """
    message = form.message()
    if stored := _stored(message.submission):
        return stored
    for field, value in belongings.items():
        setattr(message, field, value)
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
