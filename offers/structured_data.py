"""Services as schema.org has them."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from contacts.structured_data import contact_point, location_node, organisation_node, switchboard
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
from offers.enums import Area
from offers.models import Service

TITLE_LENGTH = 55  # search engines cut what follows


@about.register
def about_service(service: Service) -> About:
    """Return what the page of a service is about; its node needs ``with_details()``."""
    return About(
        title=str(service.name),
        description=shortened(service.audience),
        trail=(Step(_("Angebote"), reverse("angebote")),),
        node=partial(_service, service),
        head_title=_head_title(service),
        head_description=lazy(_head_description, str)(service),
    )


def _head_description(service: Any) -> str:
    """Return who runs the service, where, and for whom, in this order: the end may be cut.

    Of several carriers the first stands for all: so there is room for whom it is for. A place that
    the carrier's name or the sentence on the audience tells is not said twice.
    """
    names = [str(carrier.name) for carrier in service.carriers[:1]]
    cities = [location.city for location in service.shown_locations]
    places = cities or [row["name"] for row in service.municipality_names]
    audience = str(service.audience)
    said = " ".join([*names, audience])
    new = [place for place in dict.fromkeys(places) if place not in said]
    return shortened(" · ".join(filter(None, [*names, *new, audience])))


def _head_title(service: Any) -> str:
    """Return the name with who runs the service, unless the name tells or leaves no room."""
    name = str(service.name)
    carrier = service.organisation and (service.organisation.short_name or service.organisation)
    if not carrier or str(carrier) in name:
        return name
    longer = f"{name} – {carrier}"
    return longer if len(longer) <= TITLE_LENGTH else name


def _service(service: Any, address: Address) -> Node:
    organisation = service.organisation
    is_of_the_state = organisation is not None and organisation.is_authority
    return filled(
        type="GovernmentService" if is_of_the_state else "Service",
        id=address.on_page("angebot"),
        name=str(service.name),
        description=shortened(service.audience),
        url=address.page,
        provider=[organisation_node(provider, address) for provider in service.carriers],
        areaServed=_area(service),
        audience=_audience(service),
        availableChannel=_channel(service),
    )


def _area(service: Any) -> Node | list[Node]:
    """Return where the service holds; nothing where that is not known."""
    match service.area:
        case Area.DISTRICT:
            return district()
        case Area.GERMANY:
            return {"@type": "Country", "name": "Deutschland"}
    return [{"@type": "City", "name": row["name"]} for row in service.municipality_names]


def _audience(service: Service) -> Node | None:
    low, high = service.shown_ages
    if low is None and high is None:
        return None
    return filled(type="PeopleAudience", suggestedMinAge=low, suggestedMaxAge=high)


def _channel(service: Any) -> Node | None:
    people = [contact_point(contact) for contact in service.shown_contacts]
    channel = filled(
        servicePhone=people or switchboard(service.organisation),
        serviceLocation=[
            node
            for place in service.shown_locations
            if (node := location_node(place, place.closures))
        ],
        serviceUrl=service.website,
        availableLanguage=[row["tag"] for row in service.language_tags],
    )
    return {"@type": "ServiceChannel"} | channel if channel else None
