"""How many tries are free, and how waits grow after them."""

import datetime
from typing import Final, NamedTuple


class Limit(NamedTuple):
    """How many tries are free, and how long the first and the longest wait are."""

    free: int
    first_wait: datetime.timedelta
    longest_wait: datetime.timedelta

    def wait_after(self, count: int) -> datetime.timedelta:
        """Return how long to wait after the try with the number ``count``, counted from one."""
        if count < self.free:
            return datetime.timedelta()
        doublings = min(count - self.free, 30)
        return min(self.first_wait * 2**doublings, self.longest_wait)


ACCOUNT: Final = Limit(5, datetime.timedelta(minutes=1), datetime.timedelta(hours=1))
# An office shares an address: everybody there may mistype now and then.
ADDRESS: Final = Limit(60, datetime.timedelta(minutes=1), datetime.timedelta(minutes=15))
# E-mails that carry a link: each ends up in somebody's mailbox.
LINKS: Final = Limit(3, datetime.timedelta(minutes=5), datetime.timedelta(hours=2))
