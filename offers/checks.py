"""A system check: nobody falls through. Runs with ``manage.py check --database default``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from offers.referral_proof import Kind, findings

IDS = {Kind.SURPRISE: "offers.W001", Kind.GAP: "offers.W002", Kind.NOWHERE: "offers.W003"}


@register(Tags.database)
def nobody_falls_through(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report every gap (W002), surprise (W001) and lost area (W003) with the record at fault.

    Warnings, not errors: ``migrate`` runs this check as well, and a limit that staff mistyped must
    not keep a new version from being installed.
    """
    if not databases:
        return []
    try:
        found = findings()
    except DatabaseError:  # before the first migration there is nothing to check
        return []
    return [Warning(str(finding), id=IDS[finding.kind]) for finding in found]
