"""Our own pages to which a link in a text may lead, for whoever writes it."""

from typing import Final, NamedTuple

from lkintegration.core.link_reading import PAGE
from lkintegration.pages.enums import PageKey
from lkintegration.serving.addresses import Use, fixed_addresses

# Pages without a text that staff edit.
_OTHERS: Final = {
    "nachricht": "Nachricht an das Amt",
    "suche": "Suche",
}


class OwnPage(NamedTuple):
    """A page by what a link to it says, and its German name."""

    address: str
    name: str


def own_pages() -> list[OwnPage]:
    """Return the pages with a fixed address that readers look at, in the order of the site."""
    names = dict(PageKey.choices) | _OTHERS
    return [
        OwnPage(f"{PAGE}{address.name}", names[address.name])
        for address in fixed_addresses()
        if address.use in {Use.PAGE, Use.FORM} and address.name in names
    ]
