"""Carries stored messages to the office by e-mail: once each, or visibly not.

A message is claimed by one process (``sending``), handed over, and marked ``delivered``; each step
is committed before the next. What fails before the end of the data waits and is sent again, after
growing pauses. What may have arrived is ``uncertain`` and never sent again by itself. After
``LONGEST_WAIT`` a message is ``given_up``. All of it is visible in the admin.
"""

import datetime
import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from contacts.enums import Delivery
from contacts.messages.smtp import Mailer, NoReplyError
from contacts.models import ContactPerson, Message
from contacts.reply_languages import german_name
from lkintegration.core.dates import written_day, written_time_in_full
from lkintegration.core.languages import EASY, SOURCE

logger = logging.getLogger(__name__)

FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
LONGEST_WAIT = datetime.timedelta(days=5)  # RFC 5321, 4.5.4.1: at least four to five days
# Longer than one message can take; a claim older than this belongs to a process that died.
LEASE = datetime.timedelta(minutes=15)
# Languages for which nobody of the office needs a translator; none is known of old messages.
GERMAN = {SOURCE, EASY, ""}
# Failures in a row after which it is the mail server and not a message.
PATIENCE = 3


def pause(attempts: int) -> datetime.timedelta:
    """Return how long to wait after the failed attempt number ``attempts`` (1, 2, …)."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def mailbox(message: Message) -> str:
    """Return the address a message goes to: its contact's, or the office's mailbox."""
    if message.contact and message.contact.email:
        return message.contact.email
    if settings.MESSAGE_MAILBOX:
        return str(settings.MESSAGE_MAILBOX)
    office = ContactPerson.objects.filter(represents_office=True).first()
    return office.email if office else ""


def compose(message: Message, recipient: str) -> EmailMessage:
    """Return the e-mail that carries ``message``.

    No header holds text of the reader but ``Reply-To``, and that only as a validated address.
    """
    with override(SOURCE):
        lines = [
            ("Nummer", message.reference),
            ("Eingegangen", written_time_in_full(message.received_at)),
            ("An", str(message.contact) if message.contact else ""),
            ("Betrifft", str(message.about) if message.about else ""),
            ("Seite", message.page),
            ("Thema", message.get_topic_display() if message.topic else ""),
            ("Name", message.name),
            ("E-Mail", message.email),
            ("Telefon", message.phone),
            ("Sprache der Seite", message.get_page_language_display()),
            ("Antwort auf", german_name(message.language)),
        ]
        subject = f"{message.get_kind_display()} {message.reference} über die Website"
    head = "\n".join(f"{label}: {value}" for label, value in lines if value)
    notes = " ".join(_notes(message))
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=subject,
        body=f"{head}\n\nHinweis: {notes}\n\n{message.text}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        reply_to=[message.email] if message.email else None,
        # The same in every attempt, so that a mailbox can tell that two are one.
        headers={"Message-ID": f"<{message.reference}@{domain}>"},
    )


def _notes(message: Message) -> Iterator[str]:
    """Yield what to know before answering: the languages, and what the website has promised."""
    page, reply = message.page_language, message.language
    if page not in GERMAN:
        yield f"Der Text ist vielleicht auf {german_name(page)} geschrieben."
    if not (message.email or message.phone):
        yield "Ohne E-Mail und Telefon: Eine Antwort ist nicht möglich."
        return
    if reply not in GERMAN:
        yield f"Die Antwort soll auf {german_name(reply)} sein."
    if message.answer_by:
        day = written_day(message.answer_by)
        yield f"In der Verwaltung steht bei dieser Barriere: Antwort bis {day}."
    yield "Die Website hat keine Frist für eine Antwort genannt."


def release_abandoned(now: datetime.datetime) -> None:
    """Free what a process that died had claimed; what may have arrived becomes uncertain.

    What lies further ahead than anybody waits was written by a clock that has been put right since.
    """
    ahead = Message.objects.filter(next_attempt_at__gt=now + LONGEST_PAUSE)
    ahead.filter(delivery=Delivery.WAITING).update(next_attempt_at=now)
    outdated = Q(claimed_at__lte=now - LEASE) | Q(claimed_at__gt=now + LEASE)
    abandoned = Message.objects.filter(outdated, delivery=Delivery.SENDING)
    abandoned.filter(handed_over_at=None).update(delivery=Delivery.WAITING, claimed_at=None)
    abandoned.exclude(handed_over_at=None).update(
        delivery=Delivery.UNCERTAIN, last_error="Der Versand brach nach der Übergabe ab."
    )


def doubt_unsent() -> int:
    """Make all that is not delivered uncertain; return how many messages that were.

    For a database that comes from a backup: what waited then may have arrived since.
    """
    unsent = Message.objects.filter(delivery__in=[Delivery.WAITING, Delivery.SENDING])
    return unsent.update(
        delivery=Delivery.UNCERTAIN,
        claimed_at=None,
        last_error="Aus einer Sicherung: vielleicht schon vorher zugestellt.",
    )


def deliver_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Try what is due, one after the other; return how many were delivered.

    Any number of processes may do so at once. ``stop`` is asked before each message. Three
    failures in a row end the round: the other messages need not wait for the same dead server.
    """
    release_abandoned(timezone.now())
    delivered = failures = 0
    mailer = Mailer()
    try:
        while failures < PATIENCE and not stop():
            now = timezone.now()
            message = Message.objects.due(now).first()
            if message is None:
                break
            if not _claim(message, now):
                continue
            success = _attempt(mailer, message)
            delivered += success
            failures = 0 if success else failures + 1
    finally:
        mailer.close()
    return delivered


