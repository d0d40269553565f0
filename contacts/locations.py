"""The places that people can go to, as every page that names them lists them."""

from contacts.models import Location
from lkintegration.serving.memo import remember


def published_locations() -> list[Location]:
    """Return the published locations, prepared by ``with_card()``, in the reader's order."""
    return remember("locations", _find_locations)


def _find_locations() -> list[Location]:
    return list(Location.objects.published().with_card().sorted_for_reader("name"))
