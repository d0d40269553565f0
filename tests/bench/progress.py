"""How far the benchmarks are, on the terminal."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tqdm import tqdm

Thing = TypeVar("Thing")


def progress(what: str, things: Sequence[Thing]) -> Iterable[Thing]:
    """Yield ``things`` and show how many are done, also in a log."""
    return tqdm(things, desc=what, mininterval=1)


def tell(what: str) -> None:
    """Say what is being done now."""
    print(what, flush=True)
