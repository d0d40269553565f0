"""All published services as sets of bits, remembered in each worker's memory.

The finder and the list ask the same questions of every service: which age, municipality, language,
topic? Answered in SQL, ranking and facet counts cost time for every row. Here each value of a
filter is one integer whose bits stand for services: combining filters is ``&``, counting is
``bit_count()``, and 10,000 services cost little more than 100.

It is made anew when content has changed (``serving.memo``).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any, NamedTuple, overload

from django.utils import timezone

from contacts.models import Language, Municipality
from lkintegration.core.collation import sort_key
from lkintegration.core.translations import reader_text
from lkintegration.serving.memo import remember_for_all
from offers.enums import EVERYWHERE, Area
from offers.models import OLDEST, Service, Topic

AGES = range(OLDEST + 1)


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


class Catalogue:
    """The services published at one moment. Bit 0 is the service that was checked last."""

    def __init__(self, now: datetime.datetime) -> None:
        services = list(
            Service.objects.published(now)
            .order_by("order", "pk")
            .values_list(
                *("pk", "min_age", "max_age", "area", "first_contact"),
                *("programme", "checked_on", "institutions_only", "website"),
                named=True,
            )
        )
        services.sort(key=lambda row: row.checked_on or datetime.date.min, reverse=True)
        self.keys = [row.pk for row in services]
        self.bit_of = {key: 1 << index for index, key in enumerate(self.keys)}
        self.everything = (1 << len(services)) - 1
        self.first_contacts: list[FirstContact] = []
        self.for_institutions = self.everywhere = self.named = self.area_unknown = 0
        # For some ages only; and used from anywhere, by programme ("" for none).
        self.limited, self.online = 0, dict[str, int]()
        self.by_age = [0] * len(AGES)
        self._take(services)
        self.municipalities = _towns()
        # Named for the municipality; and all that are known to serve it.
        there = self._by_relation(Service.municipalities.through, "municipality__ags")
        self.only_in = {ags: mask & self.named for ags, mask in there.items()}
        self.by_municipality = self._by_municipality()
        self.by_language = self._by_relation(Service.languages.through, "language__tag")
        self.by_topic = self._by_relation(Service.topics.through, "topic__slug")
        self.topics = list(Topic.objects.published(now).order_by("order", "pk"))
        self.languages = list(Language.objects.values_list("tag", flat=True))
        self._sorted: dict[str, list[int]] = {}

    def _take(self, services: list[Any]) -> None:
        for row in services:
            bit = self.bit_of[row.pk]
            youngest = 0 if row.min_age is None else row.min_age
            oldest = OLDEST if row.max_age is None else row.max_age
            # An institution has no age: who names one asks for a person.
            for age in () if row.institutions_only else range(youngest, oldest + 1):
                self.by_age[age] |= bit
            if row.first_contact and not row.institutions_only:
                self.first_contacts.append(FirstContact(bit, row.programme, youngest, oldest))
            if row.institutions_only:
                self.for_institutions |= bit
            if row.min_age is not None or row.max_age is not None:
                self.limited |= bit
            if row.area == Area.GERMANY and row.website:
                self.online[row.programme] = self.online.get(row.programme, 0) | bit
            if row.area in EVERYWHERE:
                self.everywhere |= bit
            elif row.area == Area.NAMED:
                self.named |= bit
            else:
                self.area_unknown |= bit

    def _by_relation(self, through: Any, column: str) -> dict[str, int]:
        masks: dict[str, int] = defaultdict(int)
        for key, value in through.objects.values_list("service_id", column):
            masks[value] |= self.bit_of.get(key, 0)
        return dict(masks)

    def _by_municipality(self) -> dict[str, int]:
        towns = [town.ags for town in self.municipalities]
        return {ags: self.only_in.get(ags, 0) | self.everywhere for ags in towns}

    @cached_property
    def all_first_contacts(self) -> int:
        return sum(contact.bit for contact in self.first_contacts)

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

    def sorted_keys(self, mask: int, language: str, then: int = 0) -> "SortedKeys":
        """Return the primary keys in ``mask`` as ``language`` sorts, then those in ``then``."""
        return SortedKeys(self.keys, self._alphabetical(language), mask, then)

    def _alphabetical(self, language: str) -> list[int]:
        if language not in self._sorted:
            names = dict(Service.objects.values_list("pk", reader_text("name", language)))
            key = sort_key(language)
            self._sorted[language] = sorted(
                range(len(self.keys)), key=lambda index: key(names.get(self.keys[index], ""))
            )
        return self._sorted[language]


def _towns() -> list[Town]:
    rows = Municipality.objects.values_list("ags", "name", "postcodes")
    towns = [Town(ags, name, tuple(postcodes.split())) for ags, name, postcodes in rows]
    key = sort_key("de")
    return sorted(towns, key=lambda town: key(town.name))


def current() -> Catalogue:
    """Return the catalogue as it is now: the same in every language."""
    return remember_for_all("catalogue", lambda: Catalogue(timezone.now()))
