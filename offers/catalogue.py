"""All published services as sets of bits, remembered in each worker's memory.

The finder and the list ask the same questions of every service: which age, municipality, language,
topic? Answered in SQL, ranking and facet counts cost time for every row. Here each value of a
filter is one integer whose bits stand for services: combining filters is ``&``, counting is
``bit_count()``, and 10,000 services cost little more than 100.

A change of a few services changes their bits. It is made anew where more has changed.
"""

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Self

from django.utils import timezone

from contacts.models import Language, Municipality
from lkintegration.core.collation import sort_key
from lkintegration.core.content_changes import Keys, tables_of
from lkintegration.serving.memo import remember_for_all
from offers.catalogue_rows import (
    INSTITUTIONS,
    RELATIONS,
    Facet,
    both_ages,
    facets,
    rank,
    read_names,
    read_relation,
    read_rows,
)
from offers.enums import EVERYWHERE, Area
from offers.models import OLDEST, Service, Topic
from offers.sorted_keys import Alphabet, SortedKeys

AGES = range(OLDEST + 1)
ONE = ord("1")
MOST_CHANGED = 20  # services; to change the bits of more takes as long as to read them all


class Town(NamedTuple):
    """A municipality as the filters need it."""

    ags: str
    name: str
    postcodes: tuple[str, ...]


class FirstContact(NamedTuple):
    """A first point of contact: its bit among the services, and the ages it serves, inclusive."""

    bit: int
    programme: str
    low: int
    high: int


class Catalogue:
    """The services published at one moment. Bit 0 is the service that was checked last."""

    def __init__(self, now: datetime.datetime) -> None:
        self._rows = read_rows(now)
        self._number_keys()
        self._masks = self._read_masks()
        self._towns = _towns()
        self._tags = dict(Language.objects.values_list("pk", "tag"))
        self.municipalities = list(self._towns.values())
        self.languages = list(self._tags.values())
        self.topics = list(Topic.objects.published(now).order_by("order", "pk"))
        self._sorted: dict[str, Alphabet] = {}
        self._name_masks()

    def changed(self, keys: Collection[int], now: datetime.datetime) -> Self:
        """Return the catalogue as it is after a change of the services ``keys`` and nothing else.

        Their bits go, and come where the services now stand among the others.
        """
        other = copy(self)
        other.__dict__.pop("all_first_contacts", None)
        other._rows, other._masks = [*self._rows], dict(self._masks)
        gone = sorted(self._index_of[key] for key in keys if key in self._index_of)
        for index in reversed(gone):
            del other._rows[index]
            other._move_bits(_without_bit, index)
        rows = read_rows(now, keys)
        for row in rows:
            index = bisect_left(other._rows, rank(row), key=rank)
            other._rows.insert(index, row)
            other._move_bits(_with_gap, index)
        other._number_keys()
        for row in rows:
            other._set_bits(facets(row), [row.pk])
        for field in RELATIONS:
            for record, services in read_relation(field, keys):
                other._set_bits([(field, record)], services)
        names = read_names(self._sorted, [row.pk for row in rows]) if self._sorted else {}
        gone_keys = [self.keys[index] for index in gone]
        other._sorted = {
            language: alphabet.changed(gone_keys, names[language])
            for language, alphabet in [*self._sorted.items()]
            if language in names
        }
        other._name_masks()
        return other

    def _number_keys(self) -> None:
        self.keys = [row.pk for row in self._rows]
        self._index_of = {key: index for index, key in enumerate(self.keys)}

    def _read_masks(self) -> dict[Facet, int]:
        bits: dict[Facet, list[int]] = defaultdict(list)
        for index, row in enumerate(self._rows):
            for facet in facets(row):
                bits[facet].append(index)
        known = self._index_of
        for field in RELATIONS:
            for record, services in read_relation(field):
                bits[field, record] = [known[key] for key in services if key in known]
        return {facet: self._mask(indexes) for facet, indexes in bits.items()}

    def _mask(self, indexes: Iterable[int]) -> int:
        """Return the integer that has these bits: written down first, because ``|=`` copies all."""
        digits = bytearray(b"0") * (len(self.keys) + 1)
        for index in indexes:
            digits[~index] = ONE
        return int(digits, 2)

    def _move_bits(self, move: Callable[[int, int], int], index: int) -> None:
        self._masks = {facet: move(mask, index) for facet, mask in self._masks.items()}

    def _set_bits(self, found: Iterable[Facet], keys: Iterable[int]) -> None:
        bits = sum(map(self.bit_of, keys))
        for facet in found:
            self._masks[facet] = self._masks.get(facet, 0) | bits

    def _name_masks(self) -> None:
        """Set what the finder and the list ask for."""
        by: dict[str, dict[Any, int]] = defaultdict(dict)
        for (name, value), mask in self._masks.items():
            by[name][value] = mask
        self.everything = (1 << len(self.keys)) - 1
        self.for_institutions = by["role"].get(INSTITUTIONS, 0)
        self.named = by["area"].get(Area.NAMED, 0)
        self.area_unknown = by["area"].get(Area.UNKNOWN, 0)
        self.everywhere = sum(by["area"].get(area, 0) for area in EVERYWHERE)
        self.online = by["online"]
        self.by_age = _by_age(by["ages"])
        self.limited = sum(mask for pair, mask in by["ages"].items() if pair != (None, None))
        self.first_contacts = sorted(
            FirstContact(1 << self._index_of[key], *found)
            for found, mask in by["first"].items()
            for key in self.keys_of(mask)
        )
        there = _by_name(by["municipalities"], {k: town.ags for k, town in self._towns.items()})
        # Named for the municipality; and all that are known to serve it.
        self.only_in = {ags: mask & self.named for ags, mask in there.items()}
        self.by_municipality = {
            town.ags: self.only_in.get(town.ags, 0) | self.everywhere
            for town in self.municipalities
        }
        self.by_language = _by_name(by["languages"], self._tags)
        self.by_topic = _by_name(by["topics"], {row.pk: row.slug for row in self.topics})

    @cached_property
    def all_first_contacts(self) -> int:
        return sum(contact.bit for contact in self.first_contacts)

    def bit_of(self, key: int) -> int:
        """Return the bit of the service with this primary key; 0 where it is not public."""
        index = self._index_of.get(key)
        return 0 if index is None else 1 << index

    def useful(self, masks: dict[str, int]) -> set[str]:
        """Return the keys of ``masks`` with a service that is there for people."""
        return {key for key, mask in masks.items() if mask & ~self.for_institutions}

    def select(
        self,
        age: int | None = None,
        municipality: str | None = None,
        language: str | None = None,
        topic: str | None = None,
    ) -> int:
        """Return the services that are known to fit every filter that is given."""
        mask = self.everything
        if age is not None:
            mask &= self.by_age[age]
        if municipality:
            mask &= self.by_municipality.get(municipality, 0)
        if language:
            mask &= self.by_language.get(language, 0)
        if topic:
            mask &= self.by_topic.get(topic, 0)
        return mask

    def perhaps(
        self,
        age: int | None = None,
        municipality: str | None = None,
        language: str | None = None,
        topic: str | None = None,
    ) -> int:
        """Return the services that fit, but may serve ``municipality`` or not: nobody knows."""
        fitting = self.select(age=age, language=language, topic=topic)
        return fitting & self.area_unknown if municipality else 0

    def keys_of(self, mask: int) -> Iterator[int]:
        """Yield the primary keys in ``mask``, the service checked last first."""
        while mask:
            lowest = mask & -mask
            yield self.keys[lowest.bit_length() - 1]
            mask ^= lowest

    def sorted_keys(self, mask: int, language: str, then: int = 0) -> SortedKeys:
        """Return the primary keys in ``mask`` as ``language`` sorts, then those in ``then``."""
        if language not in self._sorted:
            names = read_names([language])[language]
            self._sorted[language] = Alphabet(language, names, self.keys)
        return SortedKeys(self._sorted[language].keys, self._index_of, mask, then)


