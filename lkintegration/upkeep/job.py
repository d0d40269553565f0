"""What a job is: something that the site does by itself, again and again."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

SERVICE: Final = "run_jobs"  # the command that does every job that names no other
# So much later than its turn a job may succeed before somebody should look: a quarter of its
# interval, so that a failed daily job has hours to succeed yet, and never less than this.
SHORTEST_GRACE: Final = datetime.timedelta(minutes=5)
FIRST_PAUSE: Final = datetime.timedelta(minutes=1)
LONGEST_PAUSE: Final = datetime.timedelta(hours=1)


class JobError(Exception):
    """A job could not be done. The message is German, for operators, and holds nothing personal."""


@dataclass(frozen=True)
class Job:
    """A job: ``do`` is called ``every`` so often with the present time.

    What ``do`` returns stands in the operators' page as ``result`` says it. What it raises counts
    as a failure and is tried again soon. A job must bear to be done twice or to be cut off, because
    its process may be killed. ``name`` is that in metrics and commands, ``title`` is for operators
    (German), ``at`` the local time of the day for a job that is done daily or more rarely. One that
    ``goes_by_age`` deletes what is old, and so does not trust a clock that has leapt ahead.
    """

    name: str
    title: str
    every: datetime.timedelta
    do: Callable[[datetime.datetime], object]
    result: str = "{}"
    at: datetime.time | None = None
    goes_by_age: bool = False
    process: str = SERVICE

    @property
    def grace(self) -> datetime.timedelta:
        """Return how much later than its turn the job may succeed before it is overdue."""
        return max(self.every / 4, SHORTEST_GRACE)

    def next_after(self, now: datetime.datetime) -> datetime.datetime:
        """Return when the job is due again after a run at ``now``."""
        if self.at is None:
            return now + self.every
        due = timezone.localtime(now) + self.every  # by the clock on the wall, as ``at``
        turn = datetime.datetime.combine(due.date(), self.at, due.tzinfo)
        # A first run at noon is no reason to wait for the night after the next one.
        return turn if self.at <= due.time() else turn - datetime.timedelta(days=1)

    def retry_after(self, now: datetime.datetime, failures: int) -> datetime.datetime:
        """Return when to try again after the failure number ``failures`` (1, 2, …) in a row."""
        pause = FIRST_PAUSE * 2 ** min(failures - 1, 10)
        return now + min(pause, LONGEST_PAUSE, self.every)
