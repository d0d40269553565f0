"""What readers asked and the site had no answer to: counted, so that staff can help with words.

Only folded words, a day and a number are stored. Staff see what was asked three times at least,
and after 30 days it is deleted: the privacy page says the same.
"""

import datetime
import re
import time
from threading import Lock
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from lkintegration.core.folding import fold
from lkintegration.search.models import UnansweredQuestion

DAYS: Final = 30
LEAST: Final = 3  # times, before anybody sees it: what only one person would ask stays unseen
MOST_WORDS: Final = 6  # more is a story, and may tell of somebody
LONGEST: Final = 80  # characters
# Somebody who asks at random fills neither the table nor the time of the database.
MOST_A_DAY: Final = 500  # different questions
MOST_A_MINUTE: Final = 30  # for one worker
_PRIVATE: Final = re.compile(r"@|(?:\d\D?){5}")  # an address for e-mail, a number of a person

# One statement for two workers that count the same question at once. The day's questions are
# counted in it, because whoever asks before the day is full may come after somebody who fills it.
_COUNT: Final = """
    INSERT INTO {table} (text, day, count)
    SELECT %s, %s, 1
    WHERE (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s
       OR EXISTS (SELECT 1 FROM {table} WHERE day = %s AND text = %s)
    ON CONFLICT (text, day) DO UPDATE SET count = {table}.count + 1
"""


class _Pace:
    """How often this worker has counted in the present minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute, self._number = 0, 0

    def allows(self) -> bool:
        """Return whether one more is within the bounds, and count it."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._number = minute, 0
            self._number += 1
            return self._number <= MOST_A_MINUTE


_pace = _Pace()


def count_unanswered(text: str, day: datetime.date | None = None) -> None:
    """Count ``text``, as a reader wrote it, among what nothing answers. Never raises.

    What may tell of a person is not counted, nor what the database cannot take just now.
    """
    folded = _countable(text)
    if not folded or not settings.COUNT_UNANSWERED_QUESTIONS or not _pace.allows():
        return
    day = day or timezone.localdate()
    table = connection.ops.quote_name(UnansweredQuestion._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT.format(table=table), [folded, day, day, MOST_A_DAY, day, folded])
    except DatabaseError:  # the reader's page matters more
        return


def _countable(text: str) -> str:
    """Return ``text`` as it is counted; empty where it is not."""
    words = fold(text)
    folded = " ".join(words)
    if _PRIVATE.search(text) or len(words) > MOST_WORDS or len(folded) > LONGEST:
        return ""
    return folded


def unanswered(today: datetime.date) -> QuerySet:
    """Return what was asked often enough, the most often first: ``text``, ``times``, ``last``."""
    since = today - datetime.timedelta(days=DAYS)
    rows = UnansweredQuestion.objects.filter(day__gt=since).order_by()
    asked = rows.values("text").annotate(times=Sum("count"), last=Max("day"))
    return asked.filter(times__gte=LEAST).order_by("-times", "text")


def forget(text: str) -> None:
    """Delete what is counted of ``text``: staff have found a word for it."""
    UnansweredQuestion.objects.filter(text=text).delete()


def delete_old_questions(now: datetime.datetime) -> int:
    """Delete what was asked more than 30 days before ``now``; return how many rows."""
    until = timezone.localdate(now) - datetime.timedelta(days=DAYS)
    number, _by_model = UnansweredQuestion.objects.filter(day__lte=until).delete()
    return number