def _claim(message: Message, now: datetime.datetime) -> bool:
    """Take ``message`` for this process; of several that try, one succeeds."""
    waiting = Message.objects.filter(pk=message.pk, delivery=Delivery.WAITING)
    return bool(
        waiting.update(
            delivery=Delivery.SENDING,
            claimed_at=now,
            handed_over_at=None,
            attempts=F("attempts") + 1,
        )
    )


def _attempt(mailer: Mailer, message: Message) -> bool:
    mine = Message.objects.filter(pk=message.pk)
    recipient = mailbox(message)
    try:
        if not (recipient and settings.EMAIL_HOST):
            raise OSError("Es ist kein Postfach oder kein Mailserver eingestellt.")
        mailer.deliver(
            compose(message, recipient),
            before_end=lambda: mine.update(handed_over_at=timezone.now()),
        )
    except NoReplyError as error:
        mine.update(delivery=Delivery.UNCERTAIN, last_error=_short(error))
        logger.error("Message %s may or may not have arrived.", message.reference)
        return False
    except (OSError, ValueError) as error:
        _put_back(message, error)
        return False
    mine.update(
        delivery=Delivery.DELIVERED,
        delivered_at=timezone.now(),
        delivered_to=recipient,
        last_error="",
    )
    return True


def _put_back(message: Message, error: Exception) -> None:
    now = timezone.now()
    mine = Message.objects.filter(pk=message.pk)
    if now - message.received_at > LONGEST_WAIT:
        mine.update(delivery=Delivery.GIVEN_UP, last_error=_short(error))
        logger.error("Gave up on message %s: %s", message.reference, _told(error))
        return
    mine.update(
        delivery=Delivery.WAITING,
        claimed_at=None,
        handed_over_at=None,
        # One more than when it was loaded: the claim has counted this attempt.
        next_attempt_at=now + pause(message.attempts + 1),
        last_error=_short(error),
    )
    logger.warning("Message %s waits: %s", message.reference, _told(error))


def _short(error: Exception) -> str:
    return str(error)[:300]


def _told(error: Exception) -> str:
    """Return what the log may say: a mail server's reply can repeat addresses and words."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
