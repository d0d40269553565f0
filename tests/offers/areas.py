"""Where services hold, as tests set it."""

from collections.abc import Iterable

from contacts.models import Municipality
from offers.enums import Area
from offers.models import Service


def limit(service: Service, towns: Iterable[Municipality]) -> None:
    """Let the service hold in ``towns`` only."""
    Service.objects.filter(pk=service.pk).update(area=Area.NAMED)
    service.area = Area.NAMED
    service.municipalities.set(towns)
