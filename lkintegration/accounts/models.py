"""What is kept of logins: who is logged in where, what happened, and how many tries there were.

Addresses and names that were typed are kept as keyed hashes only (``marks.py``).
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from lkintegration.accounts.enums import EventKind

MARK_LENGTH = 64  # of a keyed hash (SHA-256), in hexadecimal digits


class StaffSession(AbstractBaseSession):
    """One browser that is logged in, or about to be: then it belongs to no account yet.

    ``password_state`` is what Django derives from the password (``get_session_auth_hash``): where
    the account has another one by now, the session is void.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="staff_sessions",
        null=True,
        editable=False,
        verbose_name="Konto",
    )
    password_state = models.CharField("Stand des Passworts", max_length=128, default="")
    browser = models.CharField("Browser", max_length=60, default="")
    started_at = models.DateTimeField("Angemeldet", null=True)
    last_seen_at = models.DateTimeField("Zuletzt benutzt", null=True)

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"


class LoginEvent(models.Model):
    """A login, a refusal, or a change of what opens an account; deleted after 90 days.

    ``account`` is empty where a name was typed that nobody has. ``connection`` is the mark of the
    address that it came from.
    """

    happened_at = models.DateTimeField("Zeitpunkt", db_index=True)
    kind = models.CharField("Was", max_length=20, choices=EventKind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="login_events",
        null=True,
        verbose_name="Konto",
    )
    connection = models.CharField("Anschluss", max_length=MARK_LENGTH, default="")
    browser = models.CharField("Browser", max_length=60, default="")

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account or 'unbekannt'}"


class TryCount(models.Model):
    """How often somebody has tried in vain, and from when on they may try again.

    ``subject`` is the mark of an account, of an address or of a known browser.
    """

    subject = models.CharField("Prüfwert", max_length=MARK_LENGTH, unique=True)
    count = models.PositiveIntegerField("Versuche", default=0)
    last_at = models.DateTimeField("Letzter Versuch", db_index=True)
    open_at = models.DateTimeField("Wieder offen ab")

    class Meta:
        verbose_name = "Zähler der Versuche"
        verbose_name_plural = "Zähler der Versuche"

    def __str__(self) -> str:
        return f"{self.count} Versuche"


class FactorDeadline(models.Model):
    """By when somebody who may publish or change accounts has to have a second factor."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="factor_deadline",
        verbose_name="Konto",
    )
    due_at = models.DateTimeField("Zweiter Faktor bis")

    class Meta:
        verbose_name = "Frist für den zweiten Faktor"
        verbose_name_plural = "Fristen für den zweiten Faktor"

    def __str__(self) -> str:
        return f"{self.account}: {self.due_at:%d.%m.%Y}"


class Role(Group):
    """What staff call a role, and Django a group: rights that accounts are given together.

    Whoever may see it has Django's right to see groups; only administrators change it.
    """

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "Rolle"
        verbose_name_plural = "Rollen"
