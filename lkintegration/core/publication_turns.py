"""When a publication begins or ends: then readers see something else, though nobody has edited."""

import datetime
from collections.abc import Mapping

from django.db.models import F, Q, QuerySet, TextField, Value
from django.utils import timezone

from lkintegration.core.content_changes import Keys
from lkintegration.core.kinds import content_of, kinds

NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def midnight_after(now: datetime.datetime) -> datetime.datetime:
    """Return the first moment of the next day."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + datetime.timedelta(days=1)


def next_turns(
    now: datetime.datetime, changed: Mapping[str, Keys] | None = None
) -> dict[str, datetime.datetime]:
    """Return when the next publication begins or ends in each table; far away where none does.

    Only of what has ``changed``, where that is known.
    """
    turns: dict[str, datetime.datetime] = {}
    periods: list[QuerySet] = []
    for model in kinds():
        table = model._meta.db_table
        if changed is None or table in changed:
            turns[table] = NEVER
            keys = changed[table] if changed else None
            soon = Q(publish_from__gt=now) | Q(publish_until__gt=now)
            records = content_of(model).filter(soon if keys is None else soon & Q(pk__in=keys))
            periods.append(
                records.order_by().values_list(
                    Value(table, TextField()), F("publish_from"), F("publish_until")
                )
            )
    if periods:
        for table, *moments in periods[0].union(*periods[1:]):
            coming = [moment for moment in moments if moment and moment > now]
            turns[table] = min([turns[table], *coming])
    return turns
