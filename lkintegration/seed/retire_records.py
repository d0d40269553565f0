"""Takes away what the content files no longer hold, unless staff work with it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError

from lkintegration.core.kinds import is_content
from lkintegration.core.links import links_to
from lkintegration.core.models.history import one_save
from lkintegration.core.recording import history_of
from lkintegration.editing.drafts import find_draft
from lkintegration.seed.content_files import seeded_models
from lkintegration.seed.fingerprints import current_value, fingerprint
from lkintegration.seed.models import LoadedRecord
from lkintegration.seed.outcomes import LEFT_ALONE, RETIRED

Name = tuple[str, str]  # of a record in the files: its model and its key


def retire_records(ledger: Mapping[Name, LoadedRecord], held: Collection[Name]) -> Iterator[str]:
    """Delete the loaded records that are not ``held`` any more; yield what happened to each.

    One stays that staff have written, that waits for publication, or to which another leads.
    Those that are deleted stay in the history and can be brought back.
    """
    for model in reversed(seeded_models()):  # what refers to others before those
        for (label, key), row in ledger.items():
            if label == model._meta.label and (label, key) not in held:
                yield from _retire(model, row)


def _retire(model: type[Model], row: LoadedRecord) -> Iterator[str]:
    # Locked: somebody may be saving the same record in the admin.
    records = model._default_manager.select_for_update(of=("self",))
    record: Any = records.filter(pk=row.object_id).first()
    if record is None:
        return  # staff were first
    if _is_used(record, row) or not _delete(record):
        yield LEFT_ALONE
        return
    row.delete()
    yield RETIRED


def _is_used(record: Any, row: LoadedRecord) -> bool:
    columns = {field.name for field in record._meta.get_fields()}
    return (
        any(
            fingerprint(current_value(record, name)) != loaded
            for name, loaded in row.fingerprints.items()
            if name in columns  # some are older than the software
        )
        or history_of(record).exclude(history_user=None).exists()
        or (is_content(type(record)) and find_draft(record) is not None)
        or bool(links_to(record))
    )


def _delete(record: Any) -> bool:
    """Delete ``record``; return whether nothing that must have it stood against that."""
    record._change_reason = "Steht nicht mehr in den Inhaltsdateien."
    try:
        with transaction.atomic(), one_save():
            record.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
