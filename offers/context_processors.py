"""The two services of personal advice: wherever somebody could look for them."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from offers.models import Service


def referral(request: HttpRequest) -> dict[str, Any]:
    """Return ``referral_services``; queried only by templates that show them."""
    return {"referral_services": SimpleLazyObject(lambda: list(Service.objects.referral()))}
