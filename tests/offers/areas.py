"""Where services hold, as tests set it and bring it back."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from contacts.models import Municipality
from lkintegration.core.restoring import restore
from offers.enums import Area
from offers.models import Service


def limit(service: Service, towns: Iterable[Municipality]) -> None:
    """Let the service hold in ``towns`` only."""
    Service.objects.filter(pk=service.pk).update(area=Area.NAMED)
    service.area = Area.NAMED
    service.municipalities.set(towns)


def bring_back(state: Any) -> None:
    """Bring back an earlier state of a service, also where not all of it can come."""
    try:
        restore(state)
    except ValidationError as error:
        if report := getattr(error, "report", None):
            restore(state, agreed=report.digest)
