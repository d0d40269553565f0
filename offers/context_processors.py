"""The two services of personal advice: wherever somebody could look for them."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lkintegration.serving.memo import remember
from offers.models import Service


def _services() -> list[Service]:
    return list(Service.objects.referral())


def referral(request: HttpRequest) -> dict[str, Any]:
    """Return ``referral_services``; queried only by templates that show them."""
    find = partial(remember, "referral services", _services, lasts=True)
    return {"referral_services": SimpleLazyObject(find)}
