"""The public pages, for the sweeps: every address that the project declares (serving.addresses)."""

from functools import cache
from typing import Any

from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.languages import BY_CODE
from lkintegration.pages.enums import TEXTS
from lkintegration.pages.models import Page
from lkintegration.serving.addresses import (
    PublicAddress,
    Use,
    fixed_addresses,
    record_addresses,
)

# What follows the language in the address of every page that is there whatever the content, in
# every language.
FIXED = [
    address.rest
    for address in fixed_addresses()
    if address.use in {Use.PAGE, Use.FORM} and len(address.languages) == len(BY_CODE)
]
EASY_GERMAN = "/de-simple/leichte-sprache/"  # is there once


@cache
def _subjects() -> dict[str, Any]:
    """Return the record that a page is all about, with its texts, by what follows the language."""
    texts = {f"{page.key}/": page for page in Page.objects.filter(key__in=TEXTS)}
    pages = [address for address in record_addresses() if address.use is Use.PAGE]
    return texts | {
        address.rest: type(address.record).objects.get(pk=address.record.pk) for address in pages
    }


def written_in(path: str) -> set[str]:
    """Return the languages in which the page at ``path`` says something of its subject."""
    record = _subjects().get(path)
    if record is None:
        return set(BY_CODE)
    fields = get_translatable_fields_for_model(type(record))
    return {
        code
        for code in BY_CODE
        if any(getattr(record, build_localized_fieldname(name, code)) for name in fields)
    }


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
