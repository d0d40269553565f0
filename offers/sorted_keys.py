"""Services in the reader's order, of which a page of a long list finds only its own."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Self, overload

from lkintegration.core.collation import sort_key


class Alphabet:
    """Primary keys in the order of the services' names in one language; nobody changes it."""

    def __init__(self, language: str, names: Mapping[int, str], keys: Iterable[int]) -> None:
        fold = sort_key(language)
        pairs = sorted((fold(names.get(key, "")), key) for key in keys)
        self._language = language
        self._folded = [folded for folded, _key in pairs]
        self.keys = [key for _folded, key in pairs]

    def changed(self, gone: Collection[int], names: Mapping[int, str]) -> Self:
        """Return the order without the services ``gone``, and with those in ``names``."""
        other = type(self)(self._language, {}, ())
        other._folded, other.keys = [*self._folded], [*self.keys]
        for key in gone:
            at = other.keys.index(key)
            del other.keys[at], other._folded[at]
        fold = sort_key(self._language)
        for key, name in names.items():
            other._insert(fold(name), key)
        return other

    def _insert(self, folded: bytes, key: int) -> None:
        at = bisect_left(self._folded, folded)
        while self._folded[at : at + 1] == [folded] and self.keys[at] < key:
            at += 1
        self._folded.insert(at, folded)
        self.keys.insert(at, key)


class SortedKeys(Sequence[int]):
    """Primary keys in an order, found only as far as somebody looks: a page of a long list.

    Those in the first mask come before those in the next. ``bits`` says which bit of a mask stands
    for a key.
    """

    def __init__(self, order: list[int], bits: Mapping[int, int], *masks: int) -> None:
        self._order, self._bits = order, bits
        self._length = sum(mask.bit_count() for mask in masks)
        self._wanted = [mask.to_bytes(len(order) // 8 + 1, "little") for mask in masks]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._in_order(wanted) for wanted in self._wanted)

    def _in_order(self, wanted: bytes) -> Iterator[int]:
        bits = self._bits
        return (key for key in self._order if wanted[(bit := bits[key]) >> 3] >> (bit & 7) & 1)

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> list[int]: ...

    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return list(islice(self, *index.indices(len(self))))
        return next(islice(self, range(len(self))[index], None))
