"""Made-up records for the gallery, as querysets would prepare them; never saved."""

import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from contacts.models import ContactPerson, Location, Organisation
from lkintegration.core.enums import Evidence
from offers.models import Service

WEEK_LONG = datetime.timedelta(weeks=1)
WEEK = [
    {"weekday": day, "opens": "08:30", "closes": "16:00", "by_appointment": day == 4}
    for day in range(5)
]
KEYS = count(-1, -1)


def organisation() -> Organisation:
    """Return an organisation with a number."""
    return Organisation(pk=next(KEYS), name_de="Verein Brücke", phone="+4976219999120")


def location(closures: Any = ()) -> Location:
    """Return a place with its ``closures``, as ``closures()`` makes them."""
    place = Location(
        pk=next(KEYS),
        organisation=organisation(),
        name_de="Haus der Brücke",
        street="Brückenweg 1",
        postcode="79999",
        city="Musterdorf",
        directions_de="Eingang im Hof.",
    )
    vars(place).update(hours=[], closures=closures)
    return place


def closures() -> list[dict[str, Any]]:
    """Return a closed period with an end and one without."""
    today = timezone.localdate()
    days = [(today + WEEK_LONG, today + 3 * WEEK_LONG), (today, None)]
    return [
        {
            "first_day": first.isoformat(),
            "last_day": last and last.isoformat(),
            "person": None,
            "german": reason,
            "reason": "",
        }
        for (first, last), reason in zip(days, ("Weihnachtsferien", "Umbau"), strict=True)
    ]


def person(*, hours: Any = WEEK, **fields: Any) -> ContactPerson:
    """Return somebody to contact, with ``hours`` and further ``fields``."""
    person = ContactPerson(
        pk=next(KEYS),
        given_name="Ayla",
        family_name="Muster",
        role_de="Beraterin",
        role_ar="مستشارة",
        slug="muster",
        organisation=organisation(),
        phone="+4976219999123",
        **fields,
    )
    vars(person).update(hours=hours, closures=[], location_closures=[])
    vars(person).update(language_tags=[{"tag": "de"}, {"tag": "ar"}])
    return person


def service(**fields: Any) -> Service:
    """Return a service with ``fields``; unverified, it says less."""
    made_up = {
        "organisation": organisation(),
        "name_de": "Sprachtreff",
        "name_ar": "ملتقى اللغة",
        "slug": "muster",
        "audience_de": "Für alle, die Deutsch üben wollen.",
        "documents_de": "<ul><li>Ausweis</li></ul>",
    }
    service = Service(pk=next(KEYS), **made_up | fields)
    is_known = service.evidence != Evidence.UNVERIFIED
    vars(service).update(
        language_tags=[{"tag": "uk"}] if is_known else [],
        municipality_names=[],
        addresses=[{"key": 0, "street": "Brückenweg 1", "postcode": "79999", "city": "Musterdorf"}]
        if is_known
        else [],
        place_closures=[],
        contact_phone="",
        contact_closures=[],
        shown_contacts=[person()] if is_known else [],
        shown_locations=[location()] if is_known else [],
    )
    return service
