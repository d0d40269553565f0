"""The places that people can go to, as every page that names them lists them."""

from contacts.models import ContactPerson, Location
from lkintegration.serving.memo import remember


def published_locations() -> list[Location]:
    """Return the published locations, prepared by ``with_card()``, in the reader's order."""
    return remember("locations", _find_locations, lasts=True)


def place_of(contact: ContactPerson) -> Location | None:
    """Return where a person is reached by letter, as ``ContactPerson.place_among`` says."""
    if contact.location or not contact.represents_office:
        return contact.public_location  # without a look at the places
    return contact.place_among(published_locations())


def _find_locations() -> list[Location]:
    return list(Location.objects.published().with_card().sorted_for_reader("name"))
