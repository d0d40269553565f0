"""What keeps a backup from being made or restored, in words for the operator."""

from lkintegration.upkeep.job import JobError


class BackupError(JobError):
    """Nothing was changed; the text says in German what is wrong and how to mend it."""
