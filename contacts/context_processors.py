"""Whom to call: on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from contacts.office import main_contact


def office(request: HttpRequest) -> dict[str, Any]:
    """Return ``office``, the main contact; queried only by templates that show it."""
    return {"office": SimpleLazyObject(main_contact)}
