"""What is told for some days, counted from the day on which the examples are made."""

import datetime
from typing import Final

from django.db.models import Model
from django.utils import timezone

from contacts.enums import ClosureReason
from contacts.models import ClosedPeriod, ContactPerson, Location, OpeningHours
from lkintegration.notices.enums import Scope
from lkintegration.notices.models import Notice
from offers.models import Service

_MORNING: Final = (datetime.time(9), datetime.time(12))
_AFTERNOON: Final = (datetime.time(14), datetime.time(17, 30))
_WORKDAYS: Final = range(5)


def make_days() -> None:
    """Give places and people of the examples hours, closed periods and notices."""
    bridge, house = _place("Übungshaus Brücke"), _place("Probehaus")
    petra = ContactPerson.objects.get(slug="uebung-petra-beispiel")
    omar = ContactPerson.objects.get(slug="uebung-omar-muster")
    for day in _WORKDAYS:
        _hours(day, *_MORNING, location=bridge)
        _hours(day, *_MORNING, contact=petra)
    for day in (1, 3):
        _hours(day, *_AFTERNOON, location=house)
        _hours(day, *_AFTERNOON, contact=omar, by_appointment=True)
    today = timezone.localdate()
    soon, later = today + datetime.timedelta(days=5), today + datetime.timedelta(days=19)
    _save(
        ClosedPeriod(
            location=bridge, first_day=soon, last_day=later, reason_de=ClosureReason.HOLIDAYS
        )
    )
    # Nobody knows until when.
    _save(ClosedPeriod(contact=omar, first_day=today, reason_de=ClosureReason.ILLNESS))
    service = Service.objects.get(slug="uebung-sprachcafe")
    _notice("Erfunden: In dieser Woche ist der Eingang im Hof.", Scope.LOCATION, location=house)
    _notice("Erfunden: Am Freitag fällt das Sprachcafé aus.", Scope.SERVICE, service=service)


def _place(name: str) -> Location:
    found: Location = Location.objects.get(name_de=f"{name} (erfunden)")
    return found


def _hours(day: int, opens: datetime.time, closes: datetime.time, **owner: object) -> None:
    _save(OpeningHours(weekday=day, opens=opens, closes=closes, **owner))


def _notice(text: str, scope: Scope, **where: object) -> None:
    until = timezone.now() + datetime.timedelta(days=14)
    _save(Notice(text_de=text, scope=scope, status="published", publish_until=until, **where))


def _save(record: Model) -> None:
    record.full_clean()
    record.save()
