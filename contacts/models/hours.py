"""When people and places can be reached."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from contacts.enums import Weekday
from contacts.models.people import ContactPerson
from contacts.models.places import Location
from lkintegration.core.clock_reading import MIDNIGHT, written_clock
from lkintegration.core.dates import written_day
from lkintegration.core.models import Shown
from lkintegration.core.querysets import ShownQuerySet, manager
from lkintegration.core.rights import TRANSLATE
from lkintegration.core.typed_fields import ClockField, EndClockField

# What may lie on both sides of midnight. A later morning is a slip more often than a night.
EVENING = datetime.time(14)
MORNING = datetime.time(6)


class _Schedule(Shown):
    """Something in time that belongs to a person or to a place, never to both."""

    contact = models.ForeignKey(
        ContactPerson,
        verbose_name="Kontaktperson",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        null=True,
        blank=True,
    )
    location = models.ForeignKey(
        Location,
        verbose_name="Ort",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_one_owner",
                condition=Q(contact=None, location__isnull=False)
                | Q(contact__isnull=False, location=None),
                violation_error_message="Bitte entweder eine Kontaktperson oder einen Ort wählen.",
            )
        ]


class OpeningHours(_Schedule):
    """One span of one weekday, in local time (Europe/Berlin)."""

    weekday = models.PositiveSmallIntegerField("Wochentag", choices=Weekday.choices)
    opens = ClockField("von")
    # 00:00 is the end of the day; earlier than ``opens``, it is a time of the next day.
    closes = EndClockField("bis")
    by_appointment = models.BooleanField("nur nach Vereinbarung", default=False)

    told_by_name: ClassVar = frozenset({"weekday", "opens", "closes"})
    objects = manager(ShownQuerySet)

    class Meta:
        verbose_name = "Öffnungszeit"
        verbose_name_plural = "Öffnungszeiten"
        ordering = ["weekday", "opens"]
        constraints = [
            *_Schedule.Meta.constraints,
            models.CheckConstraint(
                name="openinghours_order",
                condition=Q(closes__gt=models.F("opens"))
                | Q(closes=MIDNIGHT)
                | Q(opens__gte=EVENING, closes__lte=MORNING),
                violation_error_message="„Bis“ muss nach „von“ liegen. Über Mitternacht geht es "
                "von frühestens 14:00 bis spätestens 06:00; sonst beginnt am nächsten Wochentag "
                "eine neue Zeile.",
            ),
        ]

    def __str__(self) -> str:
        closes = written_clock(self.closes, is_end=True)
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{closes}"


class ClosedPeriod(_Schedule):
    """Days on which a person or place is not available, first and last day included.

    Without a last day nobody knows yet when that ends.
    """

    first_day = models.DateField("erster Tag")
    last_day = models.DateField(
        "letzter Tag", null=True, blank=True, help_text="Leer: bis auf Weiteres."
    )
    reason = models.CharField("Grund", max_length=120, blank=True)

    told_by_name: ClassVar = frozenset({"first_day", "last_day"})
    objects = manager(ShownQuerySet)

    class Meta:
        verbose_name = "Schließzeit"
        verbose_name_plural = "Schließzeiten"
        ordering = ["first_day"]
        default_permissions = ("add", "change", "delete", "view", TRANSLATE)
        constraints = [
            *_Schedule.Meta.constraints,
            models.CheckConstraint(
                name="closedperiod_order",  # holds without a last day, as SQL compares
                condition=Q(last_day__gte=models.F("first_day")),
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            ),
        ]

    def __str__(self) -> str:
        if self.last_day is None:
            return f"ab {written_day(self.first_day)}"
        return f"{written_day(self.first_day)} bis {written_day(self.last_day)}"
