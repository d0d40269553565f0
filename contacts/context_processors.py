"""Whom to call: on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from contacts.models import ContactPerson
from contacts.office import remember
from lkintegration.serving.freshness import prepared


def main_contact() -> ContactPerson | None:
    """Return the person whose number stands on every page, prepared by ``with_card()``."""
    return prepared("office", _office)


def _office() -> ContactPerson | None:
    found: ContactPerson | None = ContactPerson.objects.office().first()
    remember(found)
    return found


def office(request: HttpRequest) -> dict[str, Any]:
    """Return ``office``, the main contact; queried only by templates that show it."""
    return {"office": SimpleLazyObject(main_contact)}
