"""Tells staff at once when a change in the admin opens or closes a gap."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from offers.coverage import findings


@contextmanager
def referral_notice(request: HttpRequest) -> Iterator[None]:
    """Compare the findings before and after a change and say what is new and what is gone."""
    before = findings()
    yield
    after = findings()
    known = {str(finding) for finding in before}
    for finding in after:
        if str(finding) not in known:
            messages.warning(request, f"Durch diese Änderung: {finding}")
    for finding in before:
        if not any(finding.overlaps(other) for other in after):
            messages.success(request, f"Erledigt: {finding}")
