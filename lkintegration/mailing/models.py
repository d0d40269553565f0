"""What leaves by e-mail, and how often staff want to hear what concerns them."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from lkintegration.core.querysets import manager
from lkintegration.mailing.enums import Delivery, Frequency
from lkintegration.mailing.querysets import StaffEmailQuerySet


class Outgoing(models.Model):
    """Something that leaves by e-mail: once, or visibly not (``mailing.delivery``).

    A subclass has a ``reference`` that no other e-mail of the site has.
    """

    reference: models.CharField

    delivery = models.CharField(
        "Zustellung", max_length=10, choices=Delivery.choices, default=Delivery.WAITING
    )
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_attempt_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set just before the last byte is sent: from here on the mail server may have the e-mail.
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField("zugestellt am", null=True, blank=True)
    delivered_to = models.EmailField("zugestellt an", blank=True)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def waits_since(self) -> datetime.datetime:
        """Return from when on it is late."""
        raise NotImplementedError


def new_reference() -> str:
    """Return what names one e-mail to staff."""
    return secrets.token_hex(8)


class StaffEmail(Outgoing):
    """One e-mail to one person of staff about what concerns their work.

    As long as it waits, what happens meanwhile is added to it (``events`` counts).
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="Konto",
        on_delete=models.CASCADE,
        related_name="staff_emails",
    )
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    subject = models.CharField("Betreff", max_length=120)
    text = models.TextField("Text")
    events = models.PositiveIntegerField("Ereignisse", default=0)

    objects = manager(StaffEmailQuerySet)

    class Meta:
        verbose_name = "E-Mail an Beschäftigte"
        verbose_name_plural = "E-Mails an Beschäftigte"
        default_permissions = ()
        indexes = [models.Index(fields=["delivery", "next_attempt_at"], name="staffemail_outbox")]

    def __str__(self) -> str:
        return f"E-Mail {self.reference}"

    @property
    def waits_since(self) -> datetime.datetime:
        return self.created_at

    def add(self, subject: str, text: str) -> None:
        """Let the e-mail tell of one thing more; it is not saved yet."""
        self.events += 1
        self.subject = subject if self.events == 1 else f"{self.events} Mitteilungen"
        self.text = f"{self.text}\n\n{text}".strip()


class EmailChoice(models.Model):
    """How often one person of staff wants such e-mails; at once where they have not chosen."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="Konto",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="email_choice",
    )
    frequency = models.CharField(
        "E-Mails über Ihre Arbeit",
        max_length=10,
        choices=Frequency.choices,
        default=Frequency.AT_ONCE,
    )

    class Meta:
        verbose_name = "Wunsch nach E-Mails"
        verbose_name_plural = "Wünsche nach E-Mails"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.account}: {self.get_frequency_display()}"
