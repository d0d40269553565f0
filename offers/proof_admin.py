"""Tells staff at once when a change in the admin opens or closes a gap."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest

from lkintegration.editing.draft_request import is_draft
from lkintegration.editing.watched_admin import WatchedAdmin
from offers.referral_proof import Facts, judge, read_facts


class ProofAdmin(WatchedAdmin):
    """The screens of what the rule reads that nobody falls through.

    The findings before and after a change are compared where something that the rule reads has
    changed: in the form, one of ``read_by_rule``. A draft has no effect yet.
    """

    read_by_rule: ClassVar[set[str]]

    @contextmanager
    def watched(self, request: HttpRequest) -> Iterator[None]:
        facts = read_facts()
        with super().watched(request):
            yield
        _tell_changes(request, facts, read_facts())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        is_read = not change or not self.read_by_rule.isdisjoint(form.changed_data)
        form.facts_before = read_facts() if is_read and not is_draft(request) else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.facts_before is not None:
            _tell_changes(request, form.facts_before, read_facts())


def _tell_changes(request: HttpRequest, facts_before: Facts, facts: Facts) -> None:
    """Say which findings are new and which are gone."""
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
