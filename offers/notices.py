"""Tells staff at once when a change in the admin opens or closes a gap."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from offers.coverage import findings


@contextmanager
def referral_notice(request: HttpRequest) -> Iterator[None]:
    """Compare the findings before and after a change and say what is new and what is gone."""
    before = {str(finding) for finding in findings()}
    yield
    after = {str(finding) for finding in findings()}
    for text in sorted(after - before):
        messages.warning(request, f"Durch diese Änderung: {text}")
    for text in sorted(before - after):
        messages.success(request, f"Erledigt: {text}")
