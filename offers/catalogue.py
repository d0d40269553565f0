"""All published services as sets of bits, remembered in each worker's memory.

The finder and the list ask the same questions of every service: which age, municipality, language,
topic? Answered in SQL, ranking and facet counts cost time for every row. Here each value of a
filter is one integer whose bits stand for services: combining filters is ``&``, counting is
``bit_count()``, and 10,000 services cost little more than 100.

It is made anew when content has changed (``serving.memo``).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from contacts.models import Language, Municipality
from lkintegration.core.collation import sort_key
from lkintegration.core.querysets import ValueList
from lkintegration.core.translations import reader_text
from lkintegration.serving.memo import remember_for_all
from offers.enums import EVERYWHERE, Area
from offers.models import OLDEST, Service, Topic
from offers.sorted_keys import SortedKeys

AGES = range(OLDEST + 1)
ONE = ord("1")
FIRST, INSTITUTIONS = "first", "institutions"
ROLE = Case(
    When(institutions_only=True, then=Value(INSTITUTIONS)),
    When(first_contact=True, then=Value(FIRST)),
    default=Value(""),
)
Key = TypeVar("Key")


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
        # Of 10,000 rows, what modeltranslation and the types of columns do to each takes longer
        # than the query. Neither has anything to do with plain numbers and texts.
        services = list(
            Service.objects.rewrite(False)
            .published(now)
            .annotate(role=ROLE, site=Cast("website", TextField()))
            .order_by(F("checked_on").desc(nulls_last=True), "order", "pk")
            .values_list(
                *("pk", "min_age", "max_age", "area", "programme", "role", "site"), named=True
            )
        )
        self.keys = [row.pk for row in services]
        self._index_of = {key: index for index, key in enumerate(self.keys)}
        self.everything = (1 << len(services)) - 1
        self._take(services)
        towns = _towns()
        self.municipalities = list(towns.values())
        tags = dict(Language.objects.values_list("pk", "tag"))
        self.languages = list(tags.values())
        self.topics = list(Topic.objects.published(now).order_by("order", "pk"))
        # Named for the municipality; and all that are known to serve it.
        there = self._by_relation("municipalities", {key: town.ags for key, town in towns.items()})
        self.only_in = {ags: mask & self.named for ags, mask in there.items()}
        self.by_municipality = self._by_municipality()
        self.by_language = self._by_relation("languages", tags)
        self.by_topic = self._by_relation("topics", {row.pk: row.slug for row in self.topics})
        self._sorted: dict[str, list[int]] = {}

    def _take(self, services: list[Any]) -> None:
        rows = list(enumerate(services))
        self.for_institutions = self._mask(i for i, row in rows if row.role == INSTITUTIONS)
        areas = self._masks((row.area, i) for i, row in rows)
        self.named, self.area_unknown = areas.pop(Area.NAMED, 0), areas.pop(Area.UNKNOWN, 0)
        self.everywhere = sum(areas.get(area, 0) for area in EVERYWHERE)
        # Used from anywhere, by programme ("" for none).
        online = [(row.programme, i) for i, row in rows if row.area == Area.GERMANY and row.site]
        self.online = self._masks(online)
        # An institution has no age: who names one asks for a person.
        people = [(i, row) for i, row in rows if row.role != INSTITUTIONS]
        limits = self._masks(((row.min_age, row.max_age), i) for i, row in people)
        self.by_age = _by_age(limits)
        self.limited = sum(mask for pair, mask in limits.items() if pair != (None, None))
        self.first_contacts = [
            FirstContact(1 << i, row.programme, *_ages(row.min_age, row.max_age))
            for i, row in people
            if row.role == FIRST
        ]

    def _mask(self, indexes: Iterable[int]) -> int:
        """Return the integer that has these bits: written down first, because ``|=`` copies all."""
        digits = bytearray(b"0") * (len(self.keys) + 1)
        for index in indexes:
            digits[~index] = ONE
        return int(digits, 2)

    def _masks(self, pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
        """Return a mask for each value, of the bits that stand beside it."""
        bits: dict[Key, list[int]] = defaultdict(list)
        for value, index in pairs:
            bits[value].append(index)
        return {value: self._mask(indexes) for value, indexes in bits.items()}

    def _by_relation(self, field: str, names: dict[int, str]) -> dict[str, int]:
        """Return the services of each record in the relation ``field``, by the record's name.

        They come as one list a record, because a row a pair takes longer.
        """
        relation = getattr(Service, field)
        rows = relation.through.objects.values_list(relation.field.m2m_reverse_name())
        known = self._index_of
        return {
            names[key]: self._mask([known[service] for service in services if service in known])
            for key, services in rows.annotate(services=ValueList("service"))
            if key in names
        }

    def _by_municipality(self) -> dict[str, int]:
        towns = [town.ags for town in self.municipalities]
        return {ags: self.only_in.get(ags, 0) | self.everywhere for ags in towns}

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
        return SortedKeys(self.keys, self._alphabetical(language), mask, then)

    def _alphabetical(self, language: str) -> list[int]:
        if language not in self._sorted:
            names, fold = _names(language), sort_key(language)
            self._sorted[language] = sorted(
                range(len(self.keys)), key=lambda index: fold(names.get(self.keys[index], ""))
            )
        return self._sorted[language]


def _ages(low: int | None, high: int | None) -> tuple[int, int]:
    """Return the lowest and the highest age; who names no limit serves everybody."""
    return 0 if low is None else low, OLDEST if high is None else high


def _by_age(limits: dict[tuple[int | None, int | None], int]) -> list[int]:
    """Return the services for each age, of those that have the same ``limits``."""
    begin, end = [0] * (OLDEST + 2), [0] * (OLDEST + 2)
    for pair, mask in limits.items():
        low, high = _ages(*pair)
        begin[low] |= mask
        end[high + 1] |= mask
    return list(accumulate(AGES, lambda found, age: (found | begin[age]) & ~end[age], initial=0))[
        1:
    ]


def _names(language: str) -> dict[int, str]:
    """Return the names of all services, as two lists: a row a name takes longer."""
    found = Service.objects.aggregate(
        keys=ValueList("pk"), names=ValueList(reader_text("name", language))
    )
    return dict(zip(found["keys"] or [], found["names"] or [], strict=True))


def _towns() -> dict[int, Town]:
    """Return the municipalities by their primary keys, in the order of their names."""
    rows = Municipality.objects.values_list("pk", "ags", "name", "postcodes")
    towns = [(key, Town(ags, name, tuple(codes.split()))) for key, ags, name, codes in rows]
    fold = sort_key("de")
    return dict(sorted(towns, key=lambda row: fold(row[1].name)))


def current() -> Catalogue:
    """Return the catalogue as it is now: the same in every language."""
    return remember_for_all("catalogue", lambda: Catalogue(timezone.now()))
