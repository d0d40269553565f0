"""Carries a plan out: everything or nothing, through each record's own ``save``."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from lkintegration.translating.exchange.document import Document
from lkintegration.translating.exchange.plan import Plan, make_plan


class RefusedError(Exception):
    """A file that was not read in; ``plan`` says why, or what has changed in the meantime."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(*plan.refusals[:20])
        self.plan = plan


def import_document(
    document: Document, language: str, user: Any, *, reviewed_by: str, digest: str = ""
) -> Plan:
    """Read the translations in as ``user`` (None: a command) and return what was done.

    ``reviewed_by`` names the person who has read them; without one they count as made by machine.
    With ``digest``, only what that plan said is done. Raises ``RefusedError`` and ``FileError``;
    nothing is changed then.
    """
    with transaction.atomic():
        plan = make_plan(document, language, user, reviewed=bool(reviewed_by), lock=True)
        if plan.refusals or (digest and digest != plan.digest):
            raise RefusedError(plan)
        reason = (
            f"Übersetzung eingelesen, geprüft von {reviewed_by}."
            if reviewed_by
            else "Übersetzung eingelesen, von keinem Menschen geprüft."
        )
        for entry in plan.records:
            record: Any = entry.record
            entry.apply(record, language)
            record._change_reason, record._history_user = reason, user
            record.save()
        if user is not None and plan.records:
            records = [entry.record for entry in plan.records]
            LogEntry.objects.log_actions(user.pk, records, CHANGE, reason)
    return plan
