"""The places that people can go to, as every page that names them has them."""

from contacts.models import Location
from lkintegration.serving.memo import remember


def places() -> list[Location]:
    """Return the published places, prepared by ``with_card()``, in the reader's order."""
    return remember("locations", _places)


def _places() -> list[Location]:
    return list(Location.objects.published().with_card().sorted_for_reader("name"))
