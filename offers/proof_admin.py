"""Tells staff at once when a change in the admin opens or closes a gap."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from lkintegration.editing.content_admin import WatchedAdmin
from offers.referral_proof import judge, read_facts


class ProofAdmin(WatchedAdmin):
    """The screens of what the rule reads that nobody falls through."""

    @contextmanager
    def watched(self, request: HttpRequest) -> Iterator[None]:
        """Compare the findings before and after a change and say what is new and what is gone.

        Judged only where something that the rule reads has changed.
        """
        facts_before = read_facts()
        with super().watched(request):
            yield
        facts = read_facts()
        if facts == facts_before:
            return
        before, after = judge(facts_before), judge(facts)
        known = {str(finding) for finding in before}
        for finding in after:
            if str(finding) not in known:
                messages.warning(request, f"Durch diese Änderung: {finding}")
        for finding in before:
            if not any(finding.overlaps(other) for other in after):
                messages.success(request, f"Erledigt: {finding}")
