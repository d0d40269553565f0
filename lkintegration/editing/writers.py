"""Who has written what readers do not see yet, as the history knows it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lkintegration.core.earlier_states import key_of
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.field_changes import differences
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.revisions import history_of
from lkintegration.editing.publishing import PUBLICATION_FIELDS, STATUS


def writers_since_published(records: Sequence[Content]) -> dict[int | str, set[int | None]]:
    """Return for each of ``records`` (by key) who made it or changed it since readers last saw it.

    Who only sent a record or gave it back has written nothing, nor who translated it: German
    counts. The records are of one kind: one query.
    """
    found: dict[int | str, set[int | None]] = {record.pk: set() for record in records}
    unseen = [record for record in records if record.status != PublicationStatus.PUBLISHED]
    if not unseen:
        return found
    history = history_of(type(unseen[0])).filter(id__in=[record.pk for record in unseen])
    rows = sorted(history, key=lambda row: (key_of(row), -row.history_id))
    return found | {key: set(_writers(list(states))) for key, states in groupby(rows, key=key_of)}


def _writers(states: list[HistoricalRow]) -> Iterator[int | None]:
    """Yield who has written, from the newest of ``states`` back to what readers saw."""
    for row, before in zip(states, [*states[1:], None], strict=True):
        if getattr(row, STATUS) == PublicationStatus.PUBLISHED:
            return
        if before is None or _has_written(row, before):
            yield row.history_user_id


def _has_written(row: HistoricalRow, before: HistoricalRow) -> bool:
    return any(
        found.column.name not in PUBLICATION_FIELDS
        and getattr(found.column, "language", SOURCE) == SOURCE
        for found in differences(row, before, {})
    )
