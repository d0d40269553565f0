"""How long earlier states of the content are kept."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from lkintegration.core.recording import historical_models, relations_of, stored_relation


def delete_old_revisions(now: datetime.datetime) -> int:
    """Delete states that were replaced, or deleted, ``HISTORY_RETENTION_DAYS`` ago or earlier.

    Returns how many. The last state of a record that exists stays however old it is: with its next
    change it becomes what can be brought back.
    """
    limit = now - datetime.timedelta(days=settings.HISTORY_RETENTION_DAYS)
    return sum(delete_states(_replaced_before(model, limit)) for model in historical_models())


def _replaced_before(model: Any, limit: datetime.datetime) -> QuerySet:
    key = model.instance_type._meta.pk.attname
    rows: QuerySet[Any] = model._default_manager.order_by()
    newer = rows.filter(
        **{key: OuterRef(key)}, history_id__gt=OuterRef("history_id"), history_date__lt=limit
    )
    return rows.filter(Q(history_type="-") | Exists(newer), history_date__lt=limit)


def delete_states(rows: QuerySet) -> int:
    """Delete rows of the history with the relations that they hold."""
    for relation in relations_of(rows.model):
        stored = stored_relation(relation).rows.filter(history__in=rows)
        stored._raw_delete(stored.db)
    return int(rows._raw_delete(rows.db))
