"""The boundary between the two programmes of advice, as readers are told it.

The limits of services are data, and an age that both programmes serve belongs to both
(``offers.referral``). Readers are told one rule, the office's: the programme for the young goes up
to its highest age, the one for adults begins a year later, and whoever has an age that both serve
may choose.
"""

from typing import NamedTuple

from django.utils.translation import ngettext

from offers.enums import Programme


class Ages(NamedTuple):
    """The lowest and the highest age, both included; ``None`` where there is no limit."""

    low: int | None
    high: int | None

    @property
    def in_words(self) -> str:
        """Return the ages in the reader's words; empty where there is no limit."""
        low, high = self
        if low is not None and high is not None:
            both = ngettext(
                "von %(low)d bis %(high)d Jahr", "von %(low)d bis %(high)d Jahren", high
            )
            return both % {"low": low, "high": high}
        if low is not None:
            return ngettext("ab %(age)d Jahr", "ab %(age)d Jahren", low) % {"age": low}
        if high is not None:
            return ngettext("bis %(age)d Jahr", "bis %(age)d Jahre", high) % {"age": high}
        return ""


class Boundary(NamedTuple):
    """The highest age of the young people's programme, the lowest of the adults'.

    ``None`` where a programme has no such limit, or nobody offers it.
    """

    until: int | None = None
    since: int | None = None

    @property
    def choice(self) -> range:
        """Return the ages that both programmes serve."""
        if self.until is None or self.since is None:
            return range(0)
        return range(self.since, self.until + 1)

    def shown(self, programme: str, ages: Ages) -> Ages:
        """Return the ages that readers are told of a service with the limits ``ages``."""
        if programme == Programme.JMD:
            return Ages(None, ages.high)
        if programme != Programme.MBE or self.until is None:
            return ages
        since = max(ages.low or 0, self.until + 1)
        is_reached = ages.high is None or since <= ages.high
        return Ages(since, ages.high) if is_reached else ages
