"""The proof that nobody falls through: every age, every municipality, each gap named.

It counts only on services whose area is known. Beside gaps and surprises it names the services that
have lost the last municipality they were limited to: they hold nowhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from contacts.models import Municipality
from offers.enums import EVERYWHERE, Area, Programme
from offers.models import OLDEST, Service

# The rule of the district and of the federal programmes together; see offers.referral.
CHILDREN_UNTIL = 11
CHOICE_AT = 27
PARENT = 28  # an age at which the parents of a child certainly are adults
EXPECTED = {
    **dict.fromkeys(range(CHILDREN_UNTIL + 1), frozenset()),
    **dict.fromkeys(range(CHILDREN_UNTIL + 1, CHOICE_AT), frozenset({Programme.JMD})),
    CHOICE_AT: frozenset({Programme.JMD, Programme.MBE}),
    **dict.fromkeys(range(CHOICE_AT + 1, OLDEST + 1), frozenset({Programme.MBE})),
}


class Kind(StrEnum):
    """What is wrong.

    A gap leaves people alone; a surprise sends them elsewhere than expected; a service that holds
    nowhere helps nobody.
    """

    GAP = "Lücke"
    SURPRISE = "Überraschung"
    NOWHERE = "Ohne Gebiet"


# A finding before its municipalities are known: kind, text, records, first and last age.
Spot = tuple[Kind, str, tuple[str, ...], int, int]


class Limits(NamedTuple):
    """A first point of contact as the proof needs it: it serves those ``municipalities`` or all."""

    name: str
    programme: str
    low: int
    high: int
    municipalities: frozenset[str]
    everywhere: bool = False

    def covers(self, municipality: str) -> bool:
        return self.everywhere or municipality in self.municipalities

    def serves(self, age: int, municipality: str) -> bool:
        return self.low <= age <= self.high and self.covers(municipality)


class Finding(NamedTuple):
    """What is wrong for which ages (inclusive) and municipalities, and which records cause it.

    A service that holds nowhere is wrong for no place in particular: it has no municipalities.
    """

    kind: Kind
    first_age: int
    last_age: int
    municipalities: tuple[str, ...]
    everywhere: bool
    text: str
    records: tuple[str, ...]

    def overlaps(self, other: "Finding") -> bool:
        """Return whether both say the same kind of thing about some of the same people."""
        return self == other or (
            self.kind == other.kind
            and self.first_age <= other.last_age
            and other.first_age <= self.last_age
            and not set(self.municipalities).isdisjoint(other.municipalities)
        )

    def __str__(self) -> str:
        cause = "; ".join(self.records) or "kein Datensatz"
        if self.kind == Kind.NOWHERE:
            return f"{self.kind}: {cause}: {self.text}"
        ages = str(self.first_age)
        if self.last_age != self.first_age:
            ages = f"{self.first_age} bis {self.last_age}"
        where = "alle Gemeinden" if self.everywhere else ", ".join(self.municipalities)
        return f"{self.kind}: Alter {ages}, {where}: {self.text} Ursache: {cause}."


def limits() -> list[Limits]:
    """Return the published first points of contact."""
    services = Service.objects.first_contacts().select_related("organisation")
    return [
        Limits(
            str(service),
            service.programme,
            0 if service.min_age is None else service.min_age,
            OLDEST if service.max_age is None else service.max_age,
            frozenset(town.ags for town in service.municipalities.all())
            if service.area == Area.NAMED
            else frozenset(),
            service.area in EVERYWHERE,
        )
        for service in services.prefetch_related("municipalities").order_by("order", "pk")
    ]


class Facts(NamedTuple):
    """All that the rule reads: the first points of contact, and AGS and name of municipalities.

    ``nowhere`` are the names of services, first contacts or not, that have lost their area.
    """

    contacts: tuple[Limits, ...]
    municipalities: tuple[tuple[str, str], ...]
    nowhere: tuple[str, ...] = ()


def read_facts() -> Facts:
    """Return what the rule reads, as the database has it now: four queries."""
    municipalities = Municipality.objects.order_by("name").values_list("ags", "name")
    nowhere = Service.objects.published().holding_nowhere().select_related("organisation")
    names = tuple(str(service) for service in nowhere.order_by("order", "pk"))
    return Facts(tuple(limits()), tuple(municipalities), names)


def findings() -> list[Finding]:
    """Return all findings over ages 0 to 120 and all municipalities, gaps first."""
    return judge(read_facts())


@lru_cache(maxsize=4)  # the facts before a change are mostly those after the last one
def judge(facts: Facts) -> list[Finding]:
    """Return the findings that ``facts`` lead to, gaps first. Nobody changes the list."""
    known, names = facts.contacts, dict(facts.municipalities)
    # Municipalities with the same points of contact fare alike; most have those of the district.
    alike: dict[tuple[bool, ...], list[Spot]] = {}
    cells: dict[Spot, list[str]] = defaultdict(list)
    for ags, name in names.items():
        here = tuple(contact.covers(ags) for contact in known)
        if here not in alike:
            alike[here] = list(_along(known, ags))
        for spot in alike[here]:
            cells[spot].append(name)
    found = [
        Finding(
            kind,
            first,
            last,
            tuple(municipalities),
            len(municipalities) == len(names),
            text,
            records,
        )
        for (kind, text, records, first, last), municipalities in cells.items()
    ]
    order = list(Kind)
    found.sort(key=lambda f: (order.index(f.kind), f.first_age, f.municipalities))
    return [*found, *(_nowhere(name) for name in facts.nowhere)]


def _nowhere(service: str) -> Finding:
    text = (
        "Das Angebot gilt nur für genannte Gemeinden, und keine ist mehr genannt. Es gilt jetzt "
        "nirgends. Nennen Sie Gemeinden oder wählen Sie ein anderes Gebiet."
    )
    return Finding(Kind.NOWHERE, 0, OLDEST, (), False, text, (service,))


def _along(contacts: Sequence[Limits], municipality: str) -> Iterator[Spot]:
    """Yield the findings of one municipality, equal neighbours in age joined."""
    judged = [(age, _judge(contacts, age, municipality)) for age in range(OLDEST + 1)]
    for verdict, run in groupby(judged, key=lambda pair: pair[1]):
        ages = [age for age, _verdict in run]
        if verdict:
            yield (*verdict, ages[0], ages[-1])


def _judge(
    contacts: Sequence[Limits], age: int, municipality: str
) -> tuple[Kind, str, tuple[str, ...]] | None:
    serving = [contact for contact in contacts if contact.serves(age, municipality)]
    expected = EXPECTED[age]
    if not serving:
        if expected:
            return Kind.GAP, "Niemand ist zuständig.", _border(contacts, age)
        if not any(contact.serves(PARENT, municipality) for contact in contacts):
            text = "Für die Eltern ist niemand zuständig."
            return Kind.GAP, text, _border(contacts, PARENT)
        return None
    actual = frozenset(Programme(c.programme) for c in serving if c.programme)
    if missing := expected - actual:
        names = " und ".join(sorted(programme.upper() for programme in missing))
        of_programme = [c for c in contacts if c.programme in missing]
        return Kind.SURPRISE, f"{names} fehlt.", _border(of_programme, age)
    unexpected = [c.name for c in serving if c.programme and c.programme not in expected]
    if unexpected:
        return Kind.SURPRISE, "Hier wird niemand erwartet.", tuple(unexpected)
    return None


def _border(contacts: Sequence[Limits], age: int) -> tuple[str, ...]:
    """Name the records whose limits leave ``age`` out where nobody of them serves it.

    Those that serve the age, but elsewhere; without any, the nearest below and above.
    """
    elsewhere = [c for c in contacts if c.low <= age <= c.high]
    highest_below = max((c.high for c in contacts if c.high < age), default=None)
    lowest_above = min((c.low for c in contacts if c.low > age), default=None)
    beside = [c for c in contacts if c.high == highest_below or c.low == lowest_above]
    return tuple(sorted({c.name for c in elsewhere or beside}))
