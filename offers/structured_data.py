"""Services as schema.org has them."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.structured_data import contact_point, location_node, organisation_node
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


@about.register
def about_service(service: Service) -> About:
    """Return what the page of a service is about; its node needs ``with_details()``."""
    return About(
        title=str(service.name),
        description=shortened(service.audience),
        trail=(Step(_("Angebote"), reverse("angebote")),),
        node=partial(_service, service),
    )


def _service(service: Any, address: Address) -> Node:
    providers = [service.organisation, *service.partners.all()]
    return filled(
        type="GovernmentService",
        id=address.on_page("angebot"),
        name=str(service.name),
        description=shortened(service.audience),
        url=address.page,
        provider=[organisation_node(provider, address) for provider in providers],
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
    channel = filled(
        servicePhone=[contact_point(contact) for contact in service.contacts.all()],
        serviceLocation=[node for row in service.locations.all() if (node := location_node(row))],
        serviceUrl=service.website,
        availableLanguage=[row["tag"] for row in service.language_tags],
    )
    return {"@type": "ServiceChannel"} | channel if channel else None
