"""What two sequences have in common, in bounded time whatever they hold."""

import difflib
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, NamedTuple

STEPS: Final = 1_000_000  # of comparing: about a fifth of a second
MANY: Final = 200  # items; among more, those that stand everywhere do not begin a run


class Run(NamedTuple):
    """Items that are the same: where they begin in both sequences, and how many they are."""

    then: int
    now: int
    size: int


class Gap(NamedTuple):
    """What differs between two runs, as slices, and the number of items that follow and do not."""

    then: slice
    now: slice
    same: int


class Budget:
    """How many steps are left to all that share it."""

    def __init__(self) -> None:
        self.left = STEPS

    def takes(self, steps: int) -> bool:
        """Return whether so many steps may be taken, and count them."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def gaps(then: Sequence[Hashable], now: Sequence[Hashable], budget: Budget) -> Iterator[Gap]:
    """Yield what differs, in order; together with what follows each gap that is all there is.

    Where the budget is used up, a gap may hold items that are the same.
    """
    a = b = 0
    for run in _common_runs(then, now, budget):
        yield Gap(slice(a, run.then), slice(b, run.now), run.size)
        a, b = run.then + run.size, run.now + run.size
    if a < len(then) or b < len(now):
        yield Gap(slice(a, len(then)), slice(b, len(now)), 0)


def _common_runs(then: Sequence[Hashable], now: Sequence[Hashable], budget: Budget) -> list[Run]:
    """Return the longest runs, in order. Beginning and end are found at no cost."""
    head = _length_of_start(then, now)
    rest_then, rest_now = then[head:], now[head:]
    tail = _length_of_start(rest_then[::-1], rest_now[::-1])
    a_end, b_end = len(then) - tail, len(now) - tail
    between = _longest_runs(then[head:a_end], now[head:b_end], budget)
    found = [Run(run.then + head, run.now + head, run.size) for run in between]
    return [run for run in (Run(0, 0, head), *found, Run(a_end, b_end, tail)) if run.size]


def _length_of_start(then: Sequence[Hashable], now: Sequence[Hashable]) -> int:
    for place, (one, other) in enumerate(zip(then, now, strict=False)):
        if one != other:
            return place
    return min(len(then), len(now))


def _longest_runs(then: Sequence[Hashable], now: Sequence[Hashable], budget: Budget) -> list[Run]:
    is_long = max(len(then), len(now)) > MANY
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=is_long)
    places: dict[Hashable, list[int]] = vars(matcher)["b2j"]  # documented, but not in the stubs
    costs = [0]  # of looking at the items up to each
    for item in then:
        costs.append(costs[-1] + 1 + len(places.get(item, ())))
    found: list[Run] = []
    waiting = [(0, len(then), 0, len(now))]
    for a, a_end, b, b_end in waiting:  # grows while it is read, so the widest come first
        if a == a_end or b == b_end or not budget.takes(costs[a_end] - costs[a]):
            continue
        match = matcher.find_longest_match(a, a_end, b, b_end)
        if match.size:
            found.append(Run(match.a, match.b, match.size))
            waiting.append((a, match.a, b, match.b))
            waiting.append((match.a + match.size, a_end, match.b + match.size, b_end))
    return sorted(found)
