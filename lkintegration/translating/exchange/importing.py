"""Carries a plan out, through each record's own ``save``."""

from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from lkintegration.translating.exchange.document import Document
from lkintegration.translating.exchange.plan import Plan, Question
from lkintegration.translating.exchange.planning import make_plan


class RefusedError(Exception):
    """A file of which nothing was read in; ``plan`` says why, or what it would do by now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(*plan.refusals[:20])
        self.plan = plan


def import_document(
    document: Document,
    language: str,
    user: Any,
    *,
    reviewed_by: str,
    answers: Collection[Question] = (),
    digest: str = "",
) -> Plan:
    """Read in what fits as ``user`` (None: a command) and return what was done.

    ``reviewed_by`` names the person who has read the translations; without one they count as made
    by machine. ``answers`` are the questions whose texts are taken. With ``digest``, only what that
    plan said is done. Raises ``RefusedError``, also where nothing fits, and ``FileError``; nothing
    is changed then.
    """
    with transaction.atomic():
        plan = make_plan(
            document, language, user, reviewed=bool(reviewed_by), answers=answers, lock=True
        )
        if (digest and digest != plan.digest) or (plan.refusals and not plan.records):
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
