"""The public pages, for the sweeps: every address that the project declares (serving.addresses)."""

from lkintegration.serving.addresses import (
    PublicAddress,
    Use,
    fixed_addresses,
    record_addresses,
)

# What follows the language in the address of every page that is there whatever the content.
FIXED = [address.rest for address in fixed_addresses() if address.use in {Use.PAGE, Use.FORM}]


def record_paths() -> list[str]:
    """Return what follows the language in the addresses of all records with a page.

    Forms are the same for all records of a kind: only those of the first one are among them.
    """
    pages = [address for address in record_addresses() if address.use is Use.PAGE]
    forms: dict[str, PublicAddress] = {}
    for address in record_addresses():
        if address.use is Use.FORM:
            forms.setdefault(address.name, address)
    return sorted(address.rest for address in (*pages, *forms.values()))
