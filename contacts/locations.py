"""The places that people can go to, as every page that names them lists them."""

from contacts.models import ContactPerson, Location
from lkintegration.serving.memo import remember


def published_locations() -> list[Location]:
    """Return the published locations, prepared by ``with_card()``, in the reader's order."""
    return remember("locations", _find_locations)


def place_of(contact: ContactPerson) -> Location | None:
    """Return where a person is reached by letter: their own place, if readers may know it.

    The office without one is where its organisation is, if that has one place only.
    """
    if contact.location or not contact.represents_office:
        return contact.public_location
    found = [row for row in published_locations() if row.organisation_id == contact.organisation_id]
    return found[0] if len(found) == 1 else None


def _find_locations() -> list[Location]:
    return list(Location.objects.published().with_card().sorted_for_reader("name"))
