"""Which fields of a loaded record are still ours to write: those that staff have not changed."""

from django.db.models import Model

from lkintegration.core.kinds import is_content, kind_of
from lkintegration.seed.content_files import SeedEntry
from lkintegration.seed.fingerprints import empty_value, fingerprint


def our_fields(
    entry: SeedEntry, record: Model, before: dict[str, str], loaded: dict[str, str]
) -> set[str]:
    """Return the fields that staff have not changed, given their fingerprints now and then.

    A field that is new in the files has none: it is ours while it is empty or says the same.
    """
    ours = {
        name
        for name, now in before.items()
        if (
            now == loaded[name]
            if name in loaded
            else now in {fingerprint(empty_value(record, name)), fingerprint(entry.values[name])}
        )
    }
    together = kind_of(entry.model).together if is_content(entry.model) else frozenset()
    return ours if together & set(before) <= ours else ours - together
