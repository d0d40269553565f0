"""The office, people and places as schema.org has them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.closures import Row, announced
from contacts.locations import place_of
from contacts.models import ContactPerson, Location, Organisation
from contacts.office import main_contact
from lkintegration.core.formats import comma
from lkintegration.serving.structured_data import (
    About,
    Address,
    Node,
    Step,
    about,
    district,
    filled,
    shortened,
)


def office(address: Address) -> Node:
    """Return the office with all that is public about it: whom to call, and where it is."""
    contact = main_contact()
    organisation = contact.organisation if contact else None
    return office_in_short(address) | filled(
        telephone=_number(organisation and organisation.phone),
        address=_postal(place_of(contact) if contact else None),
        contactPoint=contact_point(contact) if contact else None,
        areaServed=district(),
    )


def office_in_short(address: Address) -> Node:
    """Return the office as pages name it that are about something else."""
    contact = main_contact()
    name = contact.organisation.name if contact else _("Integration im Landkreis Lörrach")
    return filled(
        type="GovernmentOrganization",
        id=address.on_site("amt"),
        name=str(name),
        url=address.site + reverse("home"),
    )


def organisation_node(organisation: Organisation, address: Address) -> Node:
    """Return an organisation, or the mere identifier of the office."""
    contact = main_contact()
    if contact and contact.organisation_id == organisation.pk:
        return {"@id": address.on_site("amt")}
    return filled(
        type="GovernmentOrganization" if organisation.is_authority else "Organization",
        name=str(organisation.name),
        telephone=_number(organisation.phone),
        url=organisation.website,
    )


def switchboard(organisation: Organisation | None) -> Node | None:
    """Return how an organisation is reached by telephone; None where that is not known."""
    if organisation is None or not organisation.phone:
        return None
    return filled(type="ContactPoint", telephone=_number(organisation.phone))


def contact_point(contact: Any) -> Node:
    """Return how a ``ContactPerson``, prepared by ``with_card()``, is reached by telephone."""
    return filled(
        type="ContactPoint",
        telephone=_numbers(contact.phone, contact.second_phone),
        faxNumber=_number(contact.fax),
        availableLanguage=[row["tag"] for row in contact.language_tags],
        hoursAvailable=_closed_hours(contact.closures),
    )


def location_node(location: Location | None, closures: Iterable[Row]) -> Node | None:
    """Return a place that readers may know, else None; ``closures`` are its closed periods."""
    if location is None or not location.is_public:
        return None
    return filled(
        type="Place",
        name=str(location.name),
        address=_postal(location),
        specialOpeningHoursSpecification=_closed_hours(closures),
    )


def _closed_hours(closures: Iterable[Row]) -> list[Node]:
    """Return closed days as hours without an opening: from midnight to the same midnight."""
    return [
        filled(
            type="OpeningHoursSpecification",
            validFrom=closure.first_day.isoformat(),
            validThrough=closure.last_day.isoformat() if closure.last_day else None,
            opens="00:00",
            closes="00:00",
            description=closure.reason,
        )
        for closure in announced(closures)
    ]


@about.register
def about_person(contact: ContactPerson) -> About:
    """Return what the page of a person is about; its node needs ``with_card()``."""
    words = f"{contact.role}{comma()} {contact.organisation.name}"
    return About(
        title=contact.name,
        description=shortened(words),
        head_description=words,
        trail=(Step(pgettext("page", "Kontakt"), reverse("kontakt")),),
        page_type="ProfilePage",
        node=partial(_person, contact),
    )


def _person(contact: Any, address: Address) -> Node:
    return filled(
        type="Person",
        id=address.on_page("person"),
        name=contact.name,
        honorificPrefix=contact.prefix,
        givenName=contact.given_name,
        familyName=contact.family_name,
        honorificSuffix=contact.suffix,
        jobTitle=str(contact.role),
        url=address.page,
        worksFor=organisation_node(contact.organisation, address),
        workLocation=location_node(contact.location, contact.location_closures),
        contactPoint=contact_point(contact),
    )


def _number(number: Any) -> str | None:
    return number.stored if number else None


def _numbers(*numbers: Any) -> str | list[str] | None:
    found = [number.stored for number in numbers if number]
    return found if len(found) > 1 else next(iter(found), None)


def _postal(location: Location | None) -> Node | None:
    if location is None or not location.is_public:
        return None
    return filled(
        type="PostalAddress",
        streetAddress=location.street,
        postalCode=location.postcode,
        addressLocality=location.city,
        addressCountry="DE",
    )
