"""What readers write to us, and how often one connection wrote today."""

import datetime
import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contacts.enums import MessageKind, MessageState, MessageTopic
from contacts.models.people import ContactPerson
from contacts.querysets import MessageQuerySet
from lkintegration.core.dates import written_day
from lkintegration.core.languages import LANGUAGES, SOURCE
from lkintegration.core.querysets import manager
from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.models import Outgoing

TEXT_LIMIT = 5_000  # characters, as are the next three
PAGE_LIMIT = 300
NAME_LIMIT = 120
PHONE_LIMIT = 40
# Told over the phone, so without letters and digits that look or sound alike.
_REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_ANSWER_TO_BARRIERS = datetime.timedelta(weeks=4)


def new_reference() -> str:
    """Return a number that nobody can guess, like "K7PM-3XQ9"."""
    letters = [secrets.choice(_REFERENCE_ALPHABET) for _place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


class Message(Outgoing):
    """One message of a reader, and where its way to the office stands.

    Every field that holds something about a reader stands in the privacy page's list.
    """

    reference = models.CharField(
        "Nummer", max_length=9, unique=True, default=new_reference, editable=False
    )
    received_at = models.DateTimeField(
        "eingegangen", default=timezone.now, db_index=True, editable=False
    )
    kind = models.CharField(
        "Art", max_length=10, choices=MessageKind.choices, default=MessageKind.MESSAGE
    )
    contact = models.ForeignKey(
        ContactPerson,
        verbose_name="an",
        on_delete=models.SET_NULL,
        related_name="messages",
        null=True,
        blank=True,
    )
    page = models.CharField("Seite", max_length=PAGE_LIMIT, blank=True)
    about_type = models.ForeignKey(
        ContentType, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    topic = models.CharField("Thema", max_length=20, choices=MessageTopic.choices, blank=True)
    text = models.TextField("Text", max_length=TEXT_LIMIT)
    name = models.CharField("Name", max_length=NAME_LIMIT, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=PHONE_LIMIT, blank=True)
    # A tag, not one of the choices of today: staff change them, and messages stay.
    language = models.CharField("Sprache der Antwort", max_length=20, default=SOURCE)
    page_language = models.CharField(
        "Sprache der Seite",
        max_length=10,
        choices=[(language.code, language.german) for language in LANGUAGES],
        blank=True,
        help_text="In ihr ist vielleicht auch der Text geschrieben.",
    )
    # The same form sent twice (a second press, a page loaded again) is one message.
    submission = models.CharField(max_length=64, unique=True, editable=False)

    state = models.CharField(
        "Stand",
        max_length=10,
        choices=MessageState.choices,
        default=MessageState.NEW,
        db_index=True,
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="zuständig",
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"is_staff": True},
        null=True,
        blank=True,
    )

    objects = manager(MessageQuerySet)

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["delivery", "next_attempt_at"], name="message_outbox")]
        constraints = [
            models.CheckConstraint(
                name="message_answerable",
                condition=~Q(kind=MessageKind.MESSAGE) | ~Q(email="") | ~Q(phone=""),
                violation_error_message="Eine Nachricht braucht eine Adresse für die Antwort.",
            ),
            models.CheckConstraint(
                name="message_has_text",
                condition=~Q(text=""),
                violation_error_message="Eine Nachricht braucht einen Text.",
            ),
            models.CheckConstraint(
                name="message_delivered_at",
                condition=Q(delivery=Delivery.DELIVERED, delivered_at__isnull=False)
                | (~Q(delivery=Delivery.DELIVERED) & Q(delivered_at=None)),
                violation_error_message="Zugestellt ist, was einen Zeitpunkt der Zustellung hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def waits_since(self) -> datetime.datetime:
        return self.received_at

    @property
    def answer_by(self) -> datetime.date | None:
        """Return until when a reported barrier is to be answered (four weeks); else None."""
        if self.kind != MessageKind.BARRIER:
            return None
        return timezone.localdate(self.received_at) + _ANSWER_TO_BARRIERS


class SenderCount(models.Model):
    """How many messages one connection sent on one day.

    ``sender`` is a keyed hash of the day and the address; the address itself is not kept.
    """

    day = models.DateField("Tag")
    sender = models.CharField("Prüfwert", max_length=64)
    count = models.PositiveIntegerField("Nachrichten", default=0)

    class Meta:
        verbose_name = "Zähler je Anschluss"
        verbose_name_plural = "Zähler je Anschluss"
        constraints = [models.UniqueConstraint(fields=["day", "sender"], name="sendercount_once")]

    def __str__(self) -> str:
        return f"{written_day(self.day)}: {self.count}"
