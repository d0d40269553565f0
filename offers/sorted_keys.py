"""Services in the reader's order, of which a page of a long list finds only its own."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import overload


class SortedKeys(Sequence[int]):
    """Primary keys in an order, found only as far as somebody looks: a page of a long list.

    Those in the first mask come before those in the next.
    """

    def __init__(self, keys: list[int], order: list[int], *masks: int) -> None:
        self._keys, self._order = keys, order
        self._length = sum(mask.bit_count() for mask in masks)
        self._wanted = [mask.to_bytes(len(keys) // 8 + 1, "little") for mask in masks]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._in_order(wanted) for wanted in self._wanted)

    def _in_order(self, wanted: bytes) -> Iterator[int]:
        keys = self._keys
        return (keys[index] for index in self._order if wanted[index >> 3] >> (index & 7) & 1)

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> list[int]: ...

    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return list(islice(self, *index.indices(len(self))))
        return next(islice(self, range(len(self))[index], None))
