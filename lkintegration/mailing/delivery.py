"""Carries what waits in an outbox by e-mail: once each, or visibly not.

A row is claimed by one process (``sending``), handed over, and marked ``delivered``; each step is
committed before the next. What fails before the end of the data waits and is sent again, after
growing pauses. What may have arrived is ``uncertain`` and never sent again by itself. After
``LONGEST_WAIT`` it is ``given_up``.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone

from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.models import Outgoing
from lkintegration.mailing.smtp import Mailer, NoReplyError

logger = logging.getLogger(__name__)

FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
LONGEST_WAIT = datetime.timedelta(days=5)  # RFC 5321, 4.5.4.1: at least four to five days
# Longer than one e-mail can take; a claim older than this belongs to a process that died.
LEASE = datetime.timedelta(minutes=15)
# Failures in a row after which it is the mail server and not an e-mail.
PATIENCE = 3


class Outbox(NamedTuple):
    """What waits in the table of ``model``, to whom a row goes, and the e-mail that carries it.

    ``furthest`` is how far ahead a row may be planned; what lies further was written by a clock
    that was wrong.
    """

    model: type[Any]
    recipient_of: Callable[[Any], str]
    compose: Callable[[Any, str], EmailMessage]
    furthest: datetime.timedelta = LONGEST_PAUSE


def pause(attempts: int) -> datetime.timedelta:
    """Return how long to wait after the failed attempt number ``attempts`` (1, 2, …)."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def message_id(row: Outgoing) -> str:
    """Return the header that is the same in every attempt: a mailbox can tell that two are one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<{row.reference}@{domain}>"


def release_abandoned(outbox: Outbox, now: datetime.datetime) -> None:
    """Free what a process that died had claimed; what may have arrived becomes uncertain.

    What lies further ahead than anybody waits was written by a clock that has been put right since.
    """
    rows = outbox.model.objects
    ahead = rows.filter(next_attempt_at__gt=now + outbox.furthest)
    ahead.filter(delivery=Delivery.WAITING).update(next_attempt_at=now)
    outdated = Q(claimed_at__lte=now - LEASE) | Q(claimed_at__gt=now + LEASE)
    abandoned = rows.filter(outdated, delivery=Delivery.SENDING)
    abandoned.filter(handed_over_at=None).update(delivery=Delivery.WAITING, claimed_at=None)
    abandoned.exclude(handed_over_at=None).update(
        delivery=Delivery.UNCERTAIN, last_error="Der Versand brach nach der Übergabe ab."
    )


def doubt_unsent(outbox: Outbox) -> int:
    """Make all that is not delivered uncertain; return how much that was.

    For a database that comes from a backup: what waited then may have arrived since.
    """
    unsent = outbox.model.objects.filter(delivery__in=[Delivery.WAITING, Delivery.SENDING])
    return int(
        unsent.update(
            delivery=Delivery.UNCERTAIN,
            claimed_at=None,
            last_error="Aus einer Sicherung: vielleicht schon vorher zugestellt.",
        )
    )


def deliver_due(outboxes: Iterable[Outbox], stop: Callable[[], bool] = lambda: False) -> int:
    """Try what is due, one after the other; return how much was delivered.

    Any number of processes may do so at once. ``stop`` is asked before each e-mail. Three
    failures in a row end the round: the others need not wait for the same dead server.
    """
    delivered = failures = 0
    mailer = Mailer()
    try:
        for outbox in outboxes:
            for success in _attempts(outbox, mailer, stop):
                delivered += success
                failures = 0 if success else failures + 1
                if failures >= PATIENCE:
                    return delivered
    finally:
        mailer.close()
    return delivered


def _attempts(outbox: Outbox, mailer: Mailer, stop: Callable[[], bool]) -> Iterator[bool]:
    """Try what is due in one outbox; yield after each e-mail whether it was delivered."""
    release_abandoned(outbox, timezone.now())
    while not stop():
        now = timezone.now()
        key = outbox.model.objects.due(now).values_list("pk", flat=True).first()
        if key is None:
            return
        if not _claim(outbox, key, now):
            continue
        # Only now: until it was claimed, somebody may have added to it.
        if row := outbox.model.objects.filter(pk=key).first():
            yield _attempt(outbox, mailer, row)


def _claim(outbox: Outbox, key: int, now: datetime.datetime) -> bool:
    """Take a row for this process; of several that try, one succeeds."""
    waiting = outbox.model.objects.filter(pk=key, delivery=Delivery.WAITING)
    return bool(
        waiting.update(
            delivery=Delivery.SENDING,
            claimed_at=now,
            handed_over_at=None,
            attempts=F("attempts") + 1,
        )
    )


def _attempt(outbox: Outbox, mailer: Mailer, row: Any) -> bool:
    mine = outbox.model.objects.filter(pk=row.pk)
    recipient = outbox.recipient_of(row)
    try:
        if not (recipient and settings.EMAIL_HOST):
            raise OSError("Es ist kein Postfach oder kein Mailserver eingestellt.")
        mailer.deliver(
            outbox.compose(row, recipient),
            before_end=lambda: mine.update(handed_over_at=timezone.now()),
        )
    except NoReplyError as error:
        mine.update(delivery=Delivery.UNCERTAIN, last_error=_short(error))
        logger.error("Message %s may or may not have arrived.", row.reference)
        return False
    except (OSError, ValueError) as error:
        _put_back(outbox, row, error)
        return False
    mine.update(
        delivery=Delivery.DELIVERED,
        delivered_at=timezone.now(),
        delivered_to=recipient,
        last_error="",
    )
    return True


def _put_back(outbox: Outbox, row: Any, error: Exception) -> None:
    now = timezone.now()
    mine = outbox.model.objects.filter(pk=row.pk)
    if now - row.waits_since > LONGEST_WAIT:
        mine.update(delivery=Delivery.GIVEN_UP, last_error=_short(error))
        logger.error("Gave up on message %s: %s", row.reference, _told(error))
        return
    mine.update(
        delivery=Delivery.WAITING,
        claimed_at=None,
        handed_over_at=None,
        next_attempt_at=now + pause(row.attempts),
        last_error=_short(error),
    )
    logger.warning("Message %s waits: %s", row.reference, _told(error))


def _short(error: Exception) -> str:
    return str(error)[:300]


def _told(error: Exception) -> str:
    """Return what the log may say: a mail server's reply can repeat addresses and words."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