def _without_bit(mask: int, index: int) -> int:
    """Return the mask where the bit at ``index`` is gone, and the higher ones come after it."""
    return mask >> index + 1 << index | mask & (1 << index) - 1


def _with_gap(mask: int, index: int) -> int:
    """Return the mask with one more bit at ``index``, which is not set."""
    return mask >> index << index + 1 | mask & (1 << index) - 1


def _by_name(masks: Mapping[int, int], names: Mapping[int, str]) -> dict[str, int]:
    return {names[key]: mask for key, mask in masks.items() if key in names}


def _by_age(limits: dict[tuple[int | None, int | None], int]) -> list[int]:
    """Return the services for each age, of those that have the same ``limits``."""
    begin, end = [0] * (OLDEST + 2), [0] * (OLDEST + 2)
    for pair, mask in limits.items():
        low, high = both_ages(*pair)
        begin[low] |= mask
        end[high + 1] |= mask
    return list(accumulate(AGES, lambda found, age: (found | begin[age]) & ~end[age], initial=0))[
        1:
    ]


def _towns() -> dict[int, Town]:
    """Return the municipalities by their primary keys, in the order of their names."""
    rows = Municipality.objects.values_list("pk", "ags", "name", "postcodes")
    towns = [(key, Town(ags, name, tuple(codes.split()))) for key, ags, name, codes in rows]
    fold = sort_key("de")
    return dict(sorted(towns, key=lambda row: fold(row[1].name)))


def current() -> Catalogue:
    """Return the catalogue as it is now: the same in every language."""
    return remember_for_all(
        "catalogue", lambda: Catalogue(timezone.now()), lasts=True, change=_change
    )


def _change(former: Catalogue, changed: Mapping[str, Keys]) -> Catalogue | None:
    """Return the former catalogue with what has ``changed``; None where it must be made anew."""
    keys: set[int] = set()
    for table, some in changed.items():
        if table not in tables_of(Service) or some is None:
            return None
        keys |= some
    return former.changed(keys, timezone.now()) if len(keys) <= MOST_CHANGED else None
